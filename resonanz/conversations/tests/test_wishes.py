"""What people ask of others is kept to where we search, keep, answer, share and follow."""

from datetime import timedelta

import msgspec
import pytest
from django.test import Client
from django.utils import timezone

from resonanz.channels.arrivals import take_in
from resonanz.channels.models import Channel
from resonanz.conversations.actions import (
    NobodyCanAnswer,
    answer_post,
    answering_to,
    follow_author,
    react_to_post,
)
from resonanz.conversations.forgetting import KEPT_FOR, due_honourings, honour_wishes
from resonanz.conversations.models import Post, PostVersion, SearchEntry
from resonanz.conversations.tests.saying import (
    answered,
    arrives,
    naming,
    post,
    said,
    somebody,
    talk_of,
)
from resonanz.outbox.actions import CannotSend, approve_and_send, save_draft
from resonanz.outbox.models import Gesture
from resonanz.people.models import Honouring, Identity, KnownAs
from resonanz.pictures.actions import digest_of
from resonanz.pictures.models import PictureCopy
from resonanz.switchboard.pretend.clock import HandClock
from resonanz.switchboard.shapes import Audience, Page, Picture, Profile, ReactionKind
from resonanz.workspaces.models import Member
from resonanz.workspaces.tests.cast import ClientOf


@pytest.fixture
def browser(alice: Member, client_of: ClientOf) -> Client:
    """Alice's browser."""
    return client_of(alice)


def asking(name: str, bio: str = "", **more: object) -> Profile:
    """Somebody whose profile says this, and all that there is."""
    return msgspec.structs.replace(somebody(name), bio_html=bio, is_full=True, **more)


def see_to_wishes() -> None:
    """As the worker would."""
    for pk in due_honourings(timezone.now(), 99):
        honour_wishes.call(pk)


@pytest.fixture
def following(channel: Channel) -> Channel:
    """The account on a network where one can follow."""
    channel.abilities = [*channel.abilities, "follow"]
    channel.save(update_fields=["abilities"])
    return channel


def found(browser: Client, words: str) -> bool:
    page = browser.get("/search/", {"q": words}).content.decode()
    return 'class="row' in page


# ── Not to be found ──────────────────────────────────────────────────────────────────


def test_what_was_overheard_is_not_found_and_what_was_said_to_us_is(
    channel: Channel, browser: Client
) -> None:
    mara = asking("mara", is_indexable=False)
    arrives(channel, said(mara, "a", text="Kingfishers by the mill."), lane="home")
    arrives(channel, said(mara, "b", text="Sourdough, please.", mentions=naming(channel)))
    arrives(channel, said("ole", "c", text="Herons by the mill."), lane="home")
    assert not found(browser, "kingfishers")
    assert found(browser, "sourdough")
    assert found(browser, "herons")


def test_a_wish_that_comes_later_takes_words_out_and_one_taken_back_brings_them_back(
    channel: Channel, browser: Client, clock: HandClock
) -> None:
    arrives(channel, said(asking("mara"), "a", text="Kingfishers by the mill."), lane="home")
    assert found(browser, "kingfishers")
    arrives(channel, said(asking("mara", "#nosearch"), "b", text="Otters."), lane="home")
    see_to_wishes()
    assert not found(browser, "kingfishers")
    assert not Honouring.objects.exists()
    arrives(channel, said(asking("mara"), "c", text="Beavers."), lane="home")
    see_to_wishes()
    assert found(browser, "kingfishers")


def test_what_turns_out_to_be_said_to_us_is_found(channel: Channel, browser: Client) -> None:
    mara = asking("mara", is_indexable=False)
    words = said(mara, "a", text="Kingfishers.", mentions=naming(channel))
    arrives(channel, msgspec.structs.replace(words, mentions=()), lane="home")
    assert not found(browser, "kingfishers")
    arrives(channel, words)
    assert found(browser, "kingfishers")


# ── Not to be archived ───────────────────────────────────────────────────────────────


def test_what_was_overheard_is_forgotten_after_three_days(
    channel: Channel, clock: HandClock, browser: Client
) -> None:
    mara = asking("mara", "#noarchive")
    shown = Picture(url="https://town.example/1.png")
    arrives(channel, said(mara, "a", text="Kingfishers.", pictures=(shown,)), lane="home")
    arrives(channel, said(mara, "b", text="Sourdough.", mentions=naming(channel)))
    PictureCopy.objects.create(
        workspace=channel.workspace, url=shown.url, digest=digest_of(shown.url)
    )
    PostVersion.objects.create(post=post("a"), text="Kingfisher.")
    clock.advance(days=2)
    see_to_wishes()
    assert post("a").text == "Kingfishers."
    clock.advance(days=2)
    see_to_wishes()
    gone = post("a")
    assert gone.gone_at is not None
    assert (gone.text, gone.html, gone.pictures) == ("", "", [])
    assert not PostVersion.objects.exists()
    assert not SearchEntry.objects.filter(post=gone).exists()
    assert not PictureCopy.objects.exists()
    assert post("b").text == "Sourdough."
    page = browser.get(f"/conversations/{gone.conversation_id}/").content.decode()
    assert "who asks not to be archived" in page


def test_what_was_forgotten_does_not_come_back(channel: Channel, clock: HandClock) -> None:
    words = said(asking("mara", "#noarchive"), "a", text="Kingfishers.")
    arrives(channel, words, lane="home")
    clock.advance(days=4)
    see_to_wishes()
    arrives(channel, msgspec.structs.replace(words, edited_at=timezone.now()), lane="home")
    assert post("a").text == ""


def test_what_one_of_us_answered_is_correspondence_and_stays(
    channel: Channel, alice: Member, clock: HandClock
) -> None:
    arrives(channel, said(asking("mara", "#noarchive"), "a", text="Kingfishers."), lane="home")
    answered(post("a"), alice)
    clock.advance(days=4)
    see_to_wishes()
    assert post("a").text == "Kingfishers."


def test_forgetting_goes_on_until_the_wish_is_taken_back(
    channel: Channel, clock: HandClock
) -> None:
    arrives(channel, said(asking("mara", "#noarchive"), "a"), lane="home")
    see_to_wishes()
    row = Honouring.objects.get()
    assert timezone.now() < row.due_at < timezone.now() + KEPT_FOR
    arrives(channel, said(asking("mara"), "b"), lane="home")
    assert Honouring.objects.get().due_at == timezone.now()
    see_to_wishes()
    assert not Honouring.objects.exists()
    clock.advance(days=9)
    assert post("a").gone_at is None


# ── Who has blocked us ───────────────────────────────────────────────────────────────


def test_who_has_blocked_us_is_not_written_to_liked_shared_or_followed(
    channel: Channel, alice: Member, browser: Client
) -> None:
    arrives(channel, said(asking("bert", blocks_us=True), "a", mentions=naming(channel)))
    found, voice = post("a"), alice.voices.get()
    with pytest.raises(NobodyCanAnswer):
        answer_post(post=found, member=alice, voice=voice)
    for kind in (ReactionKind.BOOST, ReactionKind.FAVOURITE):
        with pytest.raises(NobodyCanAnswer):
            react_to_post(post=found, voice=voice, channel=channel, kind=kind)
    with pytest.raises(NobodyCanAnswer):
        follow_author(identity=found.identity, voice=voice, channel=channel)
    assert not Gesture.objects.exists()
    page = browser.get(f"/conversations/{found.conversation_id}/").content.decode()
    assert "We do not write there" in page
    assert "Bert has blocked us." in page
    assert 'id="id_text"' not in page
    told = browser.post(
        f"/conversations/posts/{found.pk}/react/",
        {"kind": "favourite", "channel": channel.pk},
        follow=True,
    )
    assert "Bert has blocked us." in told.content.decode()


def test_who_has_blocked_us_is_not_named_in_answers_to_others(channel: Channel) -> None:
    bert = asking("bert", blocks_us=True)
    arrives(channel, said(bert, "a"), lane="home")
    arrives(channel, said("mara", "q", mentions=naming(channel, bert, somebody("ole"))))
    names = [name.handle for name in answering_to(post("q"), channel).names]
    assert names == ["@mara@town.example", "@ole@town.example"]


def test_who_blocks_us_while_we_write_is_not_sent_to(channel: Channel, alice: Member) -> None:
    arrives(channel, said(asking("bert"), "a", mentions=naming(channel)))
    draft = answer_post(post=post("a"), member=alice, voice=alice.voices.get())
    save_draft(draft=draft, text="Gladly.")
    arrives(channel, said(asking("bert", blocks_us=True), "b"), lane="home")
    with pytest.raises(CannotSend) as cannot:
        approve_and_send(draft=draft, member=alice)
    assert cannot.value.previews[0].problems == ("blocked",)


def test_what_was_done_before_can_be_taken_back(
    channel: Channel, alice: Member, browser: Client
) -> None:
    arrives(channel, said(asking("bert"), "a", mentions=naming(channel)))
    react_to_post(
        post=post("a"), voice=alice.voices.get(), channel=channel, kind=ReactionKind.FAVOURITE
    )
    Gesture.objects.update(state="sent")
    arrives(channel, said(asking("bert", blocks_us=True), "b"), lane="home")
    page = browser.get(f"/conversations/{talk_of('a').pk}/").content.decode()
    assert page.count('name="kind" value="favourite"') == 1
    assert 'name="kind" value="boost"' not in page


# ── Locked, and for followers only ───────────────────────────────────────────────────


def test_following_somebody_who_decides_is_asking(following: Channel, browser: Client) -> None:
    channel = following
    locked = asking("mara", is_locked=True)
    arrives(channel, said(locked, "a", mentions=naming(channel)))
    address = f"/conversations/{talk_of('a').pk}/"
    assert "Ask to follow" in browser.get(address).content.decode()
    identity = Identity.objects.get(uid=locked.uid)
    told = browser.post(
        f"/conversations/accounts/{identity.pk}/follow/", {"channel": channel.pk}, follow=True
    )
    assert "Mara is being asked whether we may follow." in told.content.decode()
    assert "Asked to follow: take it back" in browser.get(address).content.decode()


def test_who_was_followed_elsewhere_can_be_let_go_here(following: Channel, browser: Client) -> None:
    channel = following
    arrives(channel, said("mara", "a", mentions=naming(channel)))
    KnownAs.objects.filter(local_id="account-mara").update(followed_at=timezone.now())
    address = f"/conversations/{talk_of('a').pk}/"
    assert "Followed: take it back" in browser.get(address).content.decode()
    follow = f"/conversations/accounts/{post('a').identity_id}/follow/"
    for _ in range(2):
        browser.post(follow, {"channel": channel.pk, "undo": "1"})
    gesture = Gesture.objects.get()
    assert (gesture.is_wanted, gesture.target_local_id) == (False, "account-mara")
    assert "Followed: take it back" not in browser.get(address).content.decode()


def test_what_is_said_for_followers_only_never_leaves(channel: Channel, browser: Client) -> None:
    words = said("mara", "a", mentions=naming(channel), audience=Audience.FOLLOWERS)
    arrives(channel, words)
    page = browser.get(f"/conversations/{talk_of('a').pk}/").content.decode()
    assert 'name="kind" value="boost"' not in page
    browser.post(
        f"/conversations/posts/{post('a').pk}/react/", {"kind": "boost", "channel": channel.pk}
    )
    assert not Gesture.objects.exists()


# ── Before typing ────────────────────────────────────────────────────────────────────


def test_the_box_says_what_somebody_asks_before_one_types(
    channel: Channel, browser: Client
) -> None:
    asks = asking("mara", "#nobot #nobridge #noindex")
    arrives(channel, said(asks, "a", mentions=naming(channel)))
    arrives(channel, said("ole", "b", mentions=naming(channel)))
    page = browser.get(f"/conversations/{talk_of('a').pk}/").content.decode()
    assert page.index("Mara asks bots to stay away.") < page.index('id="id_text"')
    assert page.index("carried to other networks") < page.index('id="id_text"')
    assert "does not want to be found" not in page
    assert "stay away" not in browser.get(f"/conversations/{talk_of('b').pk}/").content.decode()


# ── Deleted and changed at the origin ────────────────────────────────────────────────


def test_what_is_deleted_at_its_origin_is_deleted_here_with_all_it_said_before(
    channel: Channel, browser: Client
) -> None:
    first = said("mara", "a", text="Kingfishers.", mentions=naming(channel))
    arrives(channel, first)
    later = timezone.now() + timedelta(seconds=1)
    arrives(channel, msgspec.structs.replace(first, html="<p>Otters.</p>", edited_at=later))
    assert (post("a").text, PostVersion.objects.get().text) == ("Otters.", "Kingfishers.")
    assert not found(browser, "kingfishers")
    assert found(browser, "otters")
    take_in(channel=channel, lane="stream", page=Page(gone=(first.uid,)))
    assert (post("a").text, post("a").html) == ("", "")
    assert not PostVersion.objects.exists()
    assert not found(browser, "otters")
    arrives(channel, first)
    assert Post.objects.still_there().count() == 0
