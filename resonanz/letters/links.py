"""Letters that bring a link which opens something: an invitation, a new password."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from resonanz.letters.actions import write_to_address
from resonanz.letters.models import Letter
from resonanz.letters.places import MAIL, Source, Wording
from resonanz.letters.sealing import link_of, sealed_link
from resonanz.letters.sending import one_line
from resonanz.letters.wishes import can_mail
from resonanz.workspaces.models import Invitation, User

ONLY_MAIL = frozenset({MAIL})


def bring_invitation(invitation: Invitation, link: str) -> bool:
    """Mail the link to whoever is invited. Gives whether it is on its way.

    An earlier link of the same invitation opens nothing any more and is not sent.
    """
    if not can_mail() or not invitation.email:
        return False
    about = f"{invitation.pk}:"
    Letter.objects.waiting().filter(matter__startswith=f"{INVITATIONS.name}:{about}").update(
        state=Letter.State.DROPPED, facts={}
    )
    facts: dict[str, object] = {**sealed_link(link), "name": invitation.name}
    write_to_address(
        source=INVITATIONS,
        about=f"{about}{timezone.now().timestamp():.0f}",
        to=invitation.email,
        language=invitation.language,
        facts={**facts, "invitation": invitation.pk},
        workspace=invitation.workspace,
    )
    return True


def words_of_invitation(letter: Letter) -> Wording | None:
    """Who invites, to what, and until when."""
    open_ones = Invitation.objects.open().select_related("workspace", "invited_by")
    found = open_ones.filter(pk=letter.facts.get("invitation")).first()
    link = link_of(letter)
    if found is None or not link:
        return None
    names = {"workspace": one_line(found.workspace.name), "until": _day(found)}
    if found.invited_by is not None:
        names["who"] = one_line(found.invited_by.name)
        first = _("%(who)s invites you to %(workspace)s in Resonanz.") % names
    else:
        first = _("You are invited to %(workspace)s in Resonanz.") % names
    return Wording(
        title=_("Invitation to %(workspace)s") % names,
        paragraphs=(
            first,
            _(
                "Resonanz is the place where a team looks after its conversations with people. "
                "By this link you come in; it opens until %(until)s."
            )
            % names,
            _("If you did not expect this, leave it be: without the link nothing happens."),
        ),
        link=link,
    )


def _day(invitation: Invitation) -> str:
    return timezone.localtime(invitation.expires_at).strftime(_("%Y-%m-%d"))


def bring_new_password(user: User, link: str) -> bool:
    """Mail the link by which somebody who forgot her password chooses a new one."""
    if not can_mail():
        return False
    member = user.memberships.filter(left_at=None).select_related("workspace").first()
    write_to_address(
        source=PASSWORDS,
        about=f"{user.pk}",
        to=user.email,
        language=member.language if member else "de",
        facts={**sealed_link(link), "name": member.name if member else "", "user": user.pk},
        workspace=member.workspace if member else None,
    )
    return True


def words_of_password(letter: Letter) -> Wording | None:
    """The link, and what it means when she did not ask for it."""
    link = link_of(letter)
    here = User.objects.filter(pk=letter.facts.get("user"), is_active=True).exists()
    if not link or not here or timezone.now() - letter.created_at > PASSWORDS_OPEN_FOR:
        return None
    return Wording(
        title=_("A new password for Resonanz"),
        paragraphs=(
            _("Somebody asked for a new password for your login."),
            _("By this link you choose it. It opens for a day, and once."),
            _(
                "If it was not you, leave it be: your password stays as it is. Nobody has seen "
                "anything."
            ),
        ),
        link=link,
    )


PASSWORDS_OPEN_FOR = timedelta(days=1)
INVITATIONS = Source(
    name="invitation",
    kind=Letter.Kind.INVITATION,
    words=words_of_invitation,
    ways=ONLY_MAIL,
    keeps_hours=False,
)
PASSWORDS = Source(
    name="password",
    kind=Letter.Kind.RESET,
    words=words_of_password,
    ways=ONLY_MAIL,
    keeps_hours=False,
)
