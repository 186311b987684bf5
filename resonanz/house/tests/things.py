"""One of everything that belongs to one workspace, for tests that try every address."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any
from uuid import uuid4

from django.utils import timezone
from PIL import Image

from resonanz.channels.models import Channel, ListImport, PendingConnection
from resonanz.channels.vault import vault
from resonanz.conversations.by_hand.noting import Words, note_talk
from resonanz.conversations.listing import Chosen
from resonanz.conversations.matters import open_matter, settle_matter
from resonanz.conversations.models import (
    Conversation,
    MatterLink,
    Move,
    Note,
    Post,
    Promise,
    Rule,
    SavedView,
)
from resonanz.conversations.models import (
    Joining as JoinedTalk,
)
from resonanz.conversations.moves import assign
from resonanz.conversations.notes import write_note
from resonanz.conversations.saved_views import keep_view
from resonanz.house.today.programme import begin_programme
from resonanz.letters.models import PushSubscription
from resonanz.mentions.models import Endpoint, ReceivedMention, SentMention
from resonanz.outbox.actions import add_upload, approve_and_send, gesture, start_draft
from resonanz.outbox.models import (
    Amendment,
    Delivery,
    Draft,
    Gesture,
    Moderation,
    Publication,
    Upload,
)
from resonanz.people.models import Identity, Joining, Person
from resonanz.switchboard.shapes import ReactionKind
from resonanz.workspaces.membership import invite
from resonanz.workspaces.models import Absence, Fact, Invitation, Member, Programme
from resonanz.workspaces.queries import voices_of

HER_WORDS = "Words that nobody else may read."


@dataclass(frozen=True)
class Things:
    """One of everything that belongs to one workspace."""

    channel: Channel
    conversation: Conversation
    post: Post
    noted: Post
    promise: Promise
    note: Note
    matter: MatterLink
    move: Move
    joined_talk: JoinedTalk
    view: SavedView
    rule: Rule
    draft: Draft
    delivery: Delivery
    gesture: Gesture
    moderation: Moderation
    publication: Publication
    standing: Delivery
    amendment: Amendment
    upload: Upload
    fact: Fact
    received_mention: ReceivedMention
    sent_mention: SentMention
    identity: Identity
    person: Person
    joining: Joining
    list_import: ListImport
    pending: PendingConnection
    member: Member
    invitation: Invitation
    browser: PushSubscription
    absence: Absence
    programme: Programme


def things_of(member: Member, channel: Channel) -> Things:
    """Makes one of everything; the channel has been read already."""
    post = Post.objects.filter(workspace=member.workspace, is_to_us=True).latest("pk")
    sent = approve_and_send(draft=_draft(member, channel, "A word."), member=member)
    nod = gesture(
        channel=channel,
        voice=voices_of(member)[0],
        kind=ReactionKind.FAVOURITE,
        target_uid=post.uid,
        target_local_id=post.sightings.earliest("pk").local_id,
    )
    standing = _standing(member, channel)
    return Things(
        channel=channel,
        **_of_a_talk(member, post),
        **_of_the_team(member),
        rule=Rule.objects.create(workspace=member.workspace, name="All", assignee=member),
        view=keep_view(member=member, name="Mine", chosen=Chosen(), is_for_all=True),
        draft=_draft(member, channel, HER_WORDS),
        delivery=sent.deliveries.get(),
        gesture=nod,
        moderation=_moderation(member, channel, post),
        publication=sent,
        standing=standing,
        amendment=Amendment.objects.create(
            delivery=standing, channel=channel, member=member, kind=Amendment.Kind.DELETE
        ),
        upload=_upload(member, channel),
        **_of_a_domain(channel),
        fact=Fact.objects.create(workspace=member.workspace, title="Hours", text="From 6."),
        list_import=ListImport.objects.create(
            workspace=member.workspace, member=member, network="pretend", file_name="list"
        ),
        pending=_pending(member),
    )


def _of_a_talk(member: Member, post: Post) -> dict[str, Any]:
    return {
        "conversation": post.conversation,
        "post": post,
        "identity": post.identity,
        "person": post.identity.person,
        "joining": _joining(post.identity.person),
        "noted": _noted(member),
        "promise": _promise(member, post),
        "note": write_note(conversation=post.conversation, author=member, text=HER_WORDS, named=[]),
        "matter": _matter(member, post),
        "move": _move(member, post),
        "joined_talk": _joined_talk(member, post),
    }


def _joining(person: Person) -> Joining:
    other = Person.objects.create(workspace=person.workspace, name="The same", joined_into=person)
    return Joining.objects.create(workspace=person.workspace, person=person, other=other)


def _of_a_domain(channel: Channel) -> dict[str, Any]:
    """A link to her site, and one of hers; what is connected does not matter here."""
    Endpoint.objects.create(channel=channel)
    here = {"workspace": channel.workspace, "channel": channel}
    one, other = "https://bakery.example/rye", "https://blog.example/rye"
    return {
        "received_mention": ReceivedMention.objects.create(
            **here, source=other, target=one, digest="1", title=HER_WORDS
        ),
        "sent_mention": SentMention.objects.create(**here, source=one, target=other, digest="1"),
    }


def _noted(member: Member) -> Post:
    """What somebody said to her at the counter."""
    words = Words(text=HER_WORDS, network="by-hand:counter", said_at=timezone.now())
    return note_talk(member=member, whom="Somebody", words=words, once=uuid4())


def _of_the_team(member: Member) -> dict[str, Any]:
    return {
        "member": member,
        "browser": PushSubscription.objects.create(
            member=member, endpoint="https://push.example/1"
        ),
        "invitation": invite(member=member, role=Member.Role.GUEST, language="en")[0],
        "programme": begin_programme(member=member, minutes=20),
        "absence": Absence.objects.create(
            member=member, from_day="2020-01-01", until_day="2020-01-02"
        ),
    }


def _draft(member: Member, channel: Channel, text: str) -> Draft:
    return start_draft(
        workspace=member.workspace,
        author=member,
        voice=voices_of(member)[0],
        channels=[channel],
        text=text,
    )


def _standing(member: Member, channel: Channel) -> Delivery:
    """Something of hers that stands at its network."""
    said = approve_and_send(draft=_draft(member, channel, "Said."), member=member)
    said.deliveries.update(state=Delivery.State.SENT, uid="said", local_id="said")
    return said.deliveries.get()


def _moderation(member: Member, channel: Channel, post: Post) -> Moderation:
    """A comment that was called spam, which has not gone out."""
    return Moderation.objects.create(
        workspace=member.workspace,
        channel=channel,
        member=member,
        target_uid=post.uid,
        target_local_id=post.sightings.earliest("pk").local_id,
        wanted="spam",
        before="published",
        stood="published",
    )


def _upload(member: Member, channel: Channel) -> Upload:
    file = BytesIO()
    Image.new("RGB", (4, 4)).save(file, "PNG")
    draft = _draft(member, channel, "With a picture.")
    return add_upload(draft=draft, content=file.getvalue(), file_name="a.png")[0]


def _promise(member: Member, post: Post) -> Promise:
    return Promise.objects.create(
        workspace=member.workspace,
        conversation=post.conversation,
        voice=voices_of(member)[0],
        what="A cake.",
        due_on="2030-01-01",
    )


def _matter(member: Member, post: Post) -> MatterLink:
    """A matter that is settled, which nobody in the conversation has heard of."""
    link = open_matter(
        conversation=post.conversation, title="Rolls", kind="product", colleague=member, by=member
    )
    settle_matter(matter=link.matter, outcome="Lighter since Monday.", by=member)
    return link


def _joined_talk(member: Member, post: Post) -> JoinedTalk:
    """One of which nothing is left that could be parted."""
    return JoinedTalk.objects.create(
        workspace=member.workspace,
        conversation=post.conversation,
        joined_pk=post.conversation.pk + 1_000_000,
        member=member,
    )


def _move(member: Member, post: Post) -> Move:
    assign(conversations=[post.conversation], to=member, by=member)
    return Move.objects.latest("pk")


def _pending(member: Member) -> PendingConnection:
    return PendingConnection.objects.create(
        workspace=member.workspace,
        member=member,
        network="pretend",
        token="t" * 43,
        memo=vault().seal("memo"),
    )
