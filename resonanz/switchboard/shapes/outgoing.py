"""Texts of ours on their way, and the proof that they arrived."""

from datetime import datetime

from resonanz.switchboard.shapes.kinds import Audience, Standing
from resonanz.switchboard.shapes.profiles import Mention
from resonanz.switchboard.shapes.shape import Shape


class Answering(Shape):
    """What an outgoing text answers, and the manners that follow from it.

    `names` are the people whom the answer has to name so that they are told.
    """

    uid: str
    local_id: str
    url: str = ""
    audience: Audience = Audience.PUBLIC
    names: tuple[Mention, ...] = ()
    root_uid: str = ""


class Attachment(Shape):
    """A file of ours that goes out with a text.

    `path` is absolute and on this machine; `size` is in bytes. `sha256` is the hexadecimal digest
    of the file, so that a change can be told from the same file again. `local_id` is what the
    server calls the file once it is there (`Connector.upload`, `Receipt.picture_ids`), and empty
    before: with it, nothing is sent a second time.
    """

    path: str
    content_type: str
    size: int
    description: str = ""
    sha256: str = ""
    local_id: str = ""


class Quoting(Shape):
    """The post that an outgoing text quotes."""

    uid: str
    local_id: str
    url: str = ""


class Outgoing(Shape):
    """A text of ours on its way to one channel.

    `key` is chosen by us once for this text on this channel, and is the same on every attempt.
    `first_tried_at` is None on the first attempt; otherwise a connector may look at what was
    published since then. `text` is plain text with line breaks; it may be empty where there
    are pictures.
    With a `title` it is an article; with `is_draft` it is laid there and not yet published.
    `warning` is in words, for every network; where it says no more than labels do, `labels` are
    their words (`plumbing/label_words.py`), for a network that has labels instead.
    """

    key: str
    text: str
    audience: Audience = Audience.PUBLIC
    warning: str = ""
    labels: tuple[str, ...] = ()
    language: str = ""
    answering: Answering | None = None
    pictures: tuple[Attachment, ...] = ()
    first_tried_at: datetime | None = None
    title: str = ""
    is_draft: bool = False
    quoting: Quoting | None = None


class Composed(Shape):
    """An outgoing text as it will stand there: with the names added, and counted.

    `length` and `limit` are in `unit`, the network's own ("characters", "graphemes").
    `problems` are codes of what stops it from being sent: `too_long`, `empty`,
    `wider_than_answered`, `audience_not_offered`, `too_many_pictures`, `picture_too_large`,
    `picture_type_not_offered`, `description_too_long`, `title_too_long`. What the
    server never named (`Facts`, 0 or empty) stops nothing.
    """

    text: str
    length: int
    limit: int
    unit: str = "characters"
    names_added: tuple[Mention, ...] = ()
    problems: tuple[str, ...] = ()


class Receipt(Shape):
    """Proof that something of ours now stands there.

    `picture_ids` are the server's names for the pictures in it, in their order, where it gives
    them: with these as `Attachment.local_id` a later edit keeps the pictures. `standing` says
    whether everybody sees it: some sites hold back what a user of theirs says.
    """

    uid: str
    local_id: str
    url: str = ""
    at: datetime | None = None
    picture_ids: tuple[str, ...] = ()
    standing: Standing = Standing.PUBLISHED
