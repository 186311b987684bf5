"""Bluesky as a network. Glue only: one short method per ability."""

from collections.abc import Mapping
from pathlib import Path

import msgspec

from resonanz.networks.bluesky import (
    circles,
    compose,
    gestures,
    pictures,
    reading,
    records,
    session,
    sign_in,
    writing,
)
from resonanz.networks.bluesky.limits import REQUESTS_PER_MINUTE
from resonanz.networks.bluesky.line import Line
from resonanz.networks.bluesky.payloads import WhoPayload
from resonanz.networks.bluesky.session import Credentials
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
    Audience,
    Circles,
    Composed,
    Outgoing,
    Pages,
    ReactionKind,
    Receipt,
    ShieldKind,
    Thread,
)
from resonanz.switchboard.trouble import NotOffered
from resonanz.switchboard.wording import N_

HANDLE_FIELD = Field(
    name="handle",
    label=N_("Name at Bluesky"),
    help=N_("What stands behind the @ of the profile. The e-mail address works as well."),
    example="ada.bsky.social",
)
PASSWORD_FIELD = Field(
    name="password",
    label=N_("App password"),
    help=N_(
        "Made at Bluesky under “Settings”, “Privacy and security”, “App passwords”. Not the "
        "password of the account itself."
    ),
    kind="secret",
    example="xxxx-xxxx-xxxx-xxxx",
)
SERVER_FIELD = Field(
    name="server",
    label=N_("Server"),
    help=N_("Only where the account lives on a server of your own, and is not found by its name."),
    required=False,
    example="pds.example",
)


class BlueskyConnector(OffersNothing):
    """One connected account. Used by one thread at a time."""

    can = frozenset(
        {
            *(Can.NOTIFICATIONS, Can.REPLIES, Can.HOME, Can.THREAD),
            *(Can.PUBLISH, Can.ANSWER, Can.QUOTE, Can.MEDIA, Can.DELETE),
            *(Can.BOOST, Can.FAVOURITE, Can.FOLLOW),
            *(Can.MUTE, Can.BLOCK, Can.REPORT),
            *(Can.FOLLOWERS, Can.FOLLOWED),
        }
    )

    def __init__(self, account: Account, surroundings: Surroundings) -> None:
        """Prepare the line. Makes no request."""
        self._account = account
        self._line = Line(account.address, Credentials.of(account), surroundings)

    def verify(self) -> Account:
        """Ask who we are. The profile stays as it was while nobody shows it."""
        answer = self._line.ask("com.atproto.server.getSession")
        who = read(answer.content, WhoPayload)
        known = msgspec.structs.replace(self._account.profile, handle=f"@{who.handle}")
        profile = sign_in.who_we_are(self._line, self._line.us, who.handle, known)
        facts = sign_in.facts_of(self._account.address)
        return msgspec.structs.replace(
            self._account,
            profile=profile,
            facts=facts,
            credentials=self._line.credentials.sealed(),
        )

    def notifications(self, cursor: str) -> Pages:
        """Mentions, answers, quotes; reposts, likes, follows."""
        return reading.notification_pages(self._line, cursor)

    def replies(self, cursor: str) -> Pages:
        """What was answered below our recent posts, at any depth."""
        return reading.reply_pages(self._line, cursor, self._line.surroundings.clock())

    def home(self, cursor: str) -> Pages:
        """The timeline of those whom we follow."""
        return reading.home_pages(self._line, cursor)

    def thread(self, local_id: str) -> Thread:
        """A post with what came before and after."""
        return reading.thread(self._line, local_id)

    def compose(self, outgoing: Outgoing) -> Composed:
        """The text with addresses shortened, counted in graphemes."""
        return compose.compose(outgoing, self._account)

    def upload(self, attachment: Attachment) -> str:
        """Bring a file to the server. Its description goes with the text."""
        return pictures.upload(self._line, self._account.facts, attachment)

    def publish(self, outgoing: Outgoing) -> Receipt:
        """Post it, under a key of ours. Direct messages are another service."""
        self._must_take(outgoing)
        if outgoing.answering and outgoing.audience is Audience.DIRECT:
            self._must(Can.ANSWER_DIRECT)
        return writing.publish(self._line, self._account, outgoing)

    def find_published(self, outgoing: Outgoing) -> Receipt | None:
        """Look under that key."""
        return writing.find_published(self._line, self._account, outgoing)

    def delete(self, local_id: str) -> None:
        """Take a post of ours back."""
        place = records.our_place(self._line, local_id)
        records.take_back(self._line, place.collection, place.key)

    def react(self, kind: ReactionKind, local_id: str, *, is_on: bool = True) -> None:
        """Repost or like a post, or follow an account (by its DID)."""
        gestures.react(self._line, kind, local_id, is_on=is_on)

    def shield(self, kind: ShieldKind, local_id: str, *, is_on: bool) -> None:
        """Mute or block an account (by its DID)."""
        gestures.shield(self._line, kind, local_id, is_on=is_on)

    def report(
        self, local_id: str, *, post_local_ids: tuple[str, ...], reason: str, forward: bool
    ) -> None:
        """Tell the moderators. There is one place for all servers, so nothing is forwarded."""
        del forward
        gestures.report(self._line, local_id, post_local_ids=post_local_ids, reason=reason)

    def followers(self, cursor: str) -> Circles:
        """Who follows us."""
        return circles.circles(self._line, circles.FOLLOWERS, cursor)

    def followed(self, cursor: str) -> Circles:
        """Whom we follow."""
        return circles.circles(self._line, circles.FOLLOWED, cursor)

    def resolve(self, uid: str, url: str) -> str:
        """A post's address, from its page or as it is."""
        return writing.resolve(self._line, uid, url)


class BlueskyNetwork:
    """Bluesky, on its own servers and on anybody else's."""

    slug = "bluesky"
    name = "Bluesky"
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
        WayIn(
            way=Way.TOKEN,
            label=N_("Use an app password"),
            fields=(HANDLE_FIELD, PASSWORD_FIELD, SERVER_FIELD),
        ),
    )

    def drawn(self, url: str) -> bytes | None:
        """Draws nothing itself."""
        del url
        return None

    def begin(
        self, way: Way, answers: Mapping[str, str], callback: str, surroundings: Surroundings
    ) -> Account | Begun:
        """Connect at once with an app password."""
        del callback
        if way is not Way.TOKEN:
            raise NotOffered
        handle, password, server = (
            answers.get(field.name, "") for field in (HANDLE_FIELD, PASSWORD_FIELD, SERVER_FIELD)
        )
        return sign_in.connect(handle, password, server, surroundings)

    def finish(self, memo: str, answers: Mapping[str, str], surroundings: Surroundings) -> Account:
        """Nobody is sent anywhere, so nobody comes back."""
        del memo, answers, surroundings
        raise NotOffered

    def open(self, account: Account, surroundings: Surroundings) -> BlueskyConnector:
        """A connector on a connected account."""
        return BlueskyConnector(account, surroundings)

    def forget(self, account: Account, surroundings: Surroundings) -> None:
        """End the session. The app password is deleted where it was made."""
        session.close_session(account.address, Credentials.of(account), surroundings)


network = BlueskyNetwork()
