"""WordPress as a network. Glue only: one short method per ability."""

from collections.abc import Mapping
from pathlib import Path

import msgspec

from resonanz.networks.wordpress import deciding, pictures, reading, sign_in, writing
from resonanz.networks.wordpress.address import index_of
from resonanz.networks.wordpress.compose import compose
from resonanz.networks.wordpress.credentials import Credentials, rights_of
from resonanz.networks.wordpress.limits import (
    ARTICLES_LOOKED_AT_EVERY,
    COMMENTS_LOOKED_AT_EVERY,
    REQUESTS_PER_MINUTE,
)
from resonanz.networks.wordpress.line import Line
from resonanz.networks.wordpress.translate import in_words, profile_of_user, viewpoint_of
from resonanz.switchboard.contract import (
    Begun,
    Can,
    Field,
    Polling,
    Surroundings,
    Way,
    WayIn,
)
from resonanz.switchboard.offering import OffersNothing
from resonanz.switchboard.shapes import (
    Account,
    Attachment,
    Audience,
    Composed,
    Outgoing,
    Pages,
    Receipt,
    Standing,
    Thread,
)
from resonanz.switchboard.trouble import NotOffered, Trouble
from resonanz.switchboard.wording import N_

BLOG_FIELD = Field(
    name="blog",
    label=N_("Address of your blog"),
    help=N_("As it stands in the browser. Any of its pages will do."),
    example="blog.example",
)
USER_FIELD = Field(
    name="user",
    label=N_("User name"),
    help=N_("The name with which you sign in at the blog."),
)
PASSWORD_FIELD = Field(
    name="password",
    label=N_("Application password"),
    help=N_(
        "Made at your blog under “Users”, “Profile”, “Application Passwords”. It is not the "
        "password with which you sign in."
    ),
    kind="secret",
    example="abcd EFGH 1234 ijkl MNOP 6789",
)


class WordPressConnector(OffersNothing):
    """One blog, in one user's name."""

    def __init__(self, account: Account, surroundings: Surroundings) -> None:
        """Prepare the line. Makes no request."""
        self._account, self._surroundings = account, surroundings
        self._credentials = Credentials.of(account)
        self.can = self._credentials.can
        self._view = viewpoint_of(account)
        self._line = Line(self._credentials, surroundings)

    def verify(self) -> Account:
        """Ask who we are and what we may do by now; other rights are kept at once."""
        me = sign_in.who_we_are(self._line)
        credentials = msgspec.structs.replace(
            self._credentials, rights=rights_of(me, self._credentials.rights)
        )
        if credentials.rights != self._credentials.rights:
            self._surroundings.renewed(credentials.sealed())
        facts = self._account.facts
        try:
            index = index_of(credentials.api, self._surroundings, credentials)
            facts = msgspec.structs.replace(facts, title=in_words(index.name) or facts.title)
        except Trouble:
            # The facts stay as they were when the blog does not tell them now.
            pass
        return msgspec.structs.replace(
            self._account,
            profile=profile_of_user(me, self._view.names),
            credentials=credentials.sealed(),
            facts=facts,
        )

    def notifications(self, cursor: str) -> Pages:
        """Comments and pings, with the articles that they stand below."""
        now = self._surroundings.clock()
        return reading.comment_pages(self._line, self._view, cursor, now)

    def home(self, cursor: str) -> Pages:
        """Our own articles."""
        return reading.article_pages(self._line, self._view, cursor)

    def thread(self, local_id: str) -> Thread:
        """An article with everything that was said below it."""
        return reading.thread_of(self._line, self._view, local_id)

    def compose(self, outgoing: Outgoing) -> Composed:
        """The text with what it answers in front, counted."""
        return compose(outgoing, self._account)

    def publish(self, outgoing: Outgoing) -> Receipt:
        """An article, or a comment below one."""
        self._must_take(outgoing)
        if outgoing.answering is None and not outgoing.title and not outgoing.is_draft:
            self._must(Can.PUBLISH)
        if outgoing.answering is not None and outgoing.audience is Audience.DIRECT:
            self._must(Can.ANSWER_DIRECT)
        return writing.publish(self._line, self._account, outgoing)

    def find_published(self, outgoing: Outgoing) -> Receipt | None:
        """Look among our own comments or articles."""
        return writing.find_published(self._line, self._account, outgoing)

    def upload(self, attachment: Attachment) -> str:
        """Bring a file into the library, with its description."""
        self._must(Can.MEDIA)
        return pictures.upload(self._line, self._account.facts, attachment)

    def edit(self, local_id: str, outgoing: Outgoing) -> Receipt:
        """Let a comment or an article of ours say this instead."""
        self._must(Can.EDIT)
        return writing.edit(self._line, self._account, local_id, outgoing)

    def delete(self, local_id: str) -> None:
        """Put a comment or an article of ours into the trash."""
        self._must(Can.DELETE)
        deciding.delete(self._line, local_id)

    def moderate(self, local_id: str, standing: Standing) -> None:
        """Approve a comment, hold it, call it spam, throw it away, or take that back."""
        self._must(Can.MODERATE)
        deciding.moderate(self._line, local_id, standing)

    def resolve(self, uid: str, url: str) -> str:
        """The blog's own name for what stands at an address of it."""
        return reading.find_any(self._line, self._view, uid, url)


class WordPressNetwork:
    """A blog of our own that runs on WordPress."""

    slug = "wordpress"
    name = "WordPress"
    icon = Path(__file__).parent / "icon.svg"
    is_pretend = False
    address_list = None
    polling = Polling(
        notifications_seconds=int(COMMENTS_LOOKED_AT_EVERY.total_seconds()),
        home_seconds=int(ARTICLES_LOOKED_AT_EVERY.total_seconds()),
        requests_per_minute=REQUESTS_PER_MINUTE,
    )
    ways_in: tuple[WayIn, ...] = (
        WayIn(
            way=Way.TOKEN,
            label=N_("Use an application password"),
            fields=(BLOG_FIELD, USER_FIELD, PASSWORD_FIELD),
        ),
        WayIn(way=Way.OAUTH, label=N_("Sign in at your blog"), fields=(BLOG_FIELD,)),
    )

    def drawn(self, url: str) -> bytes | None:
        """Draws nothing itself."""
        del url
        return None

    def begin(
        self, way: Way, answers: Mapping[str, str], callback: str, surroundings: Surroundings
    ) -> Account | Begun:
        """Send the person to her blog, or connect at once with a password that she made there."""
        blog = answers.get("blog", "")
        match way:
            case Way.OAUTH:
                return sign_in.begin_there(blog, callback, surroundings)
            case Way.TOKEN:
                user, password = answers.get("user", ""), answers.get("password", "")
                return sign_in.connect_by_password(blog, user, password, surroundings)
            case _:
                raise NotOffered

    def finish(self, memo: str, answers: Mapping[str, str], surroundings: Surroundings) -> Account:
        """The person came back from her blog."""
        return sign_in.finish_there(memo, answers, surroundings)

    def open(self, account: Account, surroundings: Surroundings) -> WordPressConnector:
        """A connector on a connected blog."""
        return WordPressConnector(account, surroundings)

    def forget(self, account: Account, surroundings: Surroundings) -> None:
        """Revoke the password, if it was made for us."""
        sign_in.revoke(account, surroundings)


network = WordPressNetwork()
