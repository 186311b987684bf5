"""Checks of the network itself: its names, its ways in, its folder."""

import re
import sys
from pathlib import Path
from urllib.parse import urlsplit

from resonanz.switchboard.contract import Field, Polling, Way
from resonanz.switchboard.testkit.case import Case, expect

KINDS = ("text", "secret", "url")
SLUG = re.compile(r"[a-z][a-z0-9-]*")
LONGEST_ICON_BYTES = 10_000


def is_introduced(case: Case) -> None:
    """Slug, name, ways in and polling are there and make sense."""
    network = case.network
    expect(SLUG.fullmatch(network.slug), "A slug is a small word.")
    expect(network.name.strip(), "A network has a name.")
    expect(isinstance(network.polling, Polling), "A network says how often it is looked at.")
    polling = network.polling
    numbers = (
        polling.notifications_seconds,
        polling.replies_seconds,
        polling.home_seconds,
        polling.requests_per_minute,
    )
    expect(all(number > 0 for number in numbers), "Polling is counted in positive numbers.")
    expect(network.ways_in, "There has to be a way in.")
    for way_in in network.ways_in:
        expect(isinstance(way_in.way, Way) and way_in.label, "A way in has a label.")
        names = [field.name for field in way_in.fields]
        expect(len(names) == len(set(names)), "Each question is asked once.")
        for field in way_in.fields:
            _check_field(field)


def has_its_folder(case: Case) -> None:
    """The icon is a small SVG without scripts; a README and the limits are there."""
    icon = case.network.icon
    expect(icon.is_file() and icon.suffix == ".svg", "The icon is an SVG file.")
    text = icon.read_text(encoding="utf-8")
    expect("<svg" in text and len(text) < LONGEST_ICON_BYTES, "The icon is a small SVG.")
    forbidden = ("<script", "<image", "<foreignObject", " on", "href")
    found = [word for word in forbidden if re.search(rf"{word}\w*=|{word}\b", text)]
    expect(not found, f"The icon holds {found}.")
    folder = Path(sys.modules[type(case.network).__module__].__file__ or "").parent
    for name in ("README.md", "limits.py", "translate.py"):
        expect((folder / name).is_file(), f"The folder has a {name}.")


def exceptions_have_reasons(case: Case) -> None:
    """Whatever differs from the usual on this network is explained in a sentence."""
    reasons = [*case.excused.values(), case.unreadable.because]
    reasons += [meaning.because for meaning in case.meanings.values()]
    bare = [reason for reason in reasons if not reason.strip().endswith(".")]
    expect(not bare, f"{len(bare)} exceptions of this case have no sentence that explains them.")


def account_is_complete(case: Case) -> None:
    """The connected account names itself, and hides its credentials."""
    account = case.account
    expect(account.profile.uid and account.profile.handle, "An account has a profile with names.")
    expect(account.address, "An account has an address.")
    expect(urlsplit(account.address).password is None, "An address holds no password.")


def nothing_is_left_out_silently(case: Case) -> None:
    """A network without a wire says why, and then has no exchanges that nobody looks at."""
    if case.has_wire:
        expect(case.exchanges or not case.can, "The case has no exchanges.")
        told = case.secrets or case.no_secrets_because.strip().endswith(".")
        expect(told, "A case without secrets says why, in a sentence.")
        unused = [ability.value for ability in case.exchanges if ability not in case.can]
        expect(not unused, f"There are exchanges for what is not offered: {unused}.")
        return
    expect(case.no_wire_because.strip().endswith("."), "Why there is no wire is a sentence.")
    given = any(exchange.answers for exchange in case.exchanges.values())
    expect(not given and not case.secrets, "Without a wire there is nothing to answer or to hide.")


def _check_field(field: Field) -> None:
    expect(field.name.isidentifier(), f"“{field.name}” is no name for an answer.")
    expect(field.label, f"“{field.name}” has no label.")
    expect(field.kind in KINDS, f"“{field.name}” is of an unknown kind.")
