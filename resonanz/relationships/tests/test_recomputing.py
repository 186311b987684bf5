"""What is derived can be derived anew."""

from collections.abc import Callable
from io import StringIO
from typing import Any

from django.core.management import call_command

from resonanz.channels.models import Channel
from resonanz.conversations.actions import answer_post, react_to_post
from resonanz.conversations.models import Post
from resonanz.outbox.actions import approve_and_send, save_draft
from resonanz.outbox.jobs import deliver, make_gesture
from resonanz.relationships.models import Act, Contact
from resonanz.relationships.recomputing import recompute_acts, recompute_contacts
from resonanz.relationships.tests.saying import ago, arrive, said, us
from resonanz.switchboard.pretend.clock import HandClock
from resonanz.switchboard.shapes import ReactionKind
from resonanz.workspaces.actions import set_domains
from resonanz.workspaces.models import Member, Workspace

ACT = ("uid", "identity", "kind", "direction", "at", "post", "channel", "is_backlog")
CONTACT = (
    "identity",
    "first_at",
    "last_received_at",
    "last_given_at",
    "received_count",
    "given_count",
    "owed_since",
    "owed_act__uid",
)


def derived() -> tuple[list[Any], list[Any]]:
    """All acts and contacts, without their ids and times of writing."""
    return (
        list(Act.objects.order_by("uid").values(*ACT)),
        list(Contact.objects.order_by("identity").values(*CONTACT)),
    )


def recompute(workspace: Workspace) -> None:
    """Both, in their order."""
    recompute_acts(workspace=workspace)
    recompute_contacts(workspace=workspace)


def live_a_little(alice: Member, channel: Channel) -> None:
    """Answer somebody and share something."""
    voice = alice.voices.get()
    draft = answer_post(
        post=Post.objects.filter(is_to_us=True).earliest("said_at"), member=alice, voice=voice
    )
    save_draft(draft=draft, text="Thank you for telling us.")
    deliver.call(approve_and_send(draft=draft, member=alice).deliveries.get().pk)
    neighbours = Post.objects.filter(reason=Post.Reason.NEIGHBOURHOOD).latest("said_at")
    kind = ReactionKind.BOOST
    gesture = react_to_post(post=neighbours, voice=voice, channel=channel, kind=kind)
    make_gesture.call(gesture.pk)


def test_recomputing_gives_the_same_rows(
    alice: Member,
    pretend_channel: Channel,
    read_all: Callable[[Channel], None],
    clock: HandClock,
) -> None:
    """After a lively week in the pretend town."""
    read_all(pretend_channel)
    live_a_little(alice, pretend_channel)
    clock.advance(days=6)
    read_all(pretend_channel)
    before = derived()
    assert len(before[0]) > 10
    recompute(alice.workspace)
    assert derived() == before


def test_what_can_be_derived_comes_back(
    alice: Member, pretend_channel: Channel, read_all: Callable[[Channel], None]
) -> None:
    """Words, links and our own gestures; reactions of others were told only once."""
    read_all(pretend_channel)
    live_a_little(alice, pretend_channel)
    told_once = Act.objects.filter(
        direction=Act.Direction.RECEIVED,
        kind__in=[Act.Kind.FAVOURITE, Act.Kind.FOLLOW, Act.Kind.SHARE],
    )
    before = derived()
    Act.objects.exclude(pk__in=told_once).delete()
    Contact.objects.all().delete()
    recompute(alice.workspace)
    assert derived() == before


def test_a_new_domain_of_ours_makes_old_links_recommendations(
    alice: Member, pretend_channel: Channel
) -> None:
    """And one that is ours no longer takes them away."""
    post = said("ada", "1", links=["https://rye.example/"])
    arrive(pretend_channel, post)
    assert not Contact.objects.exists()
    set_domains(workspace=alice.workspace, domains=["rye.example"])
    recompute(alice.workspace)
    assert Contact.objects.owed().count() == 1
    set_domains(workspace=alice.workspace, domains=["bakery.example"])
    recompute(alice.workspace)
    assert not Act.objects.exists()
    assert not Contact.objects.owed().exists()


def test_an_act_outlives_its_post(alice: Member, pretend_channel: Channel) -> None:
    """What was deleted where it came from is not read again, and nothing is lost by that."""
    post = said("ada", "1", links=["https://bakery.example/"])
    arrive(pretend_channel, post)
    arrive(pretend_channel, gone=(post.uid,))
    before = derived()
    recompute(alice.workspace)
    assert derived() == before


def test_a_settled_debt_stays_settled(alice: Member, pretend_channel: Channel) -> None:
    """What a human decided is not derived."""
    arrive(pretend_channel, said("ada", "1", links=["https://bakery.example/"], at=ago(days=2)))
    Contact.objects.update(settled_at=ago(days=1))
    recompute(alice.workspace)
    assert not Contact.objects.owed().exists()


def test_the_command_leaves_no_workspace_out(
    alice: Member, charlie: Member, pretend_channel: Channel
) -> None:
    """And says what it read."""
    arrive(pretend_channel, said("ada", "1", names=[us(pretend_channel)]))
    Act.objects.all().delete()
    told = StringIO()
    call_command("recompute", stdout=told)
    assert Act.objects.get().workspace == alice.workspace
    assert "Daybreak Bakery: 1 posts, 1 accounts." in told.getvalue()
    assert charlie.workspace.name in told.getvalue()
