"""The Mastodon API as a network. Glue only: one short method per ability."""

from collections.abc import Mapping
from pathlib import Path
from threading import Event

import msgspec
from mastodon import Mastodon

from resonanz.networks.mastodon import (
    changing,
    circles,
    compose,
    gestures,
    origin,
    pictures,
    reading,
    sign_in,
    streaming,
    writing,
)
from resonanz.networks.mastodon.abilities import abilities_of
from resonanz.networks.mastodon.limits import REQUESTS_PER_MINUTE
from resonanz.networks.mastodon.line import Line
from resonanz.networks.mastodon.payloads import ContextPayload, StatusPayload
from resonanz.networks.mastodon.server import facts_with_checked_stream, find_server
from resonanz.networks.mastodon.translate import thread_of, viewpoint_of
from resonanz.switchboard.contract import (
    Begun,
    Can,
    Field,
    Polling,
    Surroundings,
    Way,
    WayIn,
)
from resonanz.switchboard.decoding import read
from resonanz.switchboard.offering import OffersNothing
from resonanz.switchboard.shapes import (
    Account,
    Attachment,
    Circles,
    Composed,
    Facts,
    Outgoing,
    Pages,
    ReactionKind,
    Receipt,
    ShieldKind,
    Thread,
)
from resonanz.switchboard.trouble import NotOffered, Trouble
from resonanz.switchboard.wording import N_

STILL_FETCHING = "mastodon-async-refresh"

SERVER_FIELD = Field(
    name="server",
    label=N_("Server"),
    help=N_("The part after the last @ of your address there."),
    example="town.example",
)
TOKEN_FIELD = Field(
    name="token",
    label=N_("Access token"),
    help=N_(
        "Made on your server under “Preferences”, “Development”, with the rights read and write."
    ),
    kind="secret",
)


class MastodonConnector(OffersNothing):
    """One connected account. Used by one thread at a time, except for `stream`."""

    def __init__(self, account: Account, surroundings: Surroundings) -> None:
        """Prepare the line. Makes no request."""
        self._account = account
        self._view = viewpoint_of(account)
        credentials = sign_in.Credentials.of(account)
        self._token = credentials.token
        self.can = abilities_of(account.facts, credentials.scopes)
        self.wanting = abilities_of(account.facts, " ".join(sign_in.SCOPES)) - self.can
        self._surroundings = surroundings
        self._line = Line(account.address, self._token.value, surroundings)

    def verify(self) -> Account:
        """Ask who we are. The facts stay as they were when the server does not tell them now."""
        profile = sign_in.who_we_are(self._line, self._view.host)
        return msgspec.structs.replace(self._account, profile=profile, facts=self._fresh_facts())

    def _fresh_facts(self) -> Facts:
        try:
            server = find_server(self._account.address, self._surroundings)
            known = self._account.facts.streaming_url
            return facts_with_checked_stream(server, self._surroundings, known_stream=known)
        except Trouble:
            return self._account.facts

    def notifications(self, cursor: str) -> Pages:
        """Mentions, direct posts, quotes, edits; boosts, favourites, follows."""
        return reading.notification_pages(self._line, self._view, cursor)

    def replies(self, cursor: str) -> Pages:
        """What was answered to our recent posts, named or not."""
        return reading.reply_pages(self._line, self._view, cursor, self._surroundings.clock())

    def home(self, cursor: str) -> Pages:
        """The home timeline."""
        return reading.home_pages(self._line, self._view, cursor)

    def thread(self, local_id: str) -> Thread:
        """A post and its context."""
        status = self._line.ask(lambda api: api.status(local_id))
        context = self._line.ask(lambda api: api.status_context(local_id))
        return thread_of(
            read(status.content, StatusPayload),
            read(context.content, ContextPayload),
            self._view,
            more_is_coming=STILL_FETCHING in context.headers,
        )

    def thread_at_origin(self, uid: str, url: str) -> Thread:
        """What the server where it was said shows to anybody."""
        return origin.thread_at_origin(uid, url, self._view, self._surroundings)

    def stream(self, stop: Event) -> Pages:
        """Posts, notifications and deletions as they happen."""
        self._must(Can.STREAM)
        address, token = self._account.facts.streaming_url, self._token.value
        return streaming.stream_pages(address, token, self._view, self._surroundings, stop)

    def compose(self, outgoing: Outgoing) -> Composed:
        """The text with the names that are missing, counted as Mastodon counts."""
        return compose.compose(outgoing, self._account)

    def publish(self, outgoing: Outgoing) -> Receipt:
        """Post it, with the key of the attempt."""
        self._must_take(outgoing)
        return writing.publish(self._line, self._account, outgoing)

    def find_published(self, outgoing: Outgoing) -> Receipt | None:
        """Look through our own latest posts."""
        return writing.find_published(self._line, self._account, outgoing)

    def upload(self, attachment: Attachment) -> str:
        """Bring a file to the server, with its description."""
        self._must(Can.MEDIA)
        return pictures.upload(self._line, self._account.facts, attachment)

    def edit(self, local_id: str, outgoing: Outgoing) -> Receipt:
        """Let a post of ours say this instead."""
        self._must(Can.EDIT)
        return changing.edit(self._line, self._account, local_id, outgoing)

    def delete(self, local_id: str) -> None:
        """Take a post of ours back."""
        self._must(Can.DELETE)
        changing.delete(self._line, local_id)

    def react(self, kind: ReactionKind, local_id: str, *, is_on: bool = True) -> None:
        """Boost or favourite a post, or follow an account (by the local id of its profile)."""
        gestures.react(self._line, kind, local_id, is_on=is_on)

    def shield(self, kind: ShieldKind, local_id: str, *, is_on: bool) -> None:
        """Mute or block an account."""
        self._must(Can(kind.value))
        gestures.shield(self._line, kind, local_id, is_on=is_on)

    def report(
        self, local_id: str, *, post_local_ids: tuple[str, ...], reason: str, forward: bool
    ) -> None:
        """Tell the moderators."""
        self._must(Can.REPORT)
        gestures.report(
            self._line, local_id, post_local_ids=post_local_ids, reason=reason, forward=forward
        )

    def followers(self, cursor: str) -> Circles:
        """Who follows us."""
        self._must(Can.FOLLOWERS)
        return circles.circle_parts(self._line, self._view, Mastodon.account_followers, cursor)

    def followed(self, cursor: str) -> Circles:
        """Whom we follow."""
        self._must(Can.FOLLOWED)
        return circles.circle_parts(self._line, self._view, Mastodon.account_following, cursor)

    def resolve(self, uid: str, url: str) -> str:
        """This server's id of a post, which it fetches if it has to."""
        return writing.resolve(self._line, uid, url)


class MastodonNetwork:
    """Mastodon and every server that speaks its API."""

    slug = "mastodon"
    name = "Mastodon"
    icon = Path(__file__).parent / "icon.svg"
    is_pretend = False
    address_list = None
    polling = Polling(
        notifications_seconds=60,
        replies_seconds=300,
        home_seconds=180,
        requests_per_minute=REQUESTS_PER_MINUTE,
    )
    ways_in: tuple[WayIn, ...] = (
        WayIn(way=Way.OAUTH, label=N_("Sign in at your server"), fields=(SERVER_FIELD,)),
        WayIn(way=Way.TOKEN, label=N_("Use an access token"), fields=(SERVER_FIELD, TOKEN_FIELD)),
    )

    def drawn(self, url: str) -> bytes | None:
        """Draws nothing itself."""
        del url
        return None

    def begin(
        self, way: Way, answers: Mapping[str, str], callback: str, surroundings: Surroundings
    ) -> Account | Begun:
        """Send the person to her server, or connect at once with a token."""
        server = answers.get("server", "")
        match way:
            case Way.OAUTH:
                return sign_in.begin_oauth(server, callback, surroundings)
            case Way.TOKEN:
                return sign_in.connect_by_token(server, answers.get("token", ""), surroundings)
            case _:
                raise NotOffered

    def finish(self, memo: str, answers: Mapping[str, str], surroundings: Surroundings) -> Account:
        """The person came back from her server."""
        return sign_in.finish_oauth(memo, answers, surroundings)

    def open(self, account: Account, surroundings: Surroundings) -> MastodonConnector:
        """A connector on a connected account."""
        return MastodonConnector(account, surroundings)

    def forget(self, account: Account, surroundings: Surroundings) -> None:
        """Revoke the token."""
        sign_in.revoke(account, surroundings)


network = MastodonNetwork()
