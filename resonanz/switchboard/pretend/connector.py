"""The pretend town as a network: how one enters it."""

import secrets
from collections.abc import Mapping
from datetime import UTC
from pathlib import Path

from resonanz.switchboard.contract import (
    Begun,
    Field,
    Network,
    Polling,
    Surroundings,
    Way,
    WayIn,
)
from resonanz.switchboard.pretend.drawing import drawn_at
from resonanz.switchboard.pretend.plan import Plan, read_domain, read_language, read_name
from resonanz.switchboard.pretend.visit import Visit, account_of, ledger_of, plan_of
from resonanz.switchboard.shapes import Account
from resonanz.switchboard.trouble import NotOffered
from resonanz.switchboard.wording import N_

ONE_WAY_IN = N_("The pretend town has one way in.")


class PretendTown:
    """The network. There is one module-level instance of it, `network`."""

    slug = "pretend"
    name = N_("Pretend town")
    icon = Path(__file__).with_name("icon.svg")
    is_pretend = True
    address_list = None
    polling = Polling(
        notifications_seconds=20, replies_seconds=30, home_seconds=30, requests_per_minute=600
    )
    ways_in: tuple[WayIn, ...] = (
        WayIn(
            way=Way.ADDRESS,
            label="Walk around in the pretend town",
            fields=(
                Field(
                    name="name",
                    label="Your name in the town",
                    help="The people there take you for their bakery.",
                    required=False,
                    example="Daybreak Bakery",
                ),
                Field(
                    name="domain",
                    label="Your domain",
                    help="Some recommend you by a bare link to it, without your name.",
                    required=False,
                    example="bakery.example",
                ),
                Field(
                    name="language",
                    label="The language they speak",
                    help="German (de) or English (en).",
                    required=False,
                    example="en",
                ),
            ),
        ),
    )

    def drawn(self, url: str) -> bytes | None:
        """The pictures of the town, which are nowhere else."""
        return drawn_at(url)

    def begin(
        self,
        way: Way,
        answers: Mapping[str, str],
        callback: str,  # noqa: ARG002 (nobody has to go anywhere)
        surroundings: Surroundings,
    ) -> Account | Begun:
        """Enter the town. Connected at once; raises `Refused` with a sentence."""
        if way is not Way.ADDRESS:
            raise NotOffered(ONE_WAY_IN)
        language = read_language(answers.get("language", ""))
        plan = Plan(
            town=secrets.token_hex(6),
            name=read_name(answers.get("name", ""), language),
            domain=read_domain(answers.get("domain", "")),
            language=language,
            started_at=surroundings.clock().astimezone(UTC),
        )
        return account_of(plan)

    def finish(
        self,
        memo: str,  # noqa: ARG002 (there is nothing to come back from)
        answers: Mapping[str, str],  # noqa: ARG002
        surroundings: Surroundings,  # noqa: ARG002
    ) -> Account:
        """Never needed here: the way in has one step."""
        raise NotOffered(ONE_WAY_IN)

    def open(self, account: Account, surroundings: Surroundings) -> Visit:
        """A connector on an account. Opens no file yet."""
        return Visit(plan_of(account), surroundings)

    def forget(self, account: Account, surroundings: Surroundings) -> None:
        """Leave the town: what we said there is deleted."""
        ledger_of(plan_of(account), surroundings).forget()


network: Network = PretendTown()
