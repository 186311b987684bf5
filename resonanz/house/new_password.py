"""The ways back in, without any mail.

`resonanz password E-MAIL` for somebody who forgot hers, and `resonanz second-step-off E-MAIL` for
somebody who lost her second step.
"""

from getpass import getpass
from typing import TextIO

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from resonanz.workspaces.actions import change_password
from resonanz.workspaces.models import User
from resonanz.workspaces.sign_in_actions import take_second_step_away


def ask_for_new_password(email: str, answers: TextIO, told: TextIO) -> int:
    """Ask twice for a new password and keep it. Gives 1, and a sentence, when nothing is changed.

    On a terminal what is typed is not shown; otherwise two lines are read from `answers`.
    """
    user = User.objects.filter(email__iexact=email.strip()).first()
    if user is None:
        told.write(f"Nobody signs in with {email}. Nothing was changed.\n")
        return 1
    first, second = (
        _ask(question, answers) for question in ("New password: ", "The new password again: ")
    )
    if first != second:
        told.write("The two passwords are not the same. Nothing was changed.\n")
        return 1
    try:
        validate_password(first, user)
    except ValidationError as weak:
        told.write(f"{' '.join(weak.messages)} Nothing was changed.\n")
        return 1
    change_password(user=user, password=first)
    told.write(f"{user.email} has a new password, and is signed out everywhere.\n")
    return 0


def remove_second_step(email: str, told: TextIO) -> int:
    """Remove app, passkeys and codes of a login. Gives 1, and a sentence, when there are none."""
    user = User.objects.filter(email__iexact=email.strip()).first()
    if user is None:
        told.write(f"Nobody signs in with {email}. Nothing was changed.\n")
        return 1
    if not take_second_step_away(user=user):
        told.write(f"{user.email} has no second step. Nothing was changed.\n")
        return 1
    told.write(
        f"{user.email} has no second step any more, and is signed out everywhere. If somebody else"
        " may know the password, give a new one with: resonanz password\n"
    )
    return 0


def _ask(question: str, answers: TextIO) -> str:
    if answers.isatty():
        return getpass(question)
    return answers.readline().rstrip("\n")
