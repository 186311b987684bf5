"""Storing what arrived: one post is one row, however often and through whatever it is seen."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from resonanz.channels.arrivals import Arrival
from resonanz.channels.models import Channel
from resonanz.conversations.addresses import Whereabouts, spots_of
from resonanz.conversations.content import (
    NOTHING_LEFT,
    comes_out,
    content_of,
    is_newer,
    keep_version,
    what_moves_on,
)
from resonanz.conversations.copies import make_copy, seek_copies, seek_original
from resonanz.conversations.joining import (
    adopt_by_address,
    adopt_children,
    adopt_quoters,
    attach,
    join_conversations,
)
from resonanz.conversations.merging import merge_posts
from resonanz.conversations.models import (
    PUT_AWAY,
    Conversation,
    Lookup,
    Post,
    PostAddress,
    PostVersion,
    Sighting,
)
from resonanz.conversations.places import KEPT, Kept
from resonanz.conversations.recognising import (
    How,
    Match,
    addresses_named,
    best_match,
)
from resonanz.conversations.routing import route
from resonanz.conversations.search.entries import forget_posts
from resonanz.conversations.turns import refresh_turn
from resonanz.people.actions import meet
from resonanz.people.models import Identity
from resonanz.people.queries import our_uids_beside
from resonanz.plumbing.text import web_address
from resonanz.switchboard.contract import Can
from resonanz.switchboard.shapes import Said
from resonanz.understanding.same_address import same_address
from resonanz.understanding.structure import links_to_own
from resonanz.workspaces.queries import own_hosts

CLOCK_AHEAD = timedelta(minutes=5)
OVERHEARD_LANES = (Can.HOME.value, Can.STREAM.value)
DIRECTED_LANES = (Can.NOTIFICATIONS.value, Can.REPLIES.value)


@dataclass
class Keeper:
    """Stores the posts of one arrival. Lives as long as its transaction."""

    arrival: Arrival
    own: frozenset[str]
    our_uids: frozenset[str]
    whereabouts: Whereabouts
    kept: list[Kept]

    @property
    def channel(self) -> Channel:
        """The channel that the arrival came through."""
        return self.arrival.channel

    def keep(self, said: Said) -> Post:
        """Store one post or bring it up to date, and what it quotes beside it."""
        post, is_new = self._store(said)
        if said.quotes_uid and post.quotes_id is None:
            self._find_quoted(post, said)
        if not post.is_ours:
            self._note_whether_to_us(post, said)
        self.kept.append(
            Kept(post, self.channel, is_new=is_new, is_backlog=self.arrival.page.is_backlog)
        )
        return post

    def _store(self, said: Said) -> tuple[Post, bool]:
        known, match = self._known(said.uid), self._match(said)
        if match is not None and match.how == How.SAME and not match.yields:
            if known is not None:
                # Two workers kept the two at the same time, or the address was told later.
                self._merge(match.post, known)
            self._seen_elsewhere(match.post, said)
            return match.post, False
        post = self._again(known, said) if known else self._first_time(said)
        self._sight(post, said)
        if match is not None:
            self._belongs(post, match)
        self._find_parent(post, said)
        adopt_children(post=post, channel=self.channel, local_id=said.local_id)
        adopt_quoters(post)
        self.whereabouts.note(post, spots_of(said), self.channel.network)
        return post, known is None

    def _known(self, uid: str) -> Post | None:
        return Post.objects.filter(
            workspace=self.channel.workspace, network=self.channel.network, uid=uid
        ).first()

    def _match(self, said: Said) -> Match | None:
        """The same words, or their original, as they came by another way."""
        return best_match(
            said,
            channel=self.channel,
            is_ours=said.author.uid in self.our_uids,
            whereabouts=self.whereabouts,
        )

    def _belongs(self, post: Post, match: Match) -> None:
        """What we had is the same as what came now and stays, or one is a copy of the other."""
        if match.how == How.SAME:
            self._merge(post, match.post)
        elif match.yields:
            make_copy(copy=match.post, original=post)
        else:
            make_copy(copy=post, original=match.post)

    def _merge(self, kept: Post, gone: Post) -> None:
        pk = gone.pk
        merge_posts(kept=kept, gone=gone, whereabouts=self.whereabouts)
        self.kept = [one for one in self.kept if one.post.pk != pk]

    def _seen_elsewhere(self, post: Post, said: Said) -> None:
        """The same words by another way: where they stand is noted, what they say stays."""
        self._sight(post, said)
        self.whereabouts.note(post, spots_of(said), self.channel.network)
        parent = self._known_parent(said)
        if parent is None or post.is_ours or parent.pk == post.pk or post.answers_id:
            return
        awaits = post.answers_uid or post.sightings.exclude(answers_local_id="").exists()
        if awaits:
            join_conversations(child=post, parent=parent)
        else:
            attach(child=post, parent=parent)

    def _find_quoted(self, post: Post, said: Said) -> None:
        """Link what a post quotes; what came along is stored, though nobody said it to us."""
        quoted = self._known(said.quotes_uid) or self.whereabouts.answered(said.quotes_uid)
        if quoted is None and said.quoted is not None and said.quoted.uid == said.quotes_uid:
            quoted, _ = self._store(said.quoted)
        if quoted is not None and quoted.pk != post.pk:
            post.quotes = quoted
            post.save(update_fields=["quotes"])

    def _author(self, said: Said) -> Identity:
        return meet(
            workspace=self.channel.workspace,
            channel=self.channel,
            profile=said.author,
            how=self._how_we_met(said),
            url=said.url,
            at=min(said.said_at, timezone.now()),
        )

    def _names_us(self, said: Said) -> bool:
        return any(mention.uid in self.our_uids for mention in said.mentions)

    def _how_we_met(self, said: Said) -> str:
        if said.is_direct_to_us:
            return Identity.Met.WROTE_TO_US
        if self._names_us(said):
            return Identity.Met.MENTIONED_US
        if self.arrival.lane in DIRECTED_LANES:
            return Identity.Met.ANSWERED_US
        if links_to_own([link.url for link in said.links], self.own):
            return Identity.Met.LINKED_US
        if self.arrival.lane in OVERHEARD_LANES:
            return Identity.Met.NEIGHBOUR
        return Identity.Met.IN_CONVERSATION

    def _first_time(self, said: Said) -> Post:
        author = self._author(said)
        columns = content_of(said)
        said_at = min(said.said_at, timezone.now() + CLOCK_AHEAD)
        parent = self._known_parent(said)
        return Post.objects.create(
            workspace=self.channel.workspace,
            conversation=parent.conversation if parent else self._begin(said_at),
            answers=parent,
            identity=author,
            network=self.channel.network,
            uid=said.uid,
            said_at=said_at,
            is_ours=author.is_ours,
            reason=self._reason(author),
            shared_by=self._sharer(said),
            answers_uid=parent.uid if parent else said.answers_uid,
            answers_address="" if parent else _address(said.answers_uid),
            **columns,
        )

    def _begin(self, said_at: datetime) -> Conversation:
        """A new conversation; `refresh_turn` fills it in at the end of the page."""
        return Conversation.objects.create(
            workspace=self.channel.workspace,
            network=self.channel.network,
            first_post_at=said_at,
            last_post_at=said_at,
        )

    def _reason(self, author: Identity) -> str:
        if author.is_ours:
            return Post.Reason.OURS
        overheard = self.arrival.lane in OVERHEARD_LANES
        return Post.Reason.NEIGHBOURHOOD if overheard else Post.Reason.THREAD

    def _sharer(self, said: Said) -> Identity | None:
        if said.shared_by is None:
            return None
        return meet(
            workspace=self.channel.workspace,
            channel=self.channel,
            profile=said.shared_by,
            how=Identity.Met.NEIGHBOUR,
            url=said.url,
        )

    def _again(self, post: Post, said: Said) -> Post:
        is_out_now = comes_out(said, post)
        is_told_anew = is_out_now or is_newer(said, post)
        changed = dict(content_of(said)) if is_told_anew else what_moves_on(said, post)
        if is_out_now:
            changed |= {"said_at": min(said.said_at, timezone.now()), "edited_at": said.edited_at}
        elif is_told_anew:
            changed["edited_at"] = said.edited_at
            keep_version(post, changed)
        if post.shared_by_id is None and said.shared_by is not None:
            changed["shared_by"] = self._sharer(said)
        if not post.is_ours:
            self._author(said)
        for column, value in changed.items():
            setattr(post, column, value)
        if changed:
            post.save(update_fields=list(changed))
        return post

    def _sight(self, post: Post, said: Said) -> None:
        if not said.local_id:
            return
        Sighting.objects.get_or_create(
            channel=self.channel,
            local_id=said.local_id,
            defaults={
                "post": post,
                "answers_local_id": said.answers_local_id,
                "lane": self.arrival.lane,
            },
        )

    def _find_parent(self, post: Post, said: Said) -> None:
        if post.answers_id or not (said.answers_uid or said.answers_local_id):
            return
        parent = self._known_parent(said)
        if parent is None:
            Conversation.objects.filter(pk=post.conversation_id).update(may_be_incomplete=True)
        elif parent.pk != post.pk:
            attach(child=post, parent=parent)

    def _known_parent(self, said: Said) -> Post | None:
        posts = Post.objects.select_related("conversation")
        if said.answers_uid:
            found = posts.filter(
                workspace=self.channel.workspace,
                network=self.channel.network,
                uid=said.answers_uid,
            ).first()
            return found or self.whereabouts.answered(said.answers_uid)
        if not said.answers_local_id:
            return None
        return posts.filter(
            sightings__channel=self.channel, sightings__local_id=said.answers_local_id
        ).first()

    def _note_whether_to_us(self, post: Post, said: Said) -> None:
        is_to_us = (
            self.arrival.lane in DIRECTED_LANES
            or said.is_direct_to_us
            or self._names_us(said)
            or bool(post.answers and post.answers.is_ours)
            or bool(post.quotes and post.quotes.is_ours)
        )
        links_us = bool(links_to_own([link.url for link in said.links], self.own))
        if is_to_us and not post.is_to_us:
            post.is_to_us, post.reason = True, Post.Reason.TO_US
            post.save(update_fields=["is_to_us", "reason"])
        if (is_to_us or links_us) and post.standing not in PUT_AWAY:
            self._concern_us(post)

    def settle(self) -> None:
        """What waited for the posts of this page: answers that named an address, and copies."""
        stand = {
            address: occupant.post_id
            for one in self.kept
            for address, occupant in self.whereabouts.occupied_by(one.post.pk)
        }
        adopt_by_address(stand, workspace_id=self.channel.workspace_id)
        for one in self.kept:
            is_article = one.post.kind == Post.Kind.ARTICLE
            if not one.is_new or not (is_article or one.post.is_ours):
                continue
            one.post.refresh_from_db(fields=["conversation", "copy_of"])
            if is_article:
                here = [address for address, pk in stand.items() if pk == one.post.pk]
                seek_copies(one.post, here, self.own)
            else:
                seek_original(one.post, self.own, self.whereabouts)

    def note_where(self, concerned: Iterable[int]) -> None:
        """Write down where those posts stand that may come by another way, too."""
        about_us, posts = set(concerned), [one.post for one in self.kept]
        rows = Post.objects.filter(pk__in=[post.pk for post in posts])
        talks = dict(rows.values_list("pk", "conversation_id"))
        wanted = {
            post.pk
            for post in posts
            if post.is_ours or post.kind != Post.Kind.POST or talks.get(post.pk) in about_us
        }
        self.whereabouts.write(wanted | self.whereabouts.with_claims())

    def _concern_us(self, post: Post) -> None:
        changed = Conversation.objects.filter(pk=post.conversation_id, concerns_us=False).update(
            concerns_us=True
        )
        sighting = post.sightings.filter(channel=self.channel).first()
        if changed and sighting and Can.THREAD in self.channel.abilities:
            Lookup.objects.get_or_create(
                channel=self.channel,
                local_id=sighting.local_id,
                is_at_origin=False,
                defaults={"conversation_id": post.conversation_id},
            )


def keep_arrival(arrival: Arrival) -> None:
    """Store the posts of a page, oldest first, and bring the turns of their conversations up."""
    channel, page = arrival.channel, arrival.page
    said = [*page.posts, *(reaction.post for reaction in page.reactions if reaction.post)]
    our_uids = our_uids_beside(channel)
    named = {address for one in said for address in addresses_named(one, our_uids)}
    whereabouts = Whereabouts.of(channel.workspace_id, named)
    keeper = Keeper(arrival, own_hosts(channel.workspace), our_uids, whereabouts, [])
    for one in sorted(said, key=lambda one: one.said_at):
        keeper.keep(one)
    keeper.settle()
    for panel in KEPT:
        panel(keeper.kept)
    gone = note_gone(arrival)
    posts = {kept.post.pk for kept in keeper.kept} | gone
    concerned = Post.objects.filter(pk__in=posts).values("conversation")
    conversations = Conversation.objects.select_for_update().filter(pk__in=concerned)
    refreshed = [refresh_turn(conversation) for conversation in conversations.order_by("pk")]
    keeper.note_where(one.pk for one in refreshed if one.concerns_us)
    route(channel.workspace, refreshed)


def _address(uid: str) -> str:
    """Where an answered post stands that is not here yet; "" for what is no web address."""
    return same_address(uid) if web_address(uid) else ""


def note_gone(arrival: Arrival) -> set[int]:
    """Honour deletions: the row stays as a gap in the conversation, its text goes."""
    page, channel = arrival.page, arrival.channel
    posts = Post.objects.filter(workspace=channel.workspace, network=channel.network)
    sightings = Sighting.objects.filter(channel=channel, local_id__in=page.gone_local)
    here = sightings.filter(post__network=channel.network)
    ids = set(posts.filter(uid__in=page.gone).values_list("pk", flat=True)) | set(
        here.values_list("post_id", flat=True)
    )
    _forget_ways(channel, page.gone, sightings)
    Post.objects.filter(pk__in=ids, gone_at=None).update(gone_at=timezone.now(), **NOTHING_LEFT)
    PostVersion.objects.filter(post__in=ids).delete()
    forget_posts(ids)
    return ids


def _forget_ways(channel: Channel, uids: Collection[str], sightings: "QuerySet[Sighting]") -> None:
    """What is gone on one network may stand on another, where it was said: only the way goes."""
    sightings.exclude(post__network=channel.network).delete()
    if uids:
        keys = [same_address(uid, is_name=True) for uid in uids]
        ways = PostAddress.objects.filter(
            workspace=channel.workspace, address__in=keys, network=channel.network
        )
        ways.exclude(post__network=channel.network).delete()
