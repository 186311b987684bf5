"""The audit trail in sentences: one for every verb that any room writes into it.

The rows keep verbs in English, so that an exported file reads the same in every house; a page
words them in its reader's language. A test compares this table with the verbs in the code.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from resonanz.workspaces.models import Member, TrailEntry


@dataclass(frozen=True)
class Kind:
    """Verbs that belong together, for the filter, with a sentence each.

    Sentences name `%(who)s`, and most of them `%(subject)s`.
    """

    label: str | Promise
    sentences: Mapping[str, str | Promise]

    @property
    def verbs(self) -> list[str]:
        """The verbs of this kind."""
        return list(self.sentences)


KINDS = {
    "said": Kind(
        _("What was said and done outside"),
        {
            "text approved": _("%(who)s approved a text (%(subject)s)."),
            "text agreed to": _("%(who)s agreed to a text as the second person (%(subject)s)."),
            "agreement asked for": _("%(who)s asked for agreement to a text (%(subject)s)."),
            "text given back": _("%(who)s gave a text back (%(subject)s)."),
            "talk noted": _("%(who)s noted a talk (%(subject)s)."),
            "answer noted": _("%(who)s noted an answer of ours (%(subject)s)."),
            "noted talk changed": _("%(who)s changed what was noted (%(subject)s)."),
            "noted talk removed": _("%(who)s removed what was noted (%(subject)s)."),
            "post changed": _("%(who)s changed what stands at a network (%(subject)s)."),
            "post deleted": _("%(who)s deleted what stood at a network (%(subject)s)."),
            "tried again": _("%(who)s tried again to send something (%(subject)s)."),
            "post shared": _("%(who)s shared a post (%(subject)s)."),
            "post liked": _("%(who)s liked a post (%(subject)s)."),
            "comment approved": _("%(who)s approved a comment (%(subject)s)."),
            "comment held back": _("%(who)s held a comment back (%(subject)s)."),
            "comment called spam": _("%(who)s called a comment spam (%(subject)s)."),
            "comment thrown away": _("%(who)s threw a comment away (%(subject)s)."),
            "account muted": _("%(who)s muted an account (%(subject)s)."),
            "account muted no more": _("%(who)s muted an account no longer (%(subject)s)."),
            "account blocked": _("%(who)s blocked an account (%(subject)s)."),
            "account blocked no more": _("%(who)s blocked an account no longer (%(subject)s)."),
            "account reported": _("%(who)s reported an account (%(subject)s)."),
            "account followed": _("%(who)s followed an account (%(subject)s)."),
            "persons joined": _("%(who)s put two people together as one (%(subject)s)."),
            "persons parted": _("%(who)s parted two people again (%(subject)s)."),
            "conversations put together": _(
                "%(who)s put two conversations together (%(subject)s)."
            ),
            "conversations parted": _("%(who)s parted two conversations again (%(subject)s)."),
        },
    ),
    "members": Kind(
        _("Members and roles"),
        {
            "member invited": _("%(who)s invited %(subject)s."),
            "invitation renewed": _("%(who)s renewed an invitation: %(subject)s."),
            "invitation withdrawn": _("%(who)s withdrew an invitation: %(subject)s."),
            "member joined": _("%(who)s joined (%(subject)s)."),
            "member came back": _("%(who)s came back (%(subject)s)."),
            "role changed": _("%(who)s changed a role: %(subject)s."),
            "member left": _("%(subject)s left; it was done by %(who)s."),
            "voice changed": _("%(who)s changed her voice: %(subject)s."),
            "absence told": _("%(who)s is away: %(subject)s."),
            "absence ended": _("%(who)s ended an absence: %(subject)s."),
        },
    ),
    "channels": Kind(
        _("Channels"),
        {
            "channel connected": _("%(who)s connected %(subject)s."),
            "channel connected again": _("%(who)s connected %(subject)s again."),
            "channel paused": _("%(who)s paused %(subject)s."),
            "channel resumed": _("%(who)s resumed %(subject)s."),
            "channel removed": _("%(who)s removed %(subject)s."),
            "list brought": _("%(who)s brought a list: %(subject)s."),
        },
    ),
    "settings": Kind(
        _("Settings"),
        {
            "workspace founded": _("%(who)s founded the workspace %(subject)s."),
            "workspace changed": _("%(who)s changed the workspace %(subject)s."),
            "hidden words changed": _("%(who)s changed which words hide a text."),
            "way of speaking changed": _("%(who)s changed how we speak here."),
            "fact kept": _("%(who)s kept a fact: %(subject)s."),
            "fact removed": _("%(who)s removed a fact: %(subject)s."),
            "second step asked of everybody": _("%(who)s asked everybody for a second step."),
            "second step asked of nobody": _("%(who)s no longer asks everybody for a second step."),
        },
    ),
    "logins": Kind(
        _("Signing in"),
        {
            "second step switched on": _("%(who)s switched a second step on."),
            "second step switched off": _("%(who)s switched the second step off."),
            "second step removed on the machine": _(
                "%(who)s removed the second step of %(subject)s."
            ),
            "passkey added": _("%(who)s added a passkey."),
            "passkey removed": _("%(who)s removed a passkey."),
            "codes for emergencies made": _("%(who)s made codes for emergencies."),
            "codes for emergencies made anew": _("%(who)s made new codes for emergencies."),
            "codes for emergencies removed": _("%(who)s removed the codes for emergencies."),
            "code for emergencies used": _("%(who)s came in with a code for emergencies."),
            "tied to the provider": _("%(who)s tied the login to the provider."),
            "tie to the provider cut": _("%(who)s cut the login's tie to the provider."),
        },
    ),
    "data": Kind(
        _("Data taken along, brought back, erased"),
        {
            "trail exported": _("%(who)s took the trail along (%(subject)s)."),
            "list exported": _("%(who)s took a list of sources along (%(subject)s)."),
            "person exported": _("%(who)s took along what is kept about a person (%(subject)s)."),
            "person erased": _("%(who)s erased a person (%(subject)s)."),
            "backup restored": _("%(who)s brought a backup back (%(subject)s)."),
        },
    ),
}

# What an entry is about, where it has only a number.
THINGS: dict[str, str | Promise] = {
    "account": _("account"),
    "addresses": _("addresses"),
    "amendment": _("change"),
    "delivery": _("sending"),
    "draft": _("draft"),
    "gesture": _("gesture"),
    "moderation": _("comment"),
    "publication": _("text"),
    "shielding": _("distance"),
}
THING = re.compile(rf"^(?:({'|'.join(THINGS)}) (\d+)|(\d+) ({'|'.join(THINGS)}))$")
ROLE = re.compile(rf"(: |→ )({'|'.join(Member.Role.values)})\b")
SENTENCES = {verb: words for kind in KINDS.values() for verb, words in kind.sentences.items()}


def sentence_of(entry: TrailEntry) -> str:
    """An entry in a sentence. A verb of a version that is gone is shown as it was written."""
    who = entry.member.name if entry.member else str(_("The machine"))
    words = SENTENCES.get(entry.verb)
    if words is None:
        return f"{who}: {entry.verb} {entry.subject}".strip()
    subject = THING.sub(_thing_in_words, ROLE.sub(_role_in_words, entry.subject))
    return str(words) % {"who": who, "subject": subject}


def _thing_in_words(found: re.Match[str]) -> str:
    """A kind and a number, in whichever order, as their reader says it."""
    kind, number, count, counted = found.groups()
    return f"{THINGS[kind]} {number}" if kind else f"{count} {THINGS[counted]}"


def _role_in_words(found: re.Match[str]) -> str:
    """A role behind a name, as its reader says it."""
    return f"{found[1]}{Member.Role(found[2]).label}"
