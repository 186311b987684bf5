"""What waits with somebody who is away and for whom nobody stands in: everybody sees it."""

from django.urls import reverse
from django.utils.translation import gettext as _

from resonanz.conversations.models import Conversation
from resonanz.conversations.rows import row_of
from resonanz.workspaces.models import Member
from resonanz.workspaces.places import Section
from resonanz.workspaces.queries import away_today

SHOWN = 5


def nobody_looks_after(member: Member) -> Section:
    """Who waits for an answer of somebody who is away without a stand-in, the longest first."""
    away = away_today(member).values()
    alone = [one.member for one in away if one.stand_in is None and one.member != member]
    rows: list[Conversation] = []
    if alone:
        found = Conversation.objects.visible_to(member).waiting().filter(assignee__in=alone)
        rows = list(found.filter(waiting_since__isnull=False)[: SHOWN + 1])
    names = ", ".join(sorted(one.name for one in alone))
    return Section(
        name="unattended",
        order=5,
        title=_("Nobody looks after what waits with %(names)s") % {"names": names},
        row_template="conversations/row.html",
        rows=[row_of(row, hider=member.workspace.hider) for row in rows[:SHOWN]],
        total=len(rows[:SHOWN]),
        is_more=len(rows) > SHOWN,
        more_url=f"{reverse('conversations')}?who=others",
        lede=_("They are away, and nobody stands in. Whoever has a moment answers."),
    )
