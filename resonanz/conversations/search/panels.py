"""What the search does at the places of other files: it follows what is kept, changed, erased."""

from resonanz.clockwork.duties import DUTIES, Duty
from resonanz.conversations.models import Post
from resonanz.conversations.places import KEPT
from resonanz.conversations.search.entries import index_kept, index_posts
from resonanz.conversations.search.index import rebuild_index
from resonanz.conversations.search.runs import due_runs, go_on
from resonanz.outbox.models import Amendment
from resonanz.outbox.places import AMENDED
from resonanz.plumbing.derived import DERIVED


def index_amended(amendment: Amendment) -> None:
    """A post of ours says something else now, or is gone. After the room has kept that."""
    index_posts(Post.objects.filter(delivery=amendment.delivery_id))


def register() -> None:
    """Take the places."""
    KEPT.add(5, index_kept)
    AMENDED.add(90, index_amended)
    DERIVED.add(10, rebuild_index)
    DUTIES.add(80, Duty(name="search", find=due_runs, nudge=go_on))
