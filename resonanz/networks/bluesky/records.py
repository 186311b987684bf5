"""Our own records: written once under a key of ours, found again by it, taken back by it."""

from collections.abc import Mapping
from typing import Any

from resonanz.networks.bluesky.addresses import Place, place_of
from resonanz.networks.bluesky.line import Line
from resonanz.networks.bluesky.payloads import DonePayload, RecordPayload, WrittenPayload
from resonanz.networks.bluesky.troubles import StandsAlready
from resonanz.switchboard.decoding import read
from resonanz.switchboard.trouble import Gone, Refused, Unsure
from resonanz.switchboard.wording import N_

GET, PUT, DELETE = (f"com.atproto.repo.{verb}Record" for verb in ("get", "put", "delete"))
NOT_OURS = N_("This does not stand in the account that is connected here.")
BROKE_OFF = N_("Something stands there already, and could not be read again.")


def write(line: Line, collection: str, key: str, record: Mapping[str, Any]) -> WrittenPayload:
    """Write a record where none stands yet. One that does stand there is ours, and stays.

    `swapRecord` is null: the server writes only if the key is free. So whatever happens to the
    line, and however often this is tried, it stands there once.
    """
    wanted = {
        "repo": line.us,
        "collection": collection,
        "rkey": key,
        "record": record,
        "swapRecord": None,
    }
    try:
        return read(line.do(PUT, wanted).content, WrittenPayload)
    except StandsAlready as cause:
        found = ours(line, collection, key)
        if found is None:
            raise Unsure(BROKE_OFF) from cause
        return WrittenPayload(uri=found.uri, cid=found.cid)


def ours(line: Line, collection: str, key: str) -> RecordPayload | None:
    """A record of ours, asked of our own server, or None where none stands."""
    try:
        answer = line.ask(GET, repo=line.us, collection=collection, rkey=key)
        return read(answer.content, RecordPayload)
    except Gone:
        return None


def take_back(line: Line, collection: str, key: str) -> None:
    """Delete a record of ours; one that is gone already is fine."""
    wanted = {"repo": line.us, "collection": collection, "rkey": key}
    try:
        read(line.do(DELETE, wanted).content, DonePayload)
    except Gone:
        return


def our_place(line: Line, uri: str) -> Place:
    """Where a record of ours stands. Raises `Refused` for somebody else's."""
    place = place_of(uri)
    if place is None or place.repo != line.us:
        raise Refused(NOT_OURS)
    return place
