"""The first visit, and the three doors behind it."""

from datetime import timedelta

from allauth.account.adapter import get_adapter
from django.contrib.auth import login
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from resonanz.workspaces.access import MemberRequest, owners_only
from resonanz.workspaces.actions import AlreadySetUp, found_first_workspace
from resonanz.workspaces.forms import SetupForm
from resonanz.workspaces.models import Workspace
from resonanz.workspaces.places import WELCOME
from resonanz.workspaces.queries import is_set_up
from resonanz.workspaces.views.languages import chosen_language, keep_language

# A second click arrives while the first is still being answered, not an hour later.
SECOND_CLICK_WITHIN = timedelta(minutes=1)


@sensitive_post_parameters("password", "password_again")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def setup(request: HttpRequest) -> HttpResponse:
    """The first visit. There is none once a workspace exists (404)."""
    if is_set_up():
        return _second_click(request)
    if request.method != "POST":
        return render(request, "workspaces/setup.html", {"form": SetupForm()})
    if language := chosen_language(request):
        return _switch_language(request, language)
    form = SetupForm(request.POST)
    if not form.is_valid():
        return render(request, "workspaces/setup.html", {"form": form}, status=422)
    answers = {key: value for key, value in form.cleaned_data.items() if key != "password_again"}
    try:
        owner = found_first_workspace(language=page_language(), **answers)
    except AlreadySetUp:
        return _second_click(request)
    login(request, owner.user)
    return redirect("welcome")


def page_language() -> str:
    """The language that the page is shown in, as a workspace keeps it."""
    return (translation.get_language() or "de").split("-")[0]


def _switch_language(request: HttpRequest, language: str) -> HttpResponse:
    """Show the page in the other language at once, with everything that was typed."""
    form = SetupForm(initial={name: request.POST.get(name, "") for name in SetupForm.base_fields})
    with translation.override(language):
        request.LANGUAGE_CODE = language
        return keep_language(render(request, "workspaces/setup.html", {"form": form}), language)


def _second_click(request: HttpRequest) -> HttpResponse:
    """Whoever set up a moment ago and clicked twice goes on; everybody else finds nothing."""
    if request.user.is_authenticated:
        return redirect("welcome")
    founded = Workspace.objects.order_by("pk").values_list("created_at", flat=True).first()
    if request.method != "POST" or not founded or founded < timezone.now() - SECOND_CLICK_WITHIN:
        raise Http404
    credentials = {name: request.POST.get(name, "") for name in ("email", "password")}
    try:
        # allauth's way, because it counts what fails.
        user = get_adapter().authenticate(request, **credentials)
    except ValidationError as cause:
        raise Http404 from cause
    if user is None:
        raise Http404
    login(request, user)
    return redirect("welcome")


@require_safe
@owners_only
def welcome(request: MemberRequest) -> HttpResponse:
    """Doors of equal size that the rooms above have put here."""
    return render(request, "workspaces/welcome.html", {"doors": [door() for door in WELCOME]})
