"""The link at the foot: it stops its kind, without signing in, and takes it back."""

import pytest
from django.test import Client

from resonanz.letters.stopping import read_token, stop_token
from resonanz.workspaces.models import Member
from resonanz.workspaces.tests.cast import ClientOf

WISHES = ("wants_digest", "wants_alarms", "wants_news")


def wishes(member: Member) -> dict[str, bool]:
    member.refresh_from_db()
    return {name: getattr(member, name) for name in WISHES}


@pytest.mark.parametrize("wish", WISHES)
def test_one_click_of_a_mail_program_stops_one_kind(alice: Member, wish: str) -> None:
    """RFC 8058: a POST without cookies and without a token of a form, and no redirect."""
    where = f"/letters/stop/{stop_token(alice, wish)}/"
    outside = Client(enforce_csrf_checks=True)
    for _ in range(2):
        answer = outside.post(where, {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
    assert wishes(alice) == {name: name != wish for name in WISHES}


def test_opening_the_link_changes_nothing(alice: Member) -> None:
    """Programs open links to look at them; a person presses the button."""
    where = f"/letters/stop/{stop_token(alice, 'wants_digest')}/"
    page = Client().get(where).content.decode()
    assert "the morning digest from Daybreak Bakery to Alice" in page
    assert wishes(alice)["wants_digest"]


def test_it_can_be_taken_back_on_the_same_page(alice: Member) -> None:
    where = f"/letters/stop/{stop_token(alice, 'wants_digest')}/"
    stopped = Client().post(where).content.decode()
    assert "It is stopped" in stopped
    again = Client().post(where, {"again": "yes"}).content.decode()
    assert "It comes again" in again
    assert wishes(alice)["wants_digest"]


def test_the_page_speaks_the_readers_language(bob: Member) -> None:
    page = Client().get(f"/letters/stop/{stop_token(bob, 'wants_news')}/").content.decode()
    assert "Keine Briefe dieser Art mehr" in page
    assert 'lang="de"' in page


def test_a_wrong_link_is_told_kindly(alice: Member, charlie: Member) -> None:
    """Bent, cut, made by hand, of somebody who left: nothing changes."""
    whole = stop_token(alice, "wants_digest")
    other = stop_token(charlie, "wants_digest")
    bent = other.split(":")[0] + ":" + whole.split(":")[1]
    for token in (whole[:-1], "x", bent, "WzEsIm5hbWUiXQ:x", "%00"):
        assert Client().post(f"/letters/stop/{token}/").status_code == 404
    assert all(wishes(alice).values())
    assert all(wishes(charlie).values())
    Member.objects.filter(pk=alice.pk).update(left_at=alice.created_at)
    answer = Client().get(f"/letters/stop/{whole}/", headers={"accept-language": "en"})
    assert answer.status_code == 404
    assert "This link stops nothing" in answer.content.decode()


def test_a_link_opens_only_what_it_says(alice: Member) -> None:
    """Another column is not reached, even by a token that is signed."""
    assert read_token(stop_token(alice, "role")) is None


def test_it_works_while_she_still_has_to_set_up_a_second_step(
    alice: Member, client_of: ClientOf
) -> None:
    """The door that leads her there does not stand before this page."""
    alice.workspace.needs_second_step = True
    alice.workspace.save()
    where = f"/letters/stop/{stop_token(alice, 'wants_digest')}/"
    assert client_of(alice).post(where).status_code == 200
    assert not wishes(alice)["wants_digest"]
