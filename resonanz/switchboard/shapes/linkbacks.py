"""Links from others' pages to ours, and where to tell of ours to theirs."""

from resonanz.switchboard.shapes.kinds import LinkKind
from resonanz.switchboard.shapes.said import Page
from resonanz.switchboard.shapes.shape import Shape


class Linkback(Shape):
    """What another page that links to one of ours says there.

    `page` holds it as a post or a reaction; our own page stands beside it as a post whose author
    is the connected account, or is the reaction's post.
    """

    kind: LinkKind
    page: Page


class Endpoints(Shape):
    """Where a page wants to be told of links to it; "" for a way that it does not offer."""

    webmention: str = ""
    pingback: str = ""
