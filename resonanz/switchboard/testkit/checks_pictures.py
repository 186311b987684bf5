"""Checks of pictures that go out with a text."""

import msgspec

from resonanz.switchboard.contract import Can
from resonanz.switchboard.testkit.case import (
    DESCRIPTION,
    PICTURE,
    TEXT,
    Case,
    ContractBroken,
    Uploaded,
    Written,
    expect,
)
from resonanz.switchboard.testkit.wire import Wire
from resonanz.switchboard.testkit.world import NOTHING, exchange_of, picture_of, with_picture, world
from resonanz.switchboard.trouble import NotOffered, Refused


def takes_no_file(case: Case) -> None:
    """Where pictures are not offered, none is uploaded and nobody is asked."""
    wire = Wire(case, NOTHING)
    with world(case, wire) as here:
        try:
            here.connector.upload(picture_of(here))
        except NotOffered:
            expect(not wire.requests, "Pictures are not offered, and the server was asked.")
            return
    raise ContractBroken("“media” is not in `can`, and a file is taken.")


def arrives_described(case: Case) -> None:
    """The file and its description arrive, and the text shows that very file."""
    wire = Wire(case, exchange_of(case, Can.MEDIA))
    with world(case, wire) as here:
        receipt = here.connector.publish(with_picture(here))
    uploads, written = _read_back(case, wire)
    expect([upload.content for upload in uploads] == [PICTURE], "The file did not arrive.")
    told = (uploads[0].description, *written.descriptions)
    expect(DESCRIPTION in told, "The description is lost.")
    expect(TEXT in written.text, "The text did not arrive as it was written.")
    expect(len(written.picture_ids) == 1, "The text stands there without its picture.")
    expect(receipt.picture_ids == written.picture_ids, "The receipt does not name the picture.")


def is_not_sent_again(case: Case) -> None:
    """A file that is there already is used, and not uploaded again."""
    wire = Wire(case, exchange_of(case, Can.MEDIA))
    with world(case, wire) as here:
        local_id = here.connector.upload(picture_of(here))
        expect(local_id, "`upload` gives the server's name for the file.")
        here.connector.publish(with_picture(here, local_id=local_id))
    uploads, written = _read_back(case, wire)
    expect(len(uploads) == 1, f"The same file was uploaded {len(uploads)} times.")
    expect(written.picture_ids == (local_id,), "The text shows another picture.")


def needs_no_text(case: Case) -> None:
    """A picture says enough: with one, a post without words is not empty."""
    with world(case, Wire(case, exchange_of(case, Can.MEDIA))) as here:
        problems = here.connector.compose(with_picture(here, text="")).problems
    expect(problems == (), f"A picture without words has the problems {problems}.")


def keeps_to_the_limits(case: Case) -> None:
    """What is more than the account's facts allow is a problem, is refused and is not sent."""
    facts = case.account.facts
    expect(facts.picture_limit and facts.picture_bytes, "The case's account names no limits.")
    wire = Wire(case, exchange_of(case, Can.MEDIA))
    with world(case, wire) as here:
        good = with_picture(here)
        picture = good.pictures[0]
        large = msgspec.structs.replace(picture, size=facts.picture_bytes + 1)
        odd = msgspec.structs.replace(picture, content_type="application/x-odd")
        wordy = msgspec.structs.replace(picture, description="a" * (facts.description_limit + 1))
        for problem, pictures in (
            ("too_many_pictures", (picture,) * (facts.picture_limit + 1)),
            ("picture_too_large", (large,)),
            ("picture_type_not_offered", (odd,)),
            ("description_too_long", (wordy,)),
        ):
            bad = msgspec.structs.replace(good, pictures=pictures)
            found = here.connector.compose(bad).problems
            expect(problem in found, f"`compose` does not name “{problem}”.")
            try:
                here.connector.publish(bad)
            except Refused:
                continue
            raise ContractBroken(f"“{problem}” stops nobody: it was sent.")
    expect(not wire.attempts, "A picture was refused and yet sent.")


def _read_back(case: Case, wire: Wire) -> tuple[list[Uploaded], Written]:
    """The files that went out, and the one text."""
    if case.written is None or case.uploaded is None:
        raise ContractBroken("The case does not say how to read a write back (`uploaded`).")
    found = [(request, case.uploaded(request)) for request in wire.writes]
    texts = [request for request, upload in found if upload is None]
    expect(len(texts) == 1, f"One text took {len(texts)} writes.")
    return [upload for _, upload in found if upload is not None], case.written(texts[0])
