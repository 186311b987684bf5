"""Lists of addresses: brought, connected in the background, reported, taken along."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from resonanz.channels.actions import keep_account, pause_channel
from resonanz.channels.duties import LISTED_AT_ONCE, due_addresses
from resonanz.channels.jobs import connect_address
from resonanz.channels.models import Channel, ListedAddress, ListImport
from resonanz.channels.tests.toy import Toy, toy_account
from resonanz.switchboard.pretend.clock import HandClock
from resonanz.switchboard.trouble import Gone, TryLater
from resonanz.workspaces.models import Member
from resonanz.workspaces.tests.cast import ClientOf


def bring(client: Client, content: bytes) -> ListImport:
    file = SimpleUploadedFile("toys.txt", content)
    answer = client.post("/channels/connect/toy/list/", {"file": file})
    found = ListImport.objects.latest("pk")
    assert answer["Location"] == f"/channels/lists/{found.pk}/"
    return found


def connect_all() -> None:
    """As the worker would, until nothing is due."""
    while due := due_addresses(timezone.now(), 200):
        for pk in due:
            connect_address.call(pk)


def report(client: Client, found: ListImport) -> str:
    return client.get(f"/channels/lists/{found.pk}/").content.decode()


def test_bringing_a_list_asks_nobody_yet(client: Client, toy: Toy) -> None:
    """Two hundred addresses must not keep the page waiting."""
    found = bring(client, b"\n".join(b"toy%d" % number for number in range(200)))
    assert toy.asked == []
    assert "0 of 200" in report(client, found)
    assert 'hx-trigger="every 3s"' in report(client, found)


def test_the_report_counts_and_gives_reasons(
    client: Client, alice: Member, toy: Toy, clock: HandClock
) -> None:
    """Added, there already, not added."""
    keep_account(member=alice, network_slug="toy", account=toy_account("known"))
    found = bring(client, b"one two known")
    connect_all()
    toy.trouble = Gone("There is nothing at this address any more.")
    more = bring(client, b"three one")
    connect_all()
    assert "2 were added." in report(client, found)
    assert "1 was there already." in report(client, found)
    page = report(client, more)
    assert "1 could not be added." in page
    assert "There is nothing at this address any more." in page
    assert "hx-trigger" not in page


def test_bringing_the_same_list_again_changes_nothing(
    client: Client, alice: Member, toy: Toy
) -> None:
    """A channel that somebody paused stays paused."""
    channel = keep_account(member=alice, network_slug="toy", account=toy_account("one"))
    pause_channel(channel=channel, member=alice)
    Channel.objects.update(address="https://toy.example/moved")
    bring(client, b"one")
    connect_all()
    channel.refresh_from_db()
    assert channel.state == Channel.State.PAUSED
    assert ListedAddress.objects.get().state == ListedAddress.State.KNOWN


def test_a_server_that_is_down_is_tried_three_times(
    client: Client, toy: Toy, clock: HandClock
) -> None:
    """Then it is given up with a reason, and can be tried again by hand."""
    toy.trouble = TryLater("ConnectError")
    found = bring(client, b"one")
    for _ in range(5):
        connect_all()
        clock.advance(minutes=2)
    row = found.addresses.get()
    assert (row.state, row.attempts) == (ListedAddress.State.FAILED, 3)
    toy.trouble = None
    client.post(f"/channels/lists/{found.pk}/again/")
    connect_all()
    assert "1 was added." in report(client, found)


def test_a_long_list_goes_a_few_at_a_time(client: Client, toy: Toy) -> None:
    """So that what is connected already is read in between."""
    bring(client, b"\n".join(b"toy%d" % number for number in range(50)))
    assert len(due_addresses(timezone.now(), 200)) == LISTED_AT_ONCE
    assert due_addresses(timezone.now(), 200) == []


def test_what_is_no_list_is_said_so(client: Client, toy: Toy) -> None:
    """And so is a file that is too large, and none at all."""
    for content, sentence in (
        (b"\0", "not in a way that can be understood"),
        (b"x" * (5 * 1024 * 1024 + 1), "larger than 5 MB"),
    ):
        file = SimpleUploadedFile("x", content)
        answer = client.post("/channels/connect/toy/list/", {"file": file})
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
    assert client.post("/channels/connect/toy/list/").status_code == 422


def test_a_list_is_taken_along(client: Client, alice: Member, toy: Toy) -> None:
    """Only what is in the own workspace, as a file."""
    keep_account(member=alice, network_slug="toy", account=toy_account("one"))
    answer = client.get("/channels/connect/toy/list/file/")
    assert answer.content == b"https://toy.example/one"
    assert answer["Content-Disposition"] == 'attachment; filename="toys.txt"'


def test_networks_without_lists_have_no_such_page(client: Client, alice: Member) -> None:
    """404 instead of a broken form."""
    assert client.get("/channels/connect/pretend/list/file/").status_code == 404


def test_a_stranger_sees_no_list(
    client: Client, toy: Toy, charlie: Member, client_of: ClientOf
) -> None:
    """Neither the report nor the file's content."""
    found = bring(client, b"one")
    connect_all()
    stranger = client_of(charlie)
    assert stranger.get(f"/channels/lists/{found.pk}/").status_code == 404
    assert stranger.get("/channels/connect/toy/list/file/").content == b""
