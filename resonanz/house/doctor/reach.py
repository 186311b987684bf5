"""Whether the pages can be reached, from here and by the public address, and what time it is."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from resonanz.clockwork.checkup import Finding, bad, good, odd
from resonanz.house.supervisor import is_taken
from resonanz.plumbing.own_address import NoAnswer, ask

CLOCKS_MAY_DIFFER_BY = timedelta(seconds=60)
PROXY_PAGE = "docs/how-to/proxies-and-public-addresses.md"
ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104 (compared)


def here() -> str:
    """The address of the web server on this machine."""
    bind = ANYWHERE.get(settings.RESONANZ_BIND, settings.RESONANZ_BIND)
    host = f"[{bind}]" if ":" in bind and not bind.startswith("[") else bind
    return f"http://{host}:{settings.RESONANZ_PORT}"


def port() -> Iterator[Finding]:
    """Whether the web server answers, or its port is free for it."""
    about = "port"
    try:
        answer = ask(f"{here()}/healthz")
    except NoAnswer:
        if is_taken(settings.RESONANZ_BIND, settings.RESONANZ_PORT):
            yield bad(
                about,
                f"Port {settings.RESONANZ_PORT} is taken by another program.",
                "Stop that program, or set RESONANZ_PORT.",
            )
        else:
            yield odd(about, f"Nothing answers at {here()}; the port is free.", "“resonanz up”")
        return
    if answer.status == 200 and answer.text == "ok":
        yield good(about, f"The web server answers at {here()}.")
    else:
        yield bad(
            about,
            f"At {here()} something else answers, or the web server has trouble"
            f" (status {answer.status}).",
            "See its log; if another program has the port, set RESONANZ_PORT.",
        )


def public_address() -> Iterator[Finding]:
    """Whether the proxy brings people here, and says by what protocol they came."""
    about, address = "public address", settings.RESONANZ_PUBLIC_ADDRESS
    if not address:
        yield good(about, "There is no public address; the pages are for this machine only.")
        return
    try:
        health = ask(f"{address}/healthz")
        page = ask(address + reverse("account_login"))
    except NoAnswer as reason:
        yield bad(about, f"{address} does not answer: {reason}", f"See the proxy; {PROXY_PAGE}")
        return
    if health.text != "ok":
        yield bad(about, f"{address} leads to something else than Resonanz.", f"See {PROXY_PAGE}")
    elif page.status in (301, 302, 308) and page.location == address + reverse("account_login"):
        yield bad(
            about,
            f"{address} sends people round in a circle: the proxy does not say that they came by "
            "TLS, or is not trusted.",
            f"Let it set X-Forwarded-Proto, and see RESONANZ_TRUSTED_PROXIES; {PROXY_PAGE}",
        )
    elif page.status >= 400:
        yield bad(about, f"{address} answers with status {page.status}.", f"See {PROXY_PAGE}")
    else:
        yield good(about, f"{address} leads here, and the proxy says how people came.")


def clock() -> Iterator[Finding]:
    """Whether our clock agrees with another machine's, where one can be asked."""
    other = _another_clock()
    if other is None:
        yield good("clock", f"It is {timezone.now():%Y-%m-%d %H:%M:%S} UTC on this machine.")
        return
    differs = abs(timezone.now() - other)
    if differs > CLOCKS_MAY_DIFFER_BY:
        yield bad(
            "clock",
            f"This machine's clock and that of the database differ by {differs.seconds} s.",
            "Let both follow a time server; leases and due times need it.",
        )
    else:
        yield good("clock", "This machine's clock and that of the database agree.")


def _another_clock() -> datetime | None:
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        found: datetime = cursor.fetchone()[0]
    return found
