"""Signing in. allauth does the work; nobody signs up here."""

from allauth.account.views import login as allauth_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from resonanz.workspaces.queries import is_set_up


def sign_in(request: HttpRequest) -> HttpResponse:
    """The door; before the first visit it leads to the set-up."""
    if not is_set_up():
        return redirect("setup")
    answer: HttpResponse = allauth_login(request)
    return answer


@require_safe
def forgotten_password(request: HttpRequest) -> HttpResponse:
    """No mail is sent yet, so this says who can help, and how."""
    return render(request, "account/password_reset.html")


@require_safe
def inactive(request: HttpRequest) -> HttpResponse:
    """A login that was closed."""
    return render(request, "account/account_inactive.html")
