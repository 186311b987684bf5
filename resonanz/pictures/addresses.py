"""Where our copy of somebody's picture is shown.

The address carries the picture's own address, signed by us, so that a page needs no row and asks
the database nothing, and nobody can make this house fetch an address of his choice.
"""

from django.core.signing import BadSignature, Signer
from django.urls import reverse

_signer = Signer(salt="resonanz.pictures", sep="~")

LONGEST_CHARACTERS = 1000


def shown_at(url: str) -> str:
    """The address of our copy of a picture; empty where it cannot have one."""
    if not url.startswith(("https://", "http://")) or len(url) > LONGEST_CHARACTERS:
        return ""
    return reverse("pictures-copy", args=[_signer.sign_object(url, compress=True)])


def url_in(token: str) -> str | None:
    """The picture's own address in a token of ours, or None when it is not one of ours."""
    try:
        return str(_signer.unsign_object(token))
    except BadSignature:
        return None
