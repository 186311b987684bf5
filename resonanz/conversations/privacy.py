"""What conversations keep about a person: what she said, what was said to her."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.db.models import Q, QuerySet

from resonanz.conversations.models import (
    Bringing,
    Conversation,
    Fetching,
    JoinedPost,
    Lookup,
    Matter,
    MatterLink,
    MatterStep,
    Note,
    Post,
    PostAddress,
    PostVersion,
    Promise,
    SearchEntry,
    Sighting,
)
from resonanz.conversations.search.entries import index_posts
from resonanz.conversations.turns import refresh_turn
from resonanz.outbox.models import (
    Delivery,
    Draft,
    Gesture,
    Moderation,
    OnItsWay,
    Publication,
)
from resonanz.people.models import Person
from resonanz.people.privacy import (
    KEPT_ABOUT,
    TO_ERASE,
    Keeping,
    telling_names,
    without_handles,
)
from resonanz.pictures.actions import copies_of, erase_copies
from resonanz.pictures.models import PictureCopy
from resonanz.plumbing.text import as_html

COPIES_TOLD = 1000


def posts_of(person: Person) -> "QuerySet[Post]":
    """What she said."""
    return Post.objects.filter(identity__person=person)


def posts_shared_by(person: Person) -> "QuerySet[Post]":
    """What others said and she passed on."""
    return Post.objects.filter(shared_by__person=person)


def posts_to(person: Person) -> "QuerySet[Post]":
    """What we said to her, or where we named her."""
    named = Q(answers__identity__person=person)
    for handle in telling_names(person):
        named |= Q(text__contains=handle)
    ours = Post.objects.filter(workspace_id=person.workspace_id, is_ours=True)
    return ours.filter(named)


def sightings_of(person: Person) -> "QuerySet[Sighting]":
    """Under which local ids her posts are known."""
    return Sighting.objects.filter(post__identity__person=person)


def conversations_with(person: Person) -> "QuerySet[Conversation]":
    """Those in which she spoke."""
    return Conversation.objects.filter(pk__in=posts_of(person).values("conversation"))


def lookups_about(person: Person) -> "QuerySet[Lookup]":
    """Readings of conversations in which she spoke."""
    return Lookup.objects.filter(conversation__in=conversations_with(person))


def fetchings_of(person: Person) -> "QuerySet[Fetching]":
    """Looking for her posts at a server of ours."""
    return Fetching.objects.filter(post__identity__person=person)


def promises_about(person: Person) -> "QuerySet[Promise]":
    """What we promised in conversations in which she spoke."""
    return Promise.objects.filter(conversation__in=conversations_with(person))


def versions_of(person: Person) -> "QuerySet[PostVersion]":
    """What her posts said before she changed them."""
    return PostVersion.objects.filter(post__identity__person=person)


def addresses_of(person: Person) -> "QuerySet[PostAddress]":
    """Where her words stand, too."""
    return PostAddress.objects.filter(post__identity__person=person)


def bringings_of(person: Person) -> "QuerySet[Bringing]":
    """That a member brought her words here by their address."""
    return Bringing.objects.filter(post__identity__person=person)


def joinings_of(person: Person) -> "QuerySet[JoinedPost]":
    """That her words came into a conversation which was put together with another one."""
    return JoinedPost.objects.filter(post__identity__person=person)


def notes_about(person: Person) -> "QuerySet[Note]":
    """What we noted in conversations in which she spoke, and wherever we named her.

    A note may quote her without naming her, so all of such a conversation count.
    """
    about = Q(conversation__in=conversations_with(person))
    for handle in telling_names(person):
        about |= Q(text__contains=handle)
    return Note.objects.filter(about, conversation__workspace_id=person.workspace_id)


def matters_about(person: Person) -> "QuerySet[Matter]":
    """Matters that she spoke of, and those that name her."""
    about = Q(links__conversation__in=conversations_with(person))
    for handle in telling_names(person):
        about |= Q(title__contains=handle) | Q(outcome__contains=handle)
    return Matter.objects.filter(about, workspace_id=person.workspace_id).distinct()


def matter_links_about(person: Person) -> "QuerySet[MatterLink]":
    """That a conversation in which she spoke belongs to a matter."""
    return MatterLink.objects.filter(conversation__in=conversations_with(person))


def matter_steps_about(person: Person) -> "QuerySet[MatterStep]":
    """What we wrote about matters that she spoke of, and wherever we named her."""
    about = Q(matter__in=matters_about(person))
    for handle in telling_names(person):
        about |= Q(text__contains=handle)
    return MatterStep.objects.filter(about, matter__workspace=person.workspace_id)


def search_entries_of(person: Person) -> "QuerySet[SearchEntry]":
    """The words by which her posts, and our notes about her, are found."""
    about = Q(post__in=posts_of(person)) | Q(note__in=notes_about(person))
    return SearchEntry.objects.filter(about)


def gestures_about(person: Person) -> "QuerySet[Gesture]":
    """What we shared or liked of what she said."""
    uids = posts_of(person).values("uid")
    return Gesture.objects.filter(workspace_id=person.workspace_id, target_uid__in=uids)


def moderations_of(person: Person) -> "QuerySet[Moderation]":
    """How we moderated what she said on pages of ours."""
    uids = posts_of(person).values("uid")
    return Moderation.objects.filter(workspace_id=person.workspace_id, target_uid__in=uids)


def drafts_quoting(person: Person) -> "QuerySet[Draft]":
    """Drafts that quote what she said."""
    drafts = Draft.objects.filter(workspace_id=person.workspace_id)
    return drafts.filter(pk__in=_quoting(drafts.values_list("pk", "quoting"), person))


def publications_quoting(person: Person) -> "QuerySet[Publication]":
    """What we said that quotes what she said."""
    ours = Publication.objects.filter(workspace_id=person.workspace_id)
    return ours.filter(pk__in=_quoting(ours.values_list("pk", "quoting"), person))


def _quoting(rows: "QuerySet[Any, tuple[int, dict[str, Any]]]", person: Person) -> list[int]:
    """Those of the texts that quote her; few of our texts quote anybody."""
    quoted = {pk: str(told.get("uid", "")) for pk, told in rows.exclude(quoting={}).iterator()}
    hers = posts_of(person).filter(uid__in=set(quoted.values()))
    uids = set(hers.values_list("uid", flat=True))
    return [pk for pk, uid in quoted.items() if uid in uids]


def _stop_quoting(person: Person) -> None:
    """What quotes her and has not gone out goes nowhere; of what has, only our own words stay."""
    quoting = list(publications_quoting(person).values_list("pk", flat=True))
    Delivery.objects.filter(publication__in=quoting, state__in=OnItsWay.State.still_to_do()).update(
        state=OnItsWay.State.WITHDRAWN
    )
    drafts_quoting(person).filter(publication=None).delete()
    drafts_quoting(person).update(quoting={})
    Publication.objects.filter(pk__in=quoting).update(quoting={})


def erase_posts(person: Person) -> None:
    """Erase what she said, and her name from what we said to her.

    A conversation that is empty then goes too; of the others, opening and turn are found anew.
    Notes of ours in her conversations go whole: they may quote her.
    """
    concerned = list(conversations_with(person).values_list("pk", flat=True))
    _take_name_out(person)
    erase_copies(workspace=person.workspace, urls=_pictures_of(person))
    gestures_about(person).delete()
    moderations_of(person).delete()
    _stop_quoting(person)
    notes_about(person).delete()
    Post.objects.filter(answers__in=posts_of(person)).update(answers=None, answers_uid="")
    posts_shared_by(person).update(shared_by=None)
    bringings_of(person).delete()
    posts_of(person).delete()
    for conversation in Conversation.objects.filter(pk__in=concerned):
        refresh_turn(conversation)


def copies_from(person: Person) -> "QuerySet[PictureCopy]":
    """Our copies of the pictures in what she said; told by the thousand, as a question can hold."""
    return copies_of(workspace=person.workspace, urls=islice(_pictures_of(person), COPIES_TOLD))


def _pictures_of(person: Person) -> Iterator[str]:
    return pictures_in(posts_of(person))


def pictures_in(posts: "QuerySet[Post]") -> Iterator[str]:
    """The addresses of all pictures in posts, before their authors changed them as well."""
    shown = posts.exclude(pictures=[], card={})
    for pictures, card in shown.values_list("pictures", "card").iterator():
        yield from _addresses(pictures)
        yield str(card.get("picture_url") or "")
    versions = PostVersion.objects.filter(post__in=posts)
    for pictures in versions.values_list("pictures", flat=True).iterator():
        yield from _addresses(pictures)


def _addresses(pictures: list[dict[str, Any]]) -> Iterator[str]:
    for picture in pictures:
        yield str(picture.get("url") or "")
        yield str(picture.get("preview_url") or "")


def _take_name_out(person: Person) -> None:
    uids = set(person.identities.values_list("uid", flat=True))
    for post in posts_to(person):
        text = without_handles(post.text, person)
        if text != post.text:
            post.text, post.html = text, as_html(text)
        post.mentions = [found for found in post.mentions if found.get("uid") not in uids]
        post.save(update_fields=["text", "html", "mentions"])
        index_posts([post])
    for step in matter_steps_about(person):
        step.text = without_handles(step.text, person)
        step.save(update_fields=["text"])
    for matter in matters_about(person):
        matter.title = without_handles(matter.title, person)
        matter.outcome = without_handles(matter.outcome, person)
        matter.save(update_fields=["title", "outcome"])


SAID = ("network", "uid", "url", "title", "text", "warning", "language", "audience", "said_at")


def register() -> None:
    """Tell of the tables of this room."""
    about_it = ("received_at", "reason", "edited_at", "noted_by__name")
    KEPT_ABOUT.add(20, Keeping(Post, posts_of, (*SAID, *about_it)))
    KEPT_ABOUT.add(21, Keeping(Post, posts_to, SAID))
    KEPT_ABOUT.add(22, Keeping(Post, posts_shared_by, ("network", "uid", "url", "said_at")))
    KEPT_ABOUT.add(23, Keeping(Sighting, sightings_of, ("channel__handle", "local_id", "seen_at")))
    KEPT_ABOUT.add(
        24, Keeping(Conversation, conversations_with, ("opening", "with_whom", "first_post_at"))
    )
    KEPT_ABOUT.add(25, Keeping(Lookup, lookups_about, ("local_id", "done_at")))
    KEPT_ABOUT.add(25, Keeping(Fetching, fetchings_of, ("channel__handle", "done_at")))
    KEPT_ABOUT.add(25, Keeping(PictureCopy, copies_from, ("url", "created_at")))
    KEPT_ABOUT.add(26, Keeping(Promise, promises_about, ("what", "due_on", "made_at", "kept_at")))
    KEPT_ABOUT.add(27, Keeping(Gesture, gestures_about, ("kind", "target_uid", "sent_at")))
    KEPT_ABOUT.add(
        27, Keeping(Moderation, moderations_of, ("wanted", "before", "target_uid", "sent_at"))
    )
    KEPT_ABOUT.add(27, Keeping(Draft, drafts_quoting, ("text", "quoting", "created_at")))
    KEPT_ABOUT.add(27, Keeping(Publication, publications_quoting, ("text", "quoting")))
    KEPT_ABOUT.add(28, Keeping(PostVersion, versions_of, ("title", "text", "replaced_at")))
    KEPT_ABOUT.add(28, Keeping(PostAddress, addresses_of, ("address",)))
    KEPT_ABOUT.add(28, Keeping(JoinedPost, joinings_of, ("joining__at", "joining__parted_at")))
    KEPT_ABOUT.add(28, Keeping(Bringing, bringings_of, ("url", "member__name", "done_at")))
    KEPT_ABOUT.add(29, Keeping(Note, notes_about, ("author__name", "text", "at", "edited_at")))
    KEPT_ABOUT.add(29, Keeping(Matter, matters_about, ("title", "outcome", "created_at")))
    KEPT_ABOUT.add(
        29, Keeping(MatterLink, matter_links_about, ("matter__title", "linked_at", "told_at"))
    )
    KEPT_ABOUT.add(29, Keeping(MatterStep, matter_steps_about, ("verb", "text", "at")))
    KEPT_ABOUT.add(31, Keeping(SearchEntry, search_entries_of, ("words",)))
    TO_ERASE.add(20, erase_posts)
