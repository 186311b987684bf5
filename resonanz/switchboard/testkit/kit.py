"""All checks of a case, by name."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import pytest

from resonanz.switchboard.contract import Can
from resonanz.switchboard.testkit import (
    checks_abilities,
    checks_changing,
    checks_faults,
    checks_network,
    checks_pictures,
    checks_secrets,
    checks_writing,
)
from resonanz.switchboard.testkit.case import Case, ContractBroken
from resonanz.switchboard.testkit.faults import FAULTS
from resonanz.switchboard.testkit.world import (
    ANSWERING,
    CIRCLES,
    LANES,
    REACTING,
    SHIELDING,
    SPEAKING,
)


@dataclass(frozen=True)
class Check:
    """One check: call it, and it raises `ContractBroken` with a sentence, or returns."""

    name: str
    run: Callable[[], None]

    def __call__(self) -> None:
        """Make the check."""
        self.run()


def every_check_of(case: Case) -> pytest.MarkDecorator:
    """Parametrises a test with every check of a case, under the name `check`."""
    checks = checks_for(case)
    return pytest.mark.parametrize("check", checks, ids=[check.name for check in checks])


def checks_for(case: Case) -> list[Check]:
    """Every check that has a meaning for this case; which those are follows from the case alone."""
    checks = [*_of_the_network(case), *_of_abilities(case), *_of_writing(case)]
    checks += [*_of_changing(case), *_of_pictures(case)]
    if case.has_wire:
        checks += [*_of_the_wire(case)]
    known = {check.name for check in checks}
    unknown = sorted(set(case.excused) - known)
    if unknown:
        raise ContractBroken(f"There is no check to excuse under {unknown}.")
    return [_excused(check, case) if check.name in case.excused else check for check in checks]


def _of_the_network(case: Case) -> Iterator[Check]:
    yield Check("network/introduced", partial(checks_network.is_introduced, case))
    yield Check("network/folder", partial(checks_network.has_its_folder, case))
    yield Check("network/account", partial(checks_network.account_is_complete, case))
    yield Check("network/reasons", partial(checks_network.exceptions_have_reasons, case))
    yield Check(
        "network/nothing-left-out", partial(checks_network.nothing_is_left_out_silently, case)
    )
    yield Check("can", partial(checks_abilities.says_what_it_can, case))
    yield Check("verify/works", partial(checks_abilities.tells_who_we_are, case))
    yield Check("resolve/unknown", partial(checks_abilities.resolves, case))


def _of_abilities(case: Case) -> Iterator[Check]:
    for ability in Can:
        name = ability.value
        if ability not in case.can:
            yield Check(f"{name}/not-offered", partial(checks_abilities.offers_not, case, ability))
            continue
        yield Check(f"{name}/works", partial(checks_abilities.offers, case, ability))
        if ability in LANES:
            for ending, check in (
                ("pages-end", checks_abilities.pages_end),
                ("cursor-promise", checks_abilities.cursor_keeps_its_promise),
                ("cursor-understood", checks_abilities.cursor_is_understood),
            ):
                yield Check(f"{name}/{ending}", partial(check, case, ability))
        if ability in CIRCLES:
            yield Check(f"{name}/ends", partial(checks_abilities.circles_end, case, ability))
    if Can.STREAM in case.can:
        yield Check("stream/stopped", partial(checks_abilities.stream_can_be_stopped, case))
        if case.has_wire:
            ends = partial(checks_abilities.stream_that_ends_says_so, case)
            yield Check("stream/line-ends", ends)


def _of_writing(case: Case) -> Iterator[Check]:
    offered = [ability for ability in SPEAKING if ability in case.can]
    if not offered:
        yield Check("compose/not-offered", partial(checks_abilities.composes_nothing, case))
    on_a_wire = (
        ("found-after-break", checks_writing.is_found_after_the_line_broke),
        ("after-nobody-heard", checks_writing.can_be_said_after_nobody_heard),
        ("manners", checks_writing.keeps_manners),
        ("audience", checks_writing.never_widens_the_audience),
    )
    everywhere = (
        ("once", checks_writing.is_said_once),
        ("not-found-before", checks_writing.is_not_found_before_it_was_said),
        ("counted", checks_writing.counts_before_it_sends),
    )
    for ability in offered:
        for ending, check in (*everywhere, *(on_a_wire if case.has_wire else ())):
            yield Check(f"{ability.value}/{ending}", partial(check, case, ability))
        if ability in ANSWERING:
            wider = partial(checks_writing.answers_nobody_more_widely, case, ability)
            yield Check(f"{ability.value}/not-wider", wider)
    if Can.ARTICLE in offered and case.has_wire:
        yield Check("article/draft", partial(checks_writing.stays_a_draft, case))


def _of_changing(case: Case) -> Iterator[Check]:
    for ability in (*REACTING, *SHIELDING):
        if ability in case.can:
            back = partial(checks_changing.can_be_taken_back, case, ability)
            yield Check(f"{ability.value}/taken-back", back)
    if Can.EDIT in case.can:
        yield Check("edit/counted", partial(checks_changing.edits_nothing_bad, case))
        if case.has_wire:
            yield Check("edit/manners", partial(checks_changing.edits_as_it_was_meant, case))
    if Can.DELETE in case.can:
        yield Check("delete/twice", partial(checks_changing.deletes_what_is_gone, case))
    if Can.REPORT in case.can and case.has_wire:
        yield Check("report/manners", partial(checks_changing.reports_the_reason, case))
    if Can.MODERATE in case.can and case.has_wire:
        yield Check("moderate/manners", partial(checks_changing.moderates_as_it_was_meant, case))
    if Can.ORIGIN in case.can:
        yield Check("origin/names", partial(checks_changing.gives_no_names_of_ours, case))
        if case.has_wire and case.secrets:
            yield Check("origin/openly", partial(checks_changing.asks_the_origin_openly, case))


def _of_pictures(case: Case) -> Iterator[Check]:
    if Can.MEDIA not in case.can:
        yield Check("media/upload-not-offered", partial(checks_pictures.takes_no_file, case))
        return
    yield Check("media/alone", partial(checks_pictures.needs_no_text, case))
    yield Check("media/limits", partial(checks_pictures.keeps_to_the_limits, case))
    if case.has_wire:
        yield Check("media/described", partial(checks_pictures.arrives_described, case))
        yield Check("media/kept", partial(checks_pictures.is_not_sent_again, case))


def _of_the_wire(case: Case) -> Iterator[Check]:
    deeds: list[tuple[str, checks_faults.Deed]] = [("verify", None)]
    deeds += [(ability.value, ability) for ability in Can if ability in case.can]
    for name, deed in deeds:
        for fault in FAULTS:
            yield Check(f"{name}/{fault.name}", partial(checks_faults.means, case, deed, fault))
        broken = partial(checks_faults.survives_broken_answers, case, deed)
        yield Check(f"{name}/broken-answers", broken)
        if case.secrets:
            yield Check(f"{name}/secrets", partial(checks_secrets.keeps_secrets, case, deed))
        if deed is not None:
            ended = partial(checks_faults.nothing_asked_after_sign_in_ended, case, deed)
            yield Check(f"{name}/401-once", ended)
    if case.secrets:
        yield Check("account/secrets", partial(checks_secrets.account_hides_its_secrets, case))


def _excused(check: Check, case: Case) -> Check:
    """A check that may fail, for a reason; it has to fail, or the excuse is out of date."""
    reason = case.excused[check.name]

    def run() -> None:
        try:
            check.run()
        except ContractBroken:
            return
        raise ContractBroken(f"“{check.name}” passes: its excuse is out of date ({reason}).")

    return Check(check.name, run)
