"""The link at the foot of each letter that stops its kind.

It says whose letters of which kind, is signed, does not expire, and opens nothing else.
"""

from django.core import signing
from django.urls import reverse

from resonanz.letters.addresses import whole
from resonanz.letters.wishes import WISHES
from resonanz.workspaces.models import Member

_SALT = "letters.stop"


def stop_address(member: Member, wish: str) -> str:
    """The whole address that stops a kind of letters for a member."""
    return whole(reverse("letters-stop", args=[stop_token(member, wish)]))


def stop_token(member: Member, wish: str) -> str:
    """What the address carries."""
    return signing.Signer(salt=_SALT).sign_object([member.pk, wish])


def read_token(token: str) -> tuple[Member, str] | None:
    """Whose and which letters a link stops; None for a link that is not ours, or not whole."""
    try:
        pk, wish = signing.Signer(salt=_SALT).unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    member = Member.objects.present().filter(pk=pk).select_related("workspace", "user").first()
    return (member, wish) if member is not None and wish in set(WISHES.values()) else None
