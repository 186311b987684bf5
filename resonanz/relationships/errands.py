"""What relationships bring to a programme: a word of thanks, and what a neighbour said unasked."""

from collections.abc import Collection
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resonanz.conversations.models import Post
from resonanz.outbox.models import Gesture
from resonanz.outbox.queries import in_force
from resonanz.people.models import Person
from resonanz.plumbing.content_warnings import warning_words
from resonanz.plumbing.text import excerpt
from resonanz.relationships.models import Contact
from resonanz.relationships.neighbourhood import Place, SaidHere, Who, walk
from resonanz.relationships.queries import ears, owed_people, seen_until_of
from resonanz.workspaces.errands import ERRANDS, Errand, Task, ids_of
from resonanz.workspaces.models import Member

WORDS_CHARACTERS = 120
MOST_NEIGHBOURS = 3


def owed_due(member: Member, most: int) -> list[str]:
    """Whom we owe a word, the longest first."""
    return [str(row.person.pk) for row in owed_people(member.workspace, most=most).rows]


def owed_look(member: Member, keys: Collection[str]) -> dict[str, Task]:
    """Done when we are quits."""
    owed = Contact.objects.owed().filter(identity__person=OuterRef("pk"))
    people = Person.objects.filter(workspace=member.workspace_id, pk__in=ids_of(keys))
    rows: Any = people.annotate(is_owed=Exists(owed))
    return {
        str(one.pk): Task(
            name=one.name,
            what=_("was kind to us and heard nothing"),
            url=reverse("people-person", args=[one.pk]),
            seed=one.name,
            is_done=not one.is_owed,
        )
        for one in rows
    }


def owed_left(told: str) -> str:
    """So many people."""
    many = int(told) if told.isdecimal() else 2
    sentence = ngettext(
        "%(many)s person was kind to us and heard nothing.",
        "%(many)s people were kind to us and heard nothing.",
        many,
    )
    return sentence % {"many": told}


def neighbours_due(member: Member, most: int) -> list[str]:
    """The newest word of each of a few people around us, which we have not answered in any way.

    Only of those to whom something can be given back from here.
    """
    workspace = member.workspace
    seen = seen_until_of(member)
    found = walk(member, ears(workspace), who=Who.PEOPLE, place=Place(), seen_until=seen)
    open_posts = [
        next((one for one in person.posts if _is_open(one)), None)
        for person in [*found.fresh, *found.seen]
    ]
    keys = [str(one.post.pk) for one in open_posts if one is not None]
    return keys[: min(most, MOST_NEIGHBOURS)]


def _is_open(said: SaidHere) -> bool:
    """Whether something can be given here and nothing was."""
    done = said.shared or said.liked or said.is_answered
    return said.is_proposed and (said.can_answer or said.can_like) and not done


def _beginning(post: Post) -> str:
    return warning_words(post.warning) or post.title or post.text


def neighbours_look(member: Member, keys: Collection[str]) -> dict[str, Task]:
    """Done when we answered, shared or liked it."""
    given = Gesture.objects.filter(
        in_force(), workspace=member.workspace_id, target_uid=OuterRef("uid")
    )
    answers = Post.objects.filter(answers=OuterRef("pk"), is_ours=True)
    found = Post.objects.filter(workspace=member.workspace_id, pk__in=ids_of(keys))
    rows: Any = found.select_related("identity").annotate(
        is_given=Exists(given), is_answered=Exists(answers)
    )
    return {
        str(one.pk): Task(
            name=one.identity.name or one.identity.handle,
            what=_("says, without being asked: “%(words)s”")
            % {"words": excerpt(_beginning(one), WORDS_CHARACTERS)},
            url=reverse("conversations-thread", args=[one.conversation_id])
            + f"?post={one.pk}#post-{one.pk}",
            seed=one.identity.uid,
            is_done=one.is_given or one.is_answered or one.gone_at is not None,
        )
        for one in rows
    }


def register() -> None:
    """Bring them to the programme: what nobody asks for is part of every one."""
    ERRANDS.add(80, Errand("owed", 2, owed_due, owed_look, owed_left, is_giving=True))
    ERRANDS.add(90, Errand("neighbours", 3, neighbours_due, neighbours_look, is_giving=True))
