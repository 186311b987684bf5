"""Looking where it was said: what is taken from a strange server, and what is not."""

from django.utils import timezone

from resonanz.channels.models import Channel
from resonanz.conversations.jobs import fetch_post, look_up_thread
from resonanz.conversations.models import Fetching, Lookup, Post, Sighting
from resonanz.conversations.origin import Asked, look_for_the_rest
from resonanz.conversations.tests.saying import arrives, naming, post, said, somebody, talk_of, us
from resonanz.outbox.tests.scripted import Scripted
from resonanz.people.models import Identity
from resonanz.switchboard.elsewhere import without_local_names
from resonanz.switchboard.shapes import Profile, Said, Thread
from resonanz.switchboard.trouble import Refused
from resonanz.workspaces.models import Member
from resonanz.workspaces.tests.cast import ClientOf


def half_a_talk(channel: Channel) -> None:
    """Konrad answers Ole, whom our server does not know."""
    arrives(channel, said("konrad", "half", answers="lane", mentions=naming(channel)))


def shows(network: Scripted, *posts: Said) -> None:
    """The origin shows these."""
    network.at_origin = Thread(posts=tuple(map(without_local_names, posts)))


def look(channel: Channel) -> Lookup:
    """Look, and carry it out."""
    assert look_for_the_rest(conversation=talk_of("half")) is Asked.ORIGIN
    row = Lookup.objects.get(is_at_origin=True)
    look_up_thread.call(row.pk)
    row.refresh_from_db()
    return row


def test_what_was_missing_is_found_and_the_page_says_how_much(
    alice: Member, channel: Channel, network: Scripted, client_of: ClientOf
) -> None:
    """The talk is whole; what our server does not know says so."""
    half_a_talk(channel)
    page = client_of(alice).get(f"/conversations/{talk_of('half').pk}/").content.decode()
    assert "Our server knows only a part of this conversation." in page
    shows(network, said("ole", "lane"), said("tilda", "third", answers="half"))
    address = f"/conversations/{talk_of('half').pk}/"
    assert look(channel).found == 2
    assert talk_of("lane") == talk_of("half") == talk_of("third")
    page = client_of(alice).get(address).content.decode()
    assert "2 posts more were found where it was said." in page
    assert "our own server does not know it" in page
    assert "Our server knows only a part" not in page


def test_a_strange_server_changes_nothing_we_have_and_says_nothing_in_our_name(
    channel: Channel, network: Scripted
) -> None:
    """No edit of a known post, no new name for a known person, no words of ours."""
    half_a_talk(channel)
    before = Identity.objects.get(uid=somebody("konrad").uid).name
    liar = Profile(uid=somebody("konrad").uid, handle="@x@x.example", name="Liar")
    shows(
        network,
        said("konrad", "half", text="Forged.", edited_at=timezone.now()),
        said(liar, "new", answers="half"),
        said(us(channel), "ours", text="We lie.", answers="half"),
    )
    assert look(channel).found == 1
    assert post("half").text == "Good morning."
    assert Identity.objects.get(uid=somebody("konrad").uid).name == before
    assert not Post.objects.filter(text="We lie.").exists()


def test_once_an_hour_is_enough(channel: Channel, network: Scripted) -> None:
    """Whatever came of it."""
    half_a_talk(channel)
    network.at_origin = Refused("Only for our own people.")
    assert look(channel).trouble_code == "refused"
    assert look_for_the_rest(conversation=talk_of("half")) is Asked.LATELY


def test_a_server_that_shows_nothing_is_told_of(
    alice: Member, channel: Channel, network: Scripted, client_of: ClientOf
) -> None:
    """With its own words beside."""
    half_a_talk(channel)
    network.at_origin = Refused("Only for our own people.")
    look(channel)
    page = client_of(alice).get(f"/conversations/{talk_of('half').pk}/").content.decode()
    assert "The server where it was said shows no more to us." in page
    assert "Only for our own people." in page
    assert talk_of("half").may_be_incomplete


def test_a_post_from_there_can_be_answered_once_our_server_knows_it(
    alice: Member, channel: Channel, network: Scripted, client_of: ClientOf
) -> None:
    """It is asked for by a click, and again by nobody within the hour."""
    half_a_talk(channel)
    shows(network, said("ole", "lane"))
    look(channel)
    network.known_elsewhere = {post("lane").uid: "lane-here"}
    for _ in range(2):
        client_of(alice).post(f"/conversations/posts/{post('lane').pk}/fetch/")
    fetch_post.call(Fetching.objects.get().pk)
    assert Sighting.objects.get(post=post("lane")).local_id == "lane-here"
    page = client_of(alice).get(f"/conversations/{talk_of('half').pk}/").content.decode()
    assert f"?answer={post('lane').pk}#reply" in page


def test_what_our_server_does_not_find_can_only_be_answered_there(
    alice: Member, channel: Channel, network: Scripted, client_of: ClientOf
) -> None:
    """The page says so instead of offering a box."""
    half_a_talk(channel)
    shows(network, said("ole", "lane"))
    look(channel)
    client_of(alice).post(f"/conversations/posts/{post('lane').pk}/fetch/")
    fetch_post.call(Fetching.objects.get().pk)
    page = client_of(alice).get(f"/conversations/{talk_of('half').pk}/").content.decode()
    assert "it can only be answered where it stands" in page
