"""“What reaches me”."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from resonanz.letters.models import Letter, PushSubscription
from resonanz.letters.tests.letter_box import SendDue
from resonanz.letters.tests.scripted_post import ScriptedPost
from resonanz.switchboard.pretend.clock import HandClock
from resonanz.workspaces.models import Member
from resonanz.workspaces.tests.cast import ClientOf

PAGE = "/settings/letters/"


def test_wishes_are_kept(gustav: Member, client_of: ClientOf) -> None:
    """Also a guest's."""
    client_of(gustav).post(f"{PAGE}wishes/", {"wants_news": "on"})
    gustav.refresh_from_db()
    told = (gustav.wants_digest, gustav.wants_alarms, gustav.wants_news)
    assert told == (False, False, True)


def test_a_trial_letter_goes_at_once_whatever_the_hour(
    post: ScriptedPost, alice: Member, client_of: ClientOf, clock: HandClock, send_due: SendDue
) -> None:
    """And the page says what became of it."""
    alice.work_days = ""
    alice.save()
    client = client_of(alice)
    client.post(f"{PAGE}trial/", {"way": "mail"})
    assert "waiting" in client.get(PAGE).content.decode()
    clock.advance(minutes=1)
    send_due()
    assert [letter["Subject"] for letter in post.letters] == ["A trial letter from Resonanz"]
    page = client.get(PAGE).content.decode()
    assert "trial letter" in page
    assert "sent" in page


def test_two_clicks_are_one_letter(
    post: ScriptedPost, alice: Member, client_of: ClientOf, clock: HandClock
) -> None:
    for _ in range(2):
        client_of(alice).post(f"{PAGE}trial/", {"way": "mail"})
    assert Letter.objects.count() == 1


def test_without_a_mail_server_the_page_says_so(
    settings: Settings, alice: Member, client_of: ClientOf
) -> None:
    settings.RESONANZ_MAIL_SERVER = None
    client = client_of(alice)
    page = client.get(PAGE).content.decode()
    assert "This installation sends no mail." in page
    answer = client.post(f"{PAGE}trial/", {"way": "mail"}, follow=True).content.decode()
    assert "There is no way by which it could reach you yet." in answer
    assert not Letter.objects.exists()


def test_it_shows_nobody_elses(alice: Member, bob: Member, client_of: ClientOf) -> None:
    Letter.objects.create(
        member=alice, kind="note", way="mail", matter="note:1", trouble="550 of alice"
    )
    PushSubscription.objects.create(member=alice, endpoint="https://x.example", browser="Hers")
    page = client_of(bob).get(PAGE).content.decode()
    assert "of alice" not in page
    assert "Hers" not in page


@pytest.mark.usefixtures("post")
def test_ten_more_letters_cost_no_more_queries(alice: Member, client_of: ClientOf) -> None:
    client, counts = client_of(alice), []
    for batch in range(2):
        for number in range(10):
            name = f"{batch}{number}"
            Letter.objects.create(member=alice, kind="note", way="mail", matter=name)
            PushSubscription.objects.create(member=alice, endpoint=name, endpoint_hash=name)
        with CaptureQueriesContext(connection) as found:
            assert client.get(PAGE).status_code == 200
        counts.append(len(found))
    assert counts[0] == counts[1] <= 15


def test_the_settings_lead_there(gustav: Member, client_of: ClientOf) -> None:
    assert f'href="{PAGE}"' in client_of(gustav).get("/settings/").content.decode()
