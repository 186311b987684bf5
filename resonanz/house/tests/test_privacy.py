"""What is kept about a person: told of, exported, erased; for every table of the house."""

import json
from collections.abc import Callable

import pytest
from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model

from resonanz.channels.models import Channel
from resonanz.conversations.actions import answer_post, make_promise, react_to_post
from resonanz.conversations.models import Conversation, Lookup, Post, Promise, Sighting
from resonanz.house.settings.apps import ROOMS
from resonanz.outbox.actions import approve_and_send, save_draft, start_draft
from resonanz.outbox.jobs import deliver, make_gesture
from resonanz.outbox.models import Delivery, Draft, Gesture, Publication
from resonanz.people.models import Identity, Person
from resonanz.people.privacy import KEPT_ABOUT, erase_person, export_person
from resonanz.relationships.models import Act
from resonanz.switchboard.shapes import ReactionKind
from resonanz.workspaces.models import Member

NOTHING_ABOUT_ANYBODY = {
    "channels.channel": "An account of ours, or a source that we chose to read.",
    "channels.lane": "How far a channel was read.",
    "channels.pendingconnection": "A connection of a member's that is under way, for an hour.",
    "channels.listimport": "A list of addresses that a member brought.",
    "channels.listedaddress": "An address on such a list.",
    "conversations.joining": "That a member put two conversations together; ids and columns.",
    "conversations.move": "What a member did with a conversation; goes with it.",
    "conversations.notemention": "Which colleague a note names; goes with the note.",
    "conversations.presence": "Which member has a conversation open; goes with it.",
    "conversations.rule": "How conversations are shared out; words that we look for.",
    "conversations.savedview": "A set of filters of a member's.",
    "conversations.searchrun": "How far old posts were given their words.",
    "letters.letter": "What a member is told: ids, names of our own, counts.",
    "letters.pushsubscription": "A member's browser.",
    "mentions.endpoint": "Where links to a domain of ours are told, and how our own site looks.",
    "people.circlereading": "How far a list of followers was read, and how many were in it.",
    "relationships.walk": "How far a member has walked.",
    "workspaces.absence": "When a member is away.",
    "workspaces.fact": "Ourselves.",
    "workspaces.hiddenword": "A word that nobody here wants to read unasked.",
    "workspaces.invitation": "Somebody who is to become a member.",
    "workspaces.programme": "What a member has taken on; keys of rows, no texts.",
    "workspaces.user": "A member's login.",
    "workspaces.workspace": "Ourselves.",
    "workspaces.owndomain": "Ourselves.",
    "workspaces.member": "A member.",
    "workspaces.voice": "A member's voice.",
    "workspaces.alarm": "A channel's handle and the network's reason.",
    "workspaces.trailentry": "What a member did; by rule without personal text.",
    "workspaces.routine": "When a duty is due.",
}


def tables() -> dict[str, type[Model]]:
    """Every table of the rooms by its label."""
    return {
        model._meta.label_lower: model
        for model in apps.get_models()
        if model.__module__.startswith(tuple(ROOMS))
    }


def test_every_table_is_told_of_or_known_to_hold_nothing() -> None:
    """A new table has to be decided about. Register it in its room's privacy.py."""
    told = {keeping.model._meta.label_lower for keeping in KEPT_ABOUT}
    assert set(tables()) - told - set(NOTHING_ABOUT_ANYBODY) == set()
    assert set(NOTHING_ABOUT_ANYBODY) - set(tables()) == set()
    assert told & set(NOTHING_ABOUT_ANYBODY) == set()


def test_no_table_with_a_path_to_an_identity_is_said_to_hold_nothing() -> None:
    """Along every relation, over as many tables as it takes."""
    reached: set[type[Model]] = {Person, Identity}
    grown = True
    while grown:
        found = {
            model
            for model in tables().values()
            for field in model._meta.get_fields()
            if field.is_relation and not field.auto_created and field.related_model in reached
        }
        grown = not found <= reached
        reached |= found
    assert {Post, Sighting, Act} <= reached
    labels = {model._meta.label_lower for model in reached}
    assert labels & set(NOTHING_ABOUT_ANYBODY) == set()


def test_every_told_column_is_there(alice: Member) -> None:
    """A renamed column must not make an export fail when somebody asks for it."""
    nobody = Person.objects.create(workspace=alice.workspace, name="Nobody")
    for keeping in KEPT_ABOUT:
        assert list(keeping.rows(nobody).values(*keeping.columns)) in ([], [{**_named(nobody)}])


def _named(person: Person) -> dict[str, object]:
    columns = ("name", "note", "created_at", "last_contact_at")
    return {column: getattr(person, column) for column in columns}


@pytest.fixture
def friend(alice: Member, pretend_channel: Channel, read_all: Callable[[Channel], None]) -> Person:
    """Somebody who spoke to us, whom we answered, shared, followed, promised and named."""
    read_all(pretend_channel)
    spoken = Post.objects.filter(is_to_us=True, audience="public").earliest("said_at")
    voice, who = alice.voices.get(), spoken.identity
    draft = answer_post(post=spoken, member=alice, voice=voice)
    save_draft(draft=draft, text="Thank you, we will look.")
    deliver.call(approve_and_send(draft=draft, member=alice).deliveries.get().pk)
    made = react_to_post(
        post=spoken, voice=voice, channel=pretend_channel, kind=ReactionKind.FAVOURITE
    )
    make_gesture.call(made.pk)
    make_promise(conversation=spoken.conversation, voice=voice, what="A loaf.", due_on="2030-01-01")  # type: ignore[arg-type]
    first_word = start_draft(
        workspace=alice.workspace,
        author=alice,
        voice=voice,
        channels=[pretend_channel],
        text=f"{who.handle} Good morning.",
    )
    deliver.call(approve_and_send(draft=first_word, member=alice).deliveries.get().pk)
    return who.person


def everything() -> str:
    """All rows of all tables as one text, the sealed and the sessions excepted."""
    rows = [
        list(model._default_manager.values())
        for label, model in tables().items()
        if label != "channels.channel"
    ]
    return json.dumps(rows, cls=DjangoJSONEncoder, ensure_ascii=False, default=str)


def test_what_is_exported_is_what_is_kept(friend: Person) -> None:
    """Hers, ours to her, the ledger, and where it came from."""
    found = export_person(friend)
    assert {
        "people.person",
        "people.identity",
        "people.nameword",
        "conversations.post",
        "conversations.sighting",
        "conversations.conversation",
        "conversations.promise",
        "outbox.draft",
        "outbox.publication",
        "outbox.delivery",
        "outbox.gesture",
        "relationships.act",
        "relationships.contact",
    } <= set(found)
    told = json.dumps(found, cls=DjangoJSONEncoder)
    assert "Thank you, we will look." in told
    assert "Good morning." in told
    for post in Post.objects.filter(identity__person=friend):
        assert json.dumps(post.text)[1:-1] in told


def test_nothing_of_somebody_else_is_exported(friend: Person) -> None:
    """Other people's words stay theirs."""
    told = json.dumps(export_person(friend)["conversations.post"], cls=DjangoJSONEncoder)
    others = Post.objects.filter(is_ours=False).exclude(identity__person=friend)
    for post in others.exclude(shared_by__person=friend):
        assert json.dumps(post.uid) not in told


def test_erased_is_erased(friend: Person) -> None:
    """Neither name nor handle nor word of hers is anywhere; what we said stays, without them."""
    identity = friend.identities.get()
    words = list(Post.objects.filter(identity=identity).values_list("text", flat=True))
    uids = list(Post.objects.filter(identity=identity).values_list("uid", flat=True))
    # What others said about her is theirs and stays.
    Post.objects.filter(is_ours=False, text__contains=identity.handle).exclude(
        identity=identity
    ).delete()
    erase_person(friend)
    left = everything()
    for trace in [identity.handle, f'"{identity.uid}"', *uids]:
        assert trace not in left
    for text in words:
        assert json.dumps(text, ensure_ascii=False)[1:-1] not in left
    assert "Thank you, we will look." in left
    assert "@… Good morning." in left
    assert not Person.objects.filter(pk=friend.pk).exists()


def test_everybody_else_stays(friend: Person) -> None:
    """With their words, their acts and their conversations."""
    others = Post.objects.filter(is_ours=False).exclude(identity__person=friend)
    acts = Act.objects.exclude(identity__person=friend)
    before = (others.count(), acts.count(), Person.objects.count())
    erase_person(friend)
    assert (others.count(), acts.count(), Person.objects.count() + 1) == before
    for conversation in Conversation.objects.all():
        assert conversation.posts.exists()


def test_what_has_not_gone_out_to_her_goes_nowhere(
    alice: Member, pretend_channel: Channel, read_all: Callable[[Channel], None]
) -> None:
    """A direct answer without its addressee would be a post to whoever reads it."""
    read_all(pretend_channel)
    post = Post.objects.filter(is_to_us=True).earliest("said_at")
    draft = answer_post(post=post, member=alice, voice=alice.voices.get())
    save_draft(draft=draft, text="On its way.")
    approve_and_send(draft=draft, member=alice)
    erase_person(post.identity.person)
    delivery = Delivery.objects.get()
    assert delivery.state == Delivery.State.WITHDRAWN
    deliver.call(delivery.pk)
    delivery.refresh_from_db()
    assert delivery.state == Delivery.State.WITHDRAWN


def test_an_open_draft_to_her_is_erased(
    alice: Member, pretend_channel: Channel, read_all: Callable[[Channel], None]
) -> None:
    """There is nobody left to whom it could go."""
    read_all(pretend_channel)
    post = Post.objects.filter(is_to_us=True).earliest("said_at")
    answer_post(post=post, member=alice, voice=alice.voices.get())
    erase_person(post.identity.person)
    assert not Draft.objects.exists()


def test_a_conversation_in_which_others_speak_goes_on_without_her(
    friend: Person,
) -> None:
    """Its opening and those with whom it is are found anew."""
    conversation = Conversation.objects.filter(posts__identity__person=friend).first()
    assert conversation is not None
    assert conversation.posts.filter(is_ours=True).exists()
    erase_person(friend)
    conversation.refresh_from_db()
    assert friend.name not in conversation.with_whom


def test_tables_that_only_stand_beside_are_emptied_too(friend: Person) -> None:
    """Nothing is left that points to her by an id in words."""
    erase_person(friend)
    assert not Gesture.objects.exists()
    assert not Promise.objects.exclude(conversation__posts__isnull=False).exists()
    assert not Lookup.objects.exclude(conversation__posts__isnull=False).exists()
    assert all(not publication.answering for publication in Publication.objects.all())
