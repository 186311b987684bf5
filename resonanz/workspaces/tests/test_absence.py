"""Who is away, and who stands in."""

from datetime import UTC, date, datetime

import pytest

from resonanz.workspaces.models import Absence, Member, User
from resonanz.workspaces.queries import away_on, local_day, stands_in_for
from resonanz.workspaces.tests.cast import PASSWORD

DAY = date(2026, 5, 4)


@pytest.fixture
def dora(alice: Member) -> Member:
    """A third one in Alice's workspace."""
    user = User.objects.create_user(email="dora@bakery.example", password=PASSWORD)
    return Member.objects.create(workspace=alice.workspace, user=user, name="Dora", language="en")


def away(member: Member, stand_in: Member | None) -> Absence:
    """She is away for that day."""
    return Absence.objects.create(member=member, stand_in=stand_in, from_day=DAY, until_day=DAY)


def stand_in_for(member: Member, day: date) -> Member | None:
    """Who stands in for her; None too where she is here."""
    away = away_on(member.workspace, day).get(member.pk)
    return away.stand_in if away else None


def test_who_stands_in_looks_after_what_is_hers(alice: Member, bob: Member) -> None:
    """On that day only."""
    away(alice, bob)
    assert stand_in_for(alice, DAY) == bob
    assert stands_in_for(bob, DAY) == [alice]
    assert stand_in_for(alice, date(2026, 5, 5)) is None
    assert stands_in_for(bob, date(2026, 5, 3)) == []


def test_without_an_end_it_lasts_until_she_ends_it(alice: Member, bob: Member) -> None:
    """And is over then."""
    absence = Absence.objects.create(member=alice, stand_in=bob, from_day=DAY)
    assert stand_in_for(alice, date(2027, 1, 1)) == bob
    absence.ended_at = datetime(2027, 1, 1, tzinfo=UTC)
    absence.save()
    assert stand_in_for(alice, date(2027, 1, 1)) is None


def test_where_the_stand_in_is_away_too_hers_stands_in_for_both(
    alice: Member, bob: Member, dora: Member
) -> None:
    """Along the chain."""
    away(alice, bob)
    away(bob, dora)
    assert stand_in_for(alice, DAY) == dora
    assert stands_in_for(dora, DAY) == [alice, bob]
    assert stands_in_for(bob, DAY) == []


def test_a_circle_or_somebody_who_left_stands_in_for_nobody(
    alice: Member, bob: Member, dora: Member
) -> None:
    """They are away all the same."""
    away(alice, bob)
    away(bob, alice)
    assert set(away_on(alice.workspace, DAY)) == {alice.pk, bob.pk}
    assert stand_in_for(alice, DAY) is None
    Absence.objects.all().delete()
    away(alice, dora)
    Member.objects.filter(pk=dora.pk).update(left_at=datetime(2026, 1, 1, tzinfo=UTC))
    assert stand_in_for(alice, DAY) is None


def test_the_absence_told_last_counts(alice: Member, bob: Member, dora: Member) -> None:
    """Of two that overlap."""
    away(alice, bob)
    away(alice, dora)
    assert stand_in_for(alice, DAY) == dora


def test_the_day_is_that_of_the_workspace(alice: Member) -> None:
    """In Berlin it is tomorrow already."""
    assert local_day(alice.workspace, datetime(2026, 5, 3, 22, 30, tzinfo=UTC)) == DAY
