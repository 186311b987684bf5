"""What we connect to."""

from resonanz.switchboard.shapes.profiles import Profile
from resonanz.switchboard.shapes.shape import Secret, Shape


class Facts(Shape):
    """What a server said about itself when we connected. Numbers are in the network's unit.

    `picture_limit` counts pictures in one post, `picture_bytes` is the largest file in bytes,
    `picture_types` are content types, `description_limit` is in `text_limit`'s unit. 0 or empty:
    unknown.
    """

    software: str = ""
    version: str = ""
    text_limit: int = 0
    link_cost: int = 0
    streaming_url: str = ""
    title: str = ""
    language: str = ""
    picture_limit: int = 0
    picture_bytes: int = 0
    picture_types: tuple[str, ...] = ()
    description_limit: int = 0


class Account(Shape):
    """One connected account or source: enough to open a connector again.

    `credentials` is the connector's own JSON; it is encrypted wherever it is kept.
    `address` is the server's or the source's address.
    """

    address: str
    profile: Profile
    credentials: Secret
    facts: Facts = Facts()
