"""`python -m resonanz` is the same as the command `resonanz`."""

from resonanz.house.command import main

if __name__ == "__main__":
    raise SystemExit(main())
