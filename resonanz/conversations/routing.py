"""Who gets a new conversation: simple rules in order, of which the first that fits wins.

The rules are asked once about a conversation, when somebody waits in it for the first time, and
never about one that a human has moved. Whoever is away is represented by her stand-in; who has
left gets nothing.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from resonanz.conversations.models import PUT_AWAY, Conversation, Move, Post, Rule, Sighting
from resonanz.conversations.moves import assign
from resonanz.people.by_hand import BY_HAND, is_by_hand
from resonanz.workspaces.models import Member, Workspace
from resonanz.workspaces.queries import Away, away_on, local_day

TRIED = 50
POSTS_LOOKED_AT = 20


@dataclass(frozen=True)
class Candidate:
    """What rules look at: where it was said, in which languages, by which words of theirs."""

    network: str
    channels: frozenset[int]
    languages: frozenset[str]
    text: str
    is_direct: bool


def fits(rule: Rule, candidate: Candidate) -> bool:
    """Whether a rule catches a candidate. An empty column asks for nothing."""
    if rule.only_direct and not candidate.is_direct:
        return False
    if rule.network and rule.network not in (candidate.network, _kind_of(candidate.network)):
        return False
    if rule.channel_id is not None and rule.channel_id not in candidate.channels:
        return False
    if rule.language and not any(
        language == rule.language or language.startswith(f"{rule.language}-")
        for language in candidate.languages
    ):
        return False
    words = _pattern(rule.words)
    return words is None or words.search(candidate.text) is not None


def _kind_of(network: str) -> str:
    """What stands for all places together where something was noted by hand."""
    return BY_HAND if is_by_hand(network) else network


@lru_cache(maxsize=512)
def _pattern(words: str) -> re.Pattern[str] | None:
    """One word or phrase a line, whole words in any case; a star at the end stands for any end."""
    lines = [" ".join(line.split()) for line in words.splitlines() if line.strip(" *")]
    told = [re.escape(line.rstrip("*")).replace(r"\ ", r"\s+") for line in lines]
    ends = ["" if line.endswith("*") else r"(?!\w)" for line in lines]
    if not lines:
        return None
    choices = "|".join(f"{word}{end}" for word, end in zip(told, ends, strict=True))
    return re.compile(rf"(?<!\w)(?:{choices})", re.IGNORECASE)


def first_fitting(rules: Iterable[Rule], candidate: Candidate) -> Rule | None:
    """The first of the rules, in the order given, that catches a candidate."""
    return next((rule for rule in rules if fits(rule, candidate)), None)


def receiver(rule: Rule, away: Mapping[int, Away]) -> Member | None:
    """Who gets what a rule catches, today: its member, her stand-in, or nobody."""
    if rule.assignee.left_at is not None:
        return None
    if rule.assignee_id in away:
        return away[rule.assignee_id].stand_in
    return rule.assignee


def rules_of(workspace: Workspace) -> list[Rule]:
    """All rules of a workspace in order, those that are switched off too."""
    kept = Rule.objects.filter(workspace=workspace, removed_at=None)
    found = kept.select_related("assignee", "channel")
    return list(found.order_by("position", "pk"))


def route(workspace: Workspace, conversations: Sequence[Conversation]) -> None:
    """Ask the rules about those of the conversations in which somebody waits for the first time.

    Runs in the transaction that keeps what arrived.
    """
    new = [
        found
        for found in conversations
        if found.pk and found.routed_at is None and found.turn == Conversation.Turn.OURS
    ]
    if not new:
        return
    Conversation.objects.filter(pk__in=[one.pk for one in new]).update(routed_at=timezone.now())
    rules = [rule for rule in rules_of(workspace) if rule.is_on]
    moved = Move.objects.filter(conversation__in=new, member__isnull=False)
    by_hand = set(moved.values_list("conversation", flat=True)) if rules else set()
    free = [one for one in new if one.assignee_id is None and one.pk not in by_hand]
    if not rules or not free:
        return
    away = away_on(workspace, local_day(workspace))
    candidates = candidates_of(free)
    for conversation in free:
        rule = first_fitting(rules, candidates[conversation.pk])
        to = receiver(rule, away) if rule else None
        if rule and to:
            assign(conversations=[conversation], to=to, by=None, rule_name=rule.name)


def candidates_of(conversations: Sequence[Conversation]) -> dict[int, Candidate]:
    """What rules look at, for each conversation by its id. Two questions for all of them."""
    ids = [conversation.pk for conversation in conversations]
    there = Post.objects.filter(conversation__in=ids, is_ours=False, gone_at=None)
    theirs = there.exclude(standing__in=PUT_AWAY)
    posts: dict[int, list[Post]] = {pk: [] for pk in ids}
    columns = ("conversation_id", "title", "text", "warning", "language")
    for post in theirs.only(*columns).order_by("-said_at", "-pk").iterator():
        if len(posts[post.conversation_id]) < POSTS_LOOKED_AT:
            posts[post.conversation_id].append(post)
    seen = Sighting.objects.filter(post__conversation__in=ids)
    channels: dict[int, set[int]] = {pk: set() for pk in ids}
    for pk, channel in seen.values_list("post__conversation", "channel").distinct():
        channels[pk].add(channel)
    return {one.pk: _candidate(one, posts[one.pk], channels[one.pk]) for one in conversations}


def _candidate(
    conversation: Conversation, posts: Sequence[Post], channels: Collection[int]
) -> Candidate:
    return Candidate(
        network=conversation.network,
        channels=frozenset(channels),
        languages=frozenset(post.language for post in posts),
        text="\n".join(f"{post.title}\n{post.warning}\n{post.text}" for post in posts),
        is_direct=conversation.is_direct,
    )


def tried(workspace: Workspace) -> list[tuple[Conversation, Rule | None]]:
    """The last fifty conversations that concern us, each with the rule that would catch it."""
    rules = [rule for rule in rules_of(workspace) if rule.is_on]
    found = Conversation.objects.inbox().filter(workspace=workspace).order_by("-last_post_at")
    latest = list(found[:TRIED])
    candidates = candidates_of(latest)
    return [(one, first_fitting(rules, candidates[one.pk])) for one in latest]


@transaction.atomic
def add_rule(*, workspace: Workspace, rule: Rule) -> Rule:
    """Put a new rule behind the others."""
    last = Rule.objects.filter(workspace=workspace).aggregate(last=Max("position"))["last"]
    rule.workspace, rule.position = workspace, (last or 0) + 1
    rule.save()
    return rule


def remove_rule(*, rule: Rule, is_removed: bool = True) -> Rule:
    """Take a rule away, or put it back at its place."""
    rule.removed_at = timezone.now() if is_removed else None
    rule.save(update_fields=["removed_at"])
    return rule


def switch_rule(*, rule: Rule, is_on: bool) -> Rule:
    """Switch a rule on or off."""
    rule.is_on = is_on
    rule.save(update_fields=["is_on"])
    return rule


@transaction.atomic
def move_rule(*, rule: Rule, up: bool) -> None:
    """Ask a rule one place earlier or later. At the end of the list nothing happens."""
    order = list(
        Rule.objects.select_for_update()
        .filter(workspace=rule.workspace_id, removed_at=None)
        .order_by("position", "pk")
    )
    here = [one.pk for one in order].index(rule.pk)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(order):
        return
    order[here], order[there] = order[there], order[here]
    for position, one in enumerate(order, 1):
        one.position = position
    Rule.objects.bulk_update(order, ["position"])
