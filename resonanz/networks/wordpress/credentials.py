"""What is needed to work at a blog in a user's name. Never printed."""

import msgspec

from resonanz.networks.wordpress.payloads import UserPayload
from resonanz.switchboard.contract import Can
from resonanz.switchboard.shapes import Account, Secret, Shape
from resonanz.switchboard.trouble import SignInAgain

# What a user may do there, as far as we ask for it.
# Source: wordpress.org/documentation/article/roles-and-capabilities/ (read 2026-11-22).
MODERATE = "moderate_comments"
WRITE = "edit_posts"
PUBLISH = "publish_posts"
UPLOAD = "upload_files"
CHANGE = "edit_published_posts"
DELETE = "delete_published_posts"
ASKED_FOR = (MODERATE, WRITE, PUBLISH, UPLOAD, CHANGE, DELETE)

EVERYBODY = frozenset({Can.NOTIFICATIONS, Can.HOME, Can.THREAD, Can.ANSWER})


class Credentials(Shape):
    """A user's application password and what the user may do.

    `api` is the root of the REST API. `was_granted` says that the password was made for us when
    she signed in there, so that it is ours to revoke.
    """

    api: str
    user: str
    password: Secret
    rights: tuple[str, ...] = ()
    was_granted: bool = False

    def sealed(self) -> Secret:
        """As one secret, to be kept encrypted."""
        kept = {
            "api": self.api,
            "user": self.user,
            "password": self.password.value,
            "rights": " ".join(self.rights),
            "was_granted": "yes" if self.was_granted else "",
        }
        return Secret(value=msgspec.json.encode(kept).decode())

    @classmethod
    def of(cls, account: Account) -> "Credentials":
        """Those of a connected account. Raises `SignInAgain` when they cannot be read."""
        try:
            kept = msgspec.json.decode(account.credentials.value, type=dict[str, str])
            return cls(
                api=kept["api"],
                user=kept["user"],
                password=Secret(value=kept["password"]),
                rights=tuple(kept.get("rights", "").split()),
                was_granted=bool(kept.get("was_granted")),
            )
        except (msgspec.DecodeError, KeyError):
            # Without the cause: it may quote what it could not read.
            raise SignInAgain from None

    @property
    def moderates(self) -> bool:
        """Whether she sees held comments and decides about them."""
        return MODERATE in self.rights

    @property
    def can(self) -> frozenset[Can]:
        """What the user may do there, in our words."""
        found = {
            Can.MODERATE: self.moderates,
            Can.PUBLISH: PUBLISH in self.rights,
            Can.ARTICLE: WRITE in self.rights,
            Can.MEDIA: UPLOAD in self.rights and WRITE in self.rights,
            Can.EDIT: self.moderates or CHANGE in self.rights,
            Can.DELETE: self.moderates or DELETE in self.rights,
        }
        return EVERYBODY | {ability for ability, is_so in found.items() if is_so}


def rights_of(user: UserPayload, known: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Those of the rights we ask for that a user has; `known` where the blog does not say."""
    told = user.capabilities
    if not isinstance(told, dict):
        return known
    return tuple(right for right in ASKED_FOR if told.get(right) in (True, "1"))
