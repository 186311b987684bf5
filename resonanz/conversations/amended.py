"""What we changed or deleted afterwards at a network is changed and deleted here as well."""

from django.utils import timezone

from resonanz.conversations.changes import mark_changed
from resonanz.conversations.content import NOTHING_LEFT, keep_version
from resonanz.conversations.models import Conversation, Post
from resonanz.conversations.turns import refresh_turn
from resonanz.outbox.models import Amendment
from resonanz.plumbing.text import as_html


def keep_amendment(amendment: Amendment) -> None:
    """A post of ours says something else now, or is gone. Runs in the amendment's transaction."""
    posts = Post.objects.select_for_update()
    post = posts.filter(delivery=amendment.delivery, gone_at=None).first()
    if post is None:
        return
    if amendment.kind == Amendment.Kind.DELETE:
        _take_out(post)
    else:
        _reword(post, amendment)
    refresh_turn(Conversation.objects.select_for_update().get(pk=post.conversation_id))
    mark_changed(post.conversation_id)


def _take_out(post: Post) -> None:
    for column, value in NOTHING_LEFT.items():
        setattr(post, column, value)
    post.gone_at = timezone.now()
    post.save()
    post.versions.all().delete()


def _reword(post: Post, amendment: Amendment) -> None:
    changed = {
        "title": post.title,
        "html": as_html(amendment.text),
        "text": amendment.text,
        "warning": amendment.warning,
        "pictures": post.pictures,
        "edited_at": amendment.sent_at or timezone.now(),
    }
    keep_version(post, changed)
    for column, value in changed.items():
        setattr(post, column, value)
    post.save(update_fields=list(changed))
