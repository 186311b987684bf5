"""The cast stands on its feet."""

from collections.abc import Callable

from django.conf import settings
from django.utils import timezone

from resonanz.channels.models import Channel
from resonanz.conversations.models import Conversation
from resonanz.switchboard.pretend.clock import HandClock
from resonanz.workspaces.models import Member


def test_the_tests_have_a_data_folder_of_their_own() -> None:
    """Never the one of an installation."""
    assert "resonanz-test-" in str(settings.RESONANZ_HOME)


def test_three_members_in_two_workspaces(alice: Member, bob: Member, charlie: Member) -> None:
    """Alice and Bob share one, Charlie has his own."""
    assert alice.workspace == bob.workspace
    assert charlie.workspace != alice.workspace


def test_the_pretend_town_can_be_read(
    pretend_channel: Channel, read_all: Callable[[Channel], None]
) -> None:
    """What its people said becomes conversations."""
    read_all(pretend_channel)
    assert Conversation.objects.inbox().waiting().exists()


def test_the_clock_moves_for_everybody(clock: HandClock) -> None:
    """One hand for the whole house."""
    before = timezone.now()
    clock.advance(hours=2)
    assert (timezone.now() - before).total_seconds() == 7200
