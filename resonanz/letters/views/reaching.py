"""“What reaches me”: wishes, browsers, a trial, and what was written to her lately."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from resonanz.letters.actions import set_wishes, write_trial
from resonanz.letters.browsers import add_browser, stop_browser
from resonanz.letters.forms import BrowserForm, WishesForm
from resonanz.letters.places import MAIL, PUSH
from resonanz.letters.queries import browsers_of, latest_letters
from resonanz.letters.trial import SOURCE
from resonanz.letters.vapid import public_key
from resonanz.letters.wishes import can_mail
from resonanz.workspaces.access import MemberRequest, guests_too
from resonanz.workspaces.devices import device


@require_safe
@guests_too
def reaching(request: MemberRequest) -> HttpResponse:
    """All of it on one page."""
    member = request.member
    values = {
        "form": WishesForm.of(member),
        "can_mail": can_mail(),
        "mail_from": settings.RESONANZ_MAIL_FROM,
        "email": member.user.email,
        "browsers": browsers_of(member),
        "public_key": public_key(),
        "letters": latest_letters(member),
    }
    return render(request, "letters/reaching.html", values)


@require_POST
@guests_too
def save_wishes(request: MemberRequest) -> HttpResponse:
    """Keep what she wants to be told. Three boxes: there is no wrong answer."""
    form = WishesForm(request.POST)
    form.is_valid()
    set_wishes(member=request.member, **form.cleaned_data)
    messages.success(request, _("Your wishes are kept."))
    return redirect("settings-letters")


@require_POST
@guests_too
def send_trial(request: MemberRequest) -> HttpResponse:
    """A letter, or a pushed message, to see whether it arrives."""
    ways = [MAIL] if can_mail() else []
    if request.POST.get("way") == PUSH.value:
        ways = [PUSH] if browsers_of(request.member) else []
    for way in ways:
        write_trial(source=SOURCE, member=request.member, way=way)
    if ways:
        messages.success(request, _("It is on its way. See below what becomes of it."))
    else:
        messages.error(request, _("There is no way by which it could reach you yet."))
    return redirect("settings-letters")


@require_POST
@guests_too
def subscribe(request: MemberRequest) -> HttpResponse:
    """Tell her in this browser."""
    form = BrowserForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("This browser gave no address for messages. Try it again."))
        return redirect("settings-letters")
    seen = device(request.headers.get("User-Agent", ""))
    name = " · ".join(part for part in (seen.browser, seen.system) if part)
    add_browser(member=request.member, browser=name, **form.cleaned_data)
    messages.success(request, _("From now on you are told in this browser."))
    return redirect("settings-letters")


@require_POST
@guests_too
def stop(request: MemberRequest, pk: int) -> HttpResponse:
    """Tell her in a browser no more."""
    stop_browser(browser=get_object_or_404(request.member.push_subscriptions, pk=pk))
    messages.success(request, _("Nothing is told in that browser any more."))
    return redirect("settings-letters")
