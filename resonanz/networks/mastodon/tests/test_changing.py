"""What comes after sending: edits, deletions, taking back, shields and reports."""

from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from resonanz.networks.mastodon.abilities import NOT_HERE
from resonanz.networks.mastodon.tests.town import OURS, connected, said, status
from resonanz.switchboard.contract import Can
from resonanz.switchboard.shapes import Attachment, Outgoing, ReactionKind, ShieldKind
from resonanz.switchboard.trouble import Gone, NotOffered, Refused

EDIT, DELETE = "PUT /api/v1/statuses/50", "DELETE /api/v1/statuses/50"
FIRST_VERSION_SCOPES = "read write:statuses write:favourites write:follows"
THERE = Attachment(
    path="/gone.png", content_type="image/png", size=5, description="Ein Brot.", local_id="501"
)


def as_mastodon(**facts: Any) -> dict[str, Any]:
    return {"software": "Mastodon", "version": "4.3.1"} | facts


def test_an_edit_carries_everything_that_stays() -> None:
    """What is left out of an edit is taken away by the server: pictures, warning, language."""
    connector, town = connected(
        {EDIT: said(status(50, account=OURS)), "GET /api/v1/media/501": said({"id": "501"}, 404)},
        **as_mastodon(),
    )
    better = Outgoing(key="k", text="Ab sieben.", warning="Zeit", language="de", pictures=(THERE,))
    receipt = connector.edit("50", better)
    assert msgspec.json.decode(town.asked[-1].content) == {
        "status": "Ab sieben.",
        "spoiler_text": "Zeit",
        "sensitive": True,
        "language": "de",
        "media_ids": ["501"],
        "media_attributes": [{"id": "501", "description": "Ein Brot."}],
    }
    assert (receipt.local_id, receipt.picture_ids) == ("50", ("501",))


def test_a_server_that_keeps_pictures_is_not_asked_to_change_them() -> None:
    """snac2 passes over them in silence, and nobody would know."""
    shown = {"id": "x_0", "type": "image", "description": "Ein Brot."}
    facts = {"software": "snac", "version": "2.75"}
    answers = {
        "GET /api/v1/statuses/50": said(status(50, account=OURS, media_attachments=[shown])),
        EDIT: said(status(51, account=OURS)),
    }
    other = msgspec.structs.replace(THERE, description="Ein Laib.")
    for pictures in ((), (other,), (THERE, THERE)):
        connector, town = connected(dict(answers), **facts)
        with pytest.raises(Refused, match=r"\.$"):
            connector.edit("50", Outgoing(key="k", text="Ab sieben.", pictures=pictures))
        assert EDIT not in town.paths
    connector, town = connected(dict(answers), **facts)
    receipt = connector.edit("50", Outgoing(key="k", text="Ab acht.", pictures=(THERE,)))
    assert receipt.local_id == "50"
    assert EDIT in town.paths


def test_deleting_is_done_once_and_fine_twice() -> None:
    connector, town = connected({DELETE: [said(status(50)), said({}, 404)]})
    connector.delete("50")
    connector.delete("50")
    assert town.paths == [DELETE, DELETE]


def test_editing_what_is_gone_is_told() -> None:
    connector, _ = connected({}, **as_mastodon())
    with pytest.raises(Gone):
        connector.edit("50", Outgoing(key="k", text="Doch."))


@pytest.mark.parametrize(
    ("kind", "mark", "path"),
    [
        (ReactionKind.BOOST, "reblogged", "unreblog"),
        (ReactionKind.FAVOURITE, "favourited", "unfavourite"),
    ],
)
def test_a_reaction_is_taken_back_only_where_there_is_one(
    kind: ReactionKind, mark: str, path: str
) -> None:
    off = f"POST /api/v1/statuses/9/{path}"
    shown = [said(status(9, "", **{mark: True})), said(status(9, "", **{mark: False}))]
    connector, town = connected({"GET /api/v1/statuses/9": shown, off: said(status(9))})
    connector.react(kind, "9", is_on=False)
    connector.react(kind, "9", is_on=False)
    assert town.paths.count(off) == 1


@pytest.mark.parametrize("kind", ShieldKind)
def test_a_shield_is_put_up_and_taken_down(kind: ShieldKind) -> None:
    on, off = f"POST /api/v1/accounts/7/{kind}", f"POST /api/v1/accounts/7/un{kind}"
    connector, town = connected({on: said({}), off: said({})}, **as_mastodon())
    connector.shield(kind, "7", is_on=True)
    connector.shield(kind, "7", is_on=False)
    assert town.paths == [on, off]


def test_a_report_says_who_what_why_and_to_whom() -> None:
    connector, town = connected({"POST /api/v1/reports": said({"id": "1"})}, **as_mastodon())
    connector.report("7", post_local_ids=("8", "9"), reason="Werbung " * 200, forward=True)
    told = msgspec.json.decode(town.asked[0].content)
    assert (told["account_id"], told["status_ids"], told["forward"]) == ("7", ["8", "9"], True)
    assert len(told["comment"]) == 1000


@pytest.mark.parametrize(
    ("facts", "lacking"),
    [
        (as_mastodon(), set()),
        (as_mastodon(version="3.4.1"), {Can.EDIT}),
        ({"software": "GoToSocial", "version": "0.17.3"}, {Can.EDIT}),
        ({"software": "GoToSocial", "version": "0.18.0+git"}, set()),
        ({"software": "snac", "version": "2.75"}, {Can.DELETE, Can.MUTE, Can.REPORT}),
        ({"software": "Nobody-knows", "version": "9"}, {Can.EDIT, Can.MUTE, Can.REPORT}),
    ],
)
def test_a_server_offers_what_its_software_is_known_for(
    facts: dict[str, str], lacking: set[Can]
) -> None:
    """What nobody knows is not claimed."""
    connector, town = connected({}, **facts)
    assert frozenset(Can) - NOT_HERE - connector.can == lacking | {Can.STREAM, Can.QUOTE}
    deeds: dict[Can, Callable[[], object]] = {
        Can.EDIT: lambda: connector.edit("1", Outgoing(key="k", text="Doch.")),
        Can.DELETE: lambda: connector.delete("1"),
        Can.MUTE: lambda: connector.shield(ShieldKind.MUTE, "1", is_on=True),
        Can.REPORT: lambda: connector.report(
            "1", post_local_ids=(), reason="Werbung", forward=False
        ),
    }
    for ability in lacking:
        with pytest.raises(NotOffered):
            deeds[ability]()
    assert not town.asked
