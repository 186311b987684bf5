"""Choosing the language, on every page that has no settings beside it."""

from typing import TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from resonanz.workspaces.actions import change_member

ONE_YEAR_SECONDS = 31_536_000
Response = TypeVar("Response", bound=HttpResponse)


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Show the pages in another language from now on, and go back to where one was."""
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    response: HttpResponse = redirect(back)
    language = chosen_language(request)
    if not language:
        return response
    member = getattr(request, "member", None)
    if member is not None:
        change_member(member=member, name=member.name, language=language, theme=member.theme)
    return keep_language(response, language)


def chosen_language(request: HttpRequest) -> str:
    """The language that a button with the name `language` asks for, "" for none that we speak."""
    told = request.POST.get("language", "")
    return told if told in dict(settings.LANGUAGES) else ""


def keep_language(response: Response, language: str) -> Response:
    """Remember the language in this browser."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=ONE_YEAR_SECONDS,
        samesite="Lax",
        secure=bool(settings.SESSION_COOKIE_SECURE),
    )
    return response
