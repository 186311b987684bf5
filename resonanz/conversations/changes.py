"""That a page about a conversation would show something else than before."""

from django.utils import timezone

from resonanz.conversations.models import Conversation


def mark_changed(*ids: int) -> None:
    """Note that these conversations have changed; open pages of them look again."""
    Conversation.objects.filter(pk__in=ids).update(changed_at=timezone.now())
