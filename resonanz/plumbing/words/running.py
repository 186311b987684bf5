"""Behind the scenes, and when something is the matter. German stands in the catalogue."""

from django.utils.translation import gettext_lazy as _

from resonanz.plumbing.words.word import Word

RUNNING = (
    Word(
        "alarm",
        _("Alarm"),
        _(
            "Something that a human has to know, such as a channel that wants a new "
            "sign-in. Each matter is told once, until it is over."
        ),
    ),
    Word(
        "sign-in-again",
        _("Sign in again"),
        _(
            "A network no longer accepts the permission that it gave us. Nothing is lost: "
            "what is to go out waits until the channel is connected again."
        ),
    ),
    Word(
        "unsure",
        _("Unsure"),
        _(
            "The line broke while something was being sent. Resonanz looks whether it "
            "arrived before it says it again."
        ),
    ),
    Word(
        "trail",
        _("Audit trail"),
        _("A list of who sent, changed, exported or deleted what, and when. It holds no texts."),
    ),
    Word(
        "passkey",
        _("Passkey"),
        _(
            "A way to sign in without a password: the phone or computer proves that it is "
            "you, by finger, face or PIN. Nobody can talk you out of it."
        ),
    ),
    Word(
        "second-step",
        _("Second step"),
        _(
            "Besides the password, a code that only your phone knows. Whoever steals the "
            "password still stands before a closed door."
        ),
    ),
    Word(
        "pretend-town",
        _("Pretend town"),
        _(
            "A town of invented people for trying everything out. Nothing that is said "
            "there leaves this house."
        ),
    ),
    Word(
        "backup",
        _("Backup"),
        _(
            "A copy of everything, with the key, in one file. With it the house can be "
            "built up again elsewhere; so it has to be kept as safely as the house "
            "itself."
        ),
    ),
)
