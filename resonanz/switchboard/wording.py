"""Marks sentences for translation where there is no Django: networks give message ids."""

from resonanz.plumbing.wording import N_

__all__ = ["N_"]
