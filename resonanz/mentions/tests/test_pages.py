"""The pages of this room."""

from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from resonanz.channels.models import Channel
from resonanz.mentions.models import Endpoint, ReceivedMention, SentMention
from resonanz.workspaces.models import Member

ClientOf = Callable[[Member], Client]


def some(domain: Channel, first: int, last: int) -> None:
    for number in range(first, last):
        ReceivedMention.objects.create(
            workspace=domain.workspace,
            channel=domain,
            source=f"https://ada.example/{number}",
            source_host="ada.example",
            target="https://bakery.example/rye",
            digest=str(number),
            by_name="Ada",
            state=ReceivedMention.State.REFUSED,
            reason="The page does not link to ours.",
        )
        SentMention.objects.create(
            workspace=domain.workspace,
            channel=domain,
            source="https://bakery.example/rye",
            target=f"https://ada.example/{number}",
            digest=str(number),
            source_digest="x",
            state=SentMention.State.REFUSED,
            trouble_code="refused",
            reason="No, thank you.",
        )


def test_ten_more_rows_cost_no_more_questions(
    alice: Member, domain: Channel, client_of: ClientOf
) -> None:
    client = client_of(alice)
    for path in ("/mentions/", "/mentions/sent/"):
        ReceivedMention.objects.all().delete()
        SentMention.objects.all().delete()
        counts = []
        for first, last in ((0, 2), (2, 12)):
            some(domain, first, last)
            client.get(path)
            with CaptureQueriesContext(connection) as asked:
                assert client.get(path).status_code == 200
            counts.append(len(asked))
        assert counts[0] == counts[1] <= 15


def test_both_lists_say_what_became_of_a_link_and_why(
    alice: Member, domain: Channel, client_of: ClientOf
) -> None:
    some(domain, 0, 1)
    client = client_of(alice)
    received = client.get("/mentions/").content.decode()
    assert "The page was looked at and not taken. The page does not link to ours." in received
    sent = client.get("/mentions/sent/").content.decode()
    assert "It does not want to hear of the link." in sent
    assert "No, thank you." in sent


def test_what_was_refused_is_tried_again_by_hand(
    alice: Member, domain: Channel, client_of: ClientOf
) -> None:
    some(domain, 0, 1)
    client = client_of(alice)
    got, gave = ReceivedMention.objects.get(), SentMention.objects.get()
    for path in (f"/mentions/{got.pk}/again/", f"/mentions/sent/{gave.pk}/again/"):
        for _ in range(2):
            assert client.post(path).status_code == 302
    assert ReceivedMention.objects.get().state == ReceivedMention.State.WAITING
    assert SentMention.objects.get().state == SentMention.State.WAITING


def test_a_domain_shows_the_line_and_its_channel_leads_there(
    alice: Member, endpoint: Endpoint, client_of: ClientOf
) -> None:
    client = client_of(alice)
    page = f"/mentions/domains/{endpoint.channel_id}/"
    assert page in client.get(f"/channels/{endpoint.channel_id}/").content.decode()
    shown = client.get(page).content.decode()
    assert f"/webmention/{endpoint.token}" in shown
    assert f"/pingback/{endpoint.token}" in shown
    assert "The site is looked at in a moment." in shown


def test_a_strangers_links_are_not_there(
    charlie: Member, domain: Channel, endpoint: Endpoint, client_of: ClientOf
) -> None:
    some(domain, 0, 1)
    client = client_of(charlie)
    assert "ada.example" not in client.get("/mentions/").content.decode()
    assert client.get(f"/mentions/domains/{domain.pk}/").status_code == 404
    row = ReceivedMention.objects.get()
    assert client.post(f"/mentions/{row.pk}/again/").status_code == 404
    assert row.channel.endpoint == endpoint


def test_lists_go_on_behind_the_last_row(
    alice: Member, domain: Channel, client_of: ClientOf
) -> None:
    some(domain, 0, 45)
    client = client_of(alice)
    first = client.get("/mentions/").content.decode()
    onward = first.partition('href="/mentions/?before=')[2].partition('"')[0]
    second = client.get(f"/mentions/?before={onward}").content.decode()
    assert first.count("<li data-row>") == 40
    assert second.count("<li data-row>") == 5


def test_a_domain_stands_among_the_accounts_and_not_among_what_we_read(
    alice: Member, domain: Channel, client_of: ClientOf
) -> None:
    page = client_of(alice).get("/channels/").content.decode()
    assert "Here people can speak to us." in page
    assert "What we read" not in page
