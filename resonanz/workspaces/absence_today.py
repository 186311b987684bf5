"""What a day begins with: who is away, for whom one stands in, what nobody looks after."""

from dataclasses import dataclass

from resonanz.workspaces.models import Member
from resonanz.workspaces.queries import Away, away_today


@dataclass(frozen=True)
class AbsenceToday:
    """For one member and today: her own absence, for whom she stands in, and who else is away."""

    mine: Away | None
    stands_in_for: list[Member]
    others: list[Away]

    @property
    def names(self) -> str:
        """For whom she stands in, by name, in one phrase."""
        return ", ".join(one.name for one in self.stands_in_for)


def absence_today(member: Member) -> AbsenceToday:
    """At most one query, none where nobody is away."""
    away = away_today(member)
    others = [one for pk, one in away.items() if pk != member.pk]
    return AbsenceToday(
        mine=away.get(member.pk),
        stands_in_for=sorted(
            (one.member for one in others if one.stand_in == member), key=lambda one: one.name
        ),
        others=sorted(
            (one for one in others if one.stand_in != member), key=lambda one: one.member.name
        ),
    )
