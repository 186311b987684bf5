"""What became of a link, in sentences: for those who told us, and for our own pages."""

from collections import Counter
from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from resonanz.channels.sentences import is_our_sentence
from resonanz.mentions.models import Endpoint, ReceivedMention, SentMention

Words = str | Promise

# After the name of whoever wrote the page, and before the address of ours.
KIND_WORDS: dict[str, Words] = {
    ReceivedMention.Kind.REPLY.value: _("answers"),
    ReceivedMention.Kind.LIKE.value: _("likes"),
    ReceivedMention.Kind.REPOST.value: _("shares"),
    ReceivedMention.Kind.BOOKMARK.value: _("keeps for later"),
    ReceivedMention.Kind.MENTION.value: _("links to"),
}

NOT_TOLD: dict[str, Words] = {
    "gone": _("There is no such page any more."),
    "sign_in_again": _("It does not take links from everybody."),
    "refused": _("It does not want to hear of the link."),
    "unreadable": _("It answers in a way that cannot be understood."),
    "try_later": _("It cannot be reached."),
    "unsure": _("It cannot be reached."),
}


def what_became(received: ReceivedMention) -> Words:
    """A whole sentence on a link to us; the reason with it, where there is one."""
    state = received.State(received.state)
    if state is received.State.WAITING:
        if received.reason:
            return _("The page could not be reached yet; it is tried again by itself.")
        return _("The page is looked at soon.")
    if state is received.State.KEPT:
        return _("The page was seen, and links to ours.")
    if state is received.State.GONE:
        return _("The page is gone, or does not link to ours any more.")
    return _("The page was looked at and not taken. %(reason)s") % {"reason": reason_of(received)}


def reason_of(received: ReceivedMention) -> str:
    """Why a link was not taken, in the reader's language where the sentence is ours."""
    reason = received.reason
    if is_our_sentence(reason):
        return gettext(reason)
    return gettext("The page could not be read.") if reason else gettext("There is no such page.")


def what_came(sent: SentMention) -> Words:
    """A whole sentence on a link of ours."""
    state = sent.State(sent.state)
    if state is sent.State.WAITING:
        if sent.trouble_code:
            return _("It could not be told yet; it is tried again by itself.")
        if not sent.is_wanted:
            return _("It is told soon that the link is gone.")
        return _("It is told soon.")
    if state is sent.State.TOLD:
        return _("It was told.") if sent.is_wanted else _("It was told that the link is gone.")
    if state is sent.State.NO_ENDPOINT:
        return _("It does not say where it wants to hear of links.")
    return NOT_TOLD.get(sent.trouble_code, NOT_TOLD["refused"])


def details_of(sent: SentMention) -> str:
    """The other side's own words for a refusal."""
    if sent.state != sent.State.REFUSED or not sent.reason:
        return ""
    return gettext(sent.reason) if is_our_sentence(sent.reason) else sent.reason


def links_in_short(rows: Iterable[SentMention]) -> list[str]:
    """What became of the links of one text of ours, in a few sentences."""
    count = Counter(row.state for row in rows)
    told, waiting = count[SentMention.State.TOLD], count[SentMention.State.WAITING]
    refused, silent = count[SentMention.State.REFUSED], count[SentMention.State.NO_ENDPOINT]
    found = []
    if told:
        found.append(
            ngettext(
                "One page that it links to was told of it.",
                "%(count)s pages that it links to were told of it.",
                told,
            )
            % {"count": told}
        )
    if waiting:
        found.append(
            ngettext(
                "One page that it links to is told soon.",
                "%(count)s pages that it links to are told soon.",
                waiting,
            )
            % {"count": waiting}
        )
    if refused:
        found.append(
            ngettext(
                "One page that it links to could not be told.",
                "%(count)s pages that it links to could not be told.",
                refused,
            )
            % {"count": refused}
        )
    if silent and not found:
        found.append(gettext("The pages that it links to do not say where they hear of links."))
    return found


def how_announced(endpoint: Endpoint) -> Words:
    """Whether our own site says where links to it are told."""
    if endpoint.is_announced:
        return _("The site says where links to it are told.")
    if endpoint.is_announced is False:
        return _("The site does not say yet where links to it are told.")
    if endpoint.trouble_code:
        return _("The site could not be looked at.")
    return _("The site is looked at in a moment.")
