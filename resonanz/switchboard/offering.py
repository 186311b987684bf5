"""A connector to begin from: it offers nothing, and says so whatever it is asked.

A network's connector inherits from `OffersNothing`, names in `can` what it offers and has one
method for each of it. What it leaves out stays refused.
"""

from threading import Event
from typing import ClassVar, NoReturn

from resonanz.switchboard.contract import Can
from resonanz.switchboard.shapes import (
    Account,
    Attachment,
    Circles,
    Composed,
    Endpoints,
    Linkback,
    Outgoing,
    Pages,
    ReactionKind,
    Receipt,
    ShieldKind,
    Standing,
    Thread,
)
from resonanz.switchboard.trouble import NotOffered


class OffersNothing:
    """Every method of `Connector`; each raises `NotOffered` with `why_not`, and asks nobody.

    Only `resolve` answers: nothing can be done with a post here, so it has no local id.
    """

    can: frozenset[Can] = frozenset()
    wanting: frozenset[Can] = frozenset()
    why_not: ClassVar[str] = ""

    def _refuse(self, *asked: object) -> NoReturn:
        del asked
        raise NotOffered(self.why_not) if self.why_not else NotOffered

    def _must(self, ability: Can) -> None:
        """Refuse what this account cannot do here, though its network can."""
        if ability not in self.can:
            self._refuse(ability)

    def _must_take(self, outgoing: Outgoing) -> None:
        """Refuse a text with something that this account cannot say here."""
        for ability, is_in_it in (
            (Can.MEDIA, bool(outgoing.pictures)),
            (Can.QUOTE, outgoing.quoting is not None),
            (Can.ARTICLE, bool(outgoing.title) or outgoing.is_draft),
        ):
            if is_in_it:
                self._must(ability)

    def verify(self) -> Account:
        """Not offered."""
        self._refuse()

    def notifications(self, cursor: str) -> Pages:
        """Not offered."""
        self._refuse(cursor)

    def replies(self, cursor: str) -> Pages:
        """Not offered."""
        self._refuse(cursor)

    def home(self, cursor: str) -> Pages:
        """Not offered."""
        self._refuse(cursor)

    def thread(self, local_id: str) -> Thread:
        """Not offered."""
        self._refuse(local_id)

    def thread_at_origin(self, uid: str, url: str) -> Thread:
        """Not offered."""
        self._refuse(uid, url)

    def stream(self, stop: Event) -> Pages:
        """Not offered."""
        self._refuse(stop)

    def compose(self, outgoing: Outgoing) -> Composed:
        """Not offered."""
        self._refuse(outgoing)

    def upload(self, attachment: Attachment) -> str:
        """Not offered."""
        self._refuse(attachment)

    def publish(self, outgoing: Outgoing) -> Receipt:
        """Not offered."""
        self._refuse(outgoing)

    def find_published(self, outgoing: Outgoing) -> Receipt | None:
        """Not offered."""
        self._refuse(outgoing)

    def edit(self, local_id: str, outgoing: Outgoing) -> Receipt:
        """Not offered."""
        self._refuse(local_id, outgoing)

    def delete(self, local_id: str) -> None:
        """Not offered."""
        self._refuse(local_id)

    def react(self, kind: ReactionKind, local_id: str, *, is_on: bool = True) -> None:
        """Not offered."""
        self._refuse(kind, local_id, is_on)

    def shield(self, kind: ShieldKind, local_id: str, *, is_on: bool) -> None:
        """Not offered."""
        self._refuse(kind, local_id, is_on)

    def report(
        self, local_id: str, *, post_local_ids: tuple[str, ...], reason: str, forward: bool
    ) -> None:
        """Not offered."""
        self._refuse(local_id, post_local_ids, reason, forward)

    def moderate(self, local_id: str, standing: Standing) -> None:
        """Not offered."""
        self._refuse(local_id, standing)

    def followers(self, cursor: str) -> Circles:
        """Not offered."""
        self._refuse(cursor)

    def followed(self, cursor: str) -> Circles:
        """Not offered."""
        self._refuse(cursor)

    def linked_from(self, source: str, target: str) -> Linkback:
        """Not offered."""
        self._refuse(source, target)

    def endpoints_of(self, address: str) -> Endpoints:
        """Not offered."""
        self._refuse(address)

    def tell_of_link(self, endpoints: Endpoints, source: str, target: str) -> None:
        """Not offered."""
        self._refuse(endpoints, source, target)

    def resolve(self, uid: str, url: str) -> str:
        """Nothing can be done with a post here, so it has no local id."""
        del uid, url
        return ""
