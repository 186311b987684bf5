"""Being away, as Today shows it: not me today, standing in, and what nobody looks after."""

from collections.abc import Callable

from resonanz.channels.models import Channel
from resonanz.conversations.models import Conversation
from resonanz.conversations.moves import assign
from resonanz.switchboard.pretend.clock import HandClock
from resonanz.workspaces.absences import not_me_today
from resonanz.workspaces.models import Absence, Member
from resonanz.workspaces.tests.cast import ClientOf


def waiting(channel: Channel, to: Member) -> Conversation:
    """Somebody who waits for us, given to a member."""
    found = Conversation.objects.waiting().filter(waiting_since__isnull=False)[0]
    assign(conversations=[found], to=to, by=None)
    return found


def test_not_me_today_hands_over_until_tomorrow(
    alice: Member,
    bob: Member,
    pretend_channel: Channel,
    read_all: Callable[[Channel], None],
    client_of: ClientOf,
    clock: HandClock,
) -> None:
    """What waits with her is his as well; tomorrow it is hers alone."""
    read_all(pretend_channel)
    talk = waiting(pretend_channel, alice)
    client, his = client_of(alice), client_of(bob)
    row = f'href="/conversations/{talk.pk}/'
    assert row not in his.get("/conversations/?who=me").content.decode()
    client.post("/today/not-me/", {"stand_in": str(bob.pk)})
    page = client.get("/").content.decode()
    assert "Bob looks after what waits with you today" in page
    assert "Are you back?" in page
    assert row in his.get("/conversations/?who=me").content.decode()
    assert "Du vertrittst Alice" in his.get("/").content.decode()
    clock.advance(days=1)
    assert row not in his.get("/conversations/?who=me").content.decode()
    assert "Are you back?" not in client.get("/").content.decode()
    talk.refresh_from_db()
    assert talk.assignee == alice


def test_it_can_be_taken_back(
    alice: Member, bob: Member, pretend_channel: Channel, client_of: ClientOf
) -> None:
    """By the button in the message; pressing twice changes nothing."""
    client = client_of(alice)
    client.post("/today/not-me/", {"stand_in": str(bob.pk)})
    client.post("/today/not-me/", {"stand_in": str(bob.pk)})
    absence = Absence.objects.get()
    for _ in range(2):
        answer = client.post(f"/settings/absence/{absence.pk}/end/", {"next": "today"})
        assert answer["Location"] == "/"
    absence.refresh_from_db()
    assert absence.ended_at is not None
    assert client_of(bob).post(f"/settings/absence/{absence.pk}/end/").status_code == 404


def test_what_nobody_looks_after_is_shown_to_everybody(
    alice: Member,
    bob: Member,
    pretend_channel: Channel,
    read_all: Callable[[Channel], None],
    client_of: ClientOf,
) -> None:
    """First on Today, with the name of whoever is away."""
    read_all(pretend_channel)
    waiting(pretend_channel, bob)
    not_me_today(member=bob, stand_in=None)
    page = client_of(alice).get("/").content.decode()
    assert "Nobody looks after what waits with Bob" in page
    assert "nobody stands in" in page


def test_only_somebody_who_is_here_can_stand_in(
    alice: Member, charlie: Member, gustav: Member, pretend_channel: Channel, client_of: ClientOf
) -> None:
    """No stranger, no guest, not herself."""
    client = client_of(alice)
    for other in (charlie, gustav, alice):
        assert client.post("/today/not-me/", {"stand_in": str(other.pk)}).status_code == 422
    assert not Absence.objects.exists()


def test_hours_and_absences_are_kept_by_the_page(
    alice: Member, bob: Member, client_of: ClientOf
) -> None:
    """And what makes no sense is said in a sentence."""
    client = client_of(alice)
    hours = {
        "hours-work_days": ["1", "2", "3"],
        "hours-works_from": "09:00",
        "hours-works_until": "13:30",
        "hours-quiet_from": "22:00",
        "hours-quiet_until": "07:00",
    }
    assert client.post("/settings/hours/save/", hours).status_code == 302
    alice.refresh_from_db()
    assert (alice.work_days, str(alice.works_until)) == ("123", "13:30:00")
    half = client.post("/settings/hours/save/", {**hours, "hours-quiet_until": ""})
    assert "Fill in both, or neither" in half.content.decode()
    away = {
        "absence-from_day": "2030-05-06",
        "absence-until_day": "2030-05-02",
        "absence-stand_in": str(bob.pk),
    }
    wrong = client.post("/settings/absence/", away)
    assert "The last day lies before the first" in wrong.content.decode()
    client.post("/settings/absence/", {**away, "absence-until_day": "2030-05-10"})
    page = client.get("/settings/hours/").content.decode()
    assert "Bob stands in" in page
    assert "Alice" in client_of(bob).get("/settings/hours/").content.decode()
