"""What the outbox brings to a programme: texts to agree to, drafts, and what did not go out."""

from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resonanz.channels.models import Channel
from resonanz.outbox.models import Delivery, Draft, OnItsWay
from resonanz.outbox.queries import drafts_of, drafts_to_agree, stuck_deliveries
from resonanz.plumbing.text import excerpt
from resonanz.workspaces.errands import ERRANDS, Errand, Task, ids_of
from resonanz.workspaces.models import Member

WORDS_CHARACTERS = 80


def _number(told: str) -> int:
    """How many a count as it is shown stands for, to choose between one and many."""
    return int(told) if told.isdecimal() else 2


def agree_due(member: Member, most: int) -> list[str]:
    """Texts that wait for her agreement, the longest wait first."""
    found = drafts_to_agree(member).order_by("asked_at", "pk")
    return [str(pk) for pk in found.values_list("pk", flat=True)[:most]]


def agree_look(member: Member, keys: Collection[str]) -> dict[str, Task]:
    """Done when it was agreed to or given back."""
    return _look(member, keys, _("waits for your agreement"), waits=Draft.State.REVIEW)


def agree_left(told: str) -> str:
    """So many texts."""
    sentence = ngettext(
        "%(many)s text waits for your agreement.",
        "%(many)s texts wait for your agreement.",
        _number(told),
    )
    return sentence % {"many": told}


def drafts_due(member: Member, most: int) -> list[str]:
    """What she began to write, the latest first."""
    found = drafts_of(member).filter(state=Draft.State.OPEN).order_by("-updated_at", "-pk")
    return [str(pk) for pk in found.values_list("pk", flat=True)[:most]]


def drafts_look(member: Member, keys: Collection[str]) -> dict[str, Task]:
    """Done when it was sent, asked about or thrown away."""
    return _look(member, keys, _("begun and not sent"), waits=Draft.State.OPEN)


def drafts_left(told: str) -> str:
    """So many drafts."""
    sentence = ngettext(
        "%(many)s draft of yours is begun.", "%(many)s drafts of yours are begun.", _number(told)
    )
    return sentence % {"many": told}


def _look(member: Member, keys: Collection[str], what: str, *, waits: str) -> dict[str, Task]:
    found = Draft.objects.filter(workspace=member.workspace_id, pk__in=ids_of(keys))
    return {
        str(one.pk): Task(
            name=excerpt(one.title or one.text, WORDS_CHARACTERS) or _("Without words"),
            what=what,
            url=reverse("outbox-draft", args=[one.pk]) if one.state == waits else "",
            seed=one.voice.name if one.voice else "",
            is_done=one.state != waits,
        )
        for one in found.select_related("voice")
    }


def failed_due(member: Member, most: int) -> list[str]:
    """What was refused or does not get on, the oldest first."""
    return [
        str(pk) for pk in stuck_deliveries(member.workspace).values_list("pk", flat=True)[:most]
    ]


def failed_look(member: Member, keys: Collection[str]) -> dict[str, Task]:
    """Done when it stands there, was taken back, or is tried again."""
    found = Delivery.objects.filter(publication__workspace=member.workspace_id)
    rows = found.filter(pk__in=ids_of(keys)).select_related("publication__voice", "channel")
    return {
        str(one.pk): Task(
            name=excerpt(one.publication.text, WORDS_CHARACTERS) or _("Without words"),
            what=_("did not go out"),
            url=reverse("outbox") + "?show=refused",
            seed=one.publication.voice.name,
            is_done=not _is_stuck(one),
        )
        for one in rows
    }


def _is_stuck(delivery: Delivery) -> bool:
    """The same that `stuck` asks the database."""
    if delivery.state == OnItsWay.State.REFUSED:
        return True
    if delivery.state not in OnItsWay.State.still_to_do():
        return False
    waits = delivery.state == OnItsWay.State.WAITING
    return delivery.attempts >= 3 or (waits and delivery.channel.state != Channel.State.OK)


def failed_left(told: str) -> str:
    """So many texts."""
    sentence = ngettext(
        "%(many)s text did not go out.", "%(many)s texts did not go out.", _number(told)
    )
    return sentence % {"many": told}


def register() -> None:
    """Bring them to the programme, each with its minutes."""
    ERRANDS.add(30, Errand("to-agree", 2, agree_due, agree_look, agree_left))
    ERRANDS.add(60, Errand("failed", 2, failed_due, failed_look, failed_left))
    ERRANDS.add(65, Errand("drafts", 3, drafts_due, drafts_look, drafts_left))
