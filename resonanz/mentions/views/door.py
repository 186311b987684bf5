"""The public doors: where others tell us of their links, and see what became of it.

Open to everybody, so nothing is believed here and nothing is fetched; answers are plain text.
"""

from allauth.core.internal.ratelimit import consume
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from resonanz.letters.addresses import whole
from resonanz.mentions.access import endpoint_behind, received_behind
from resonanz.mentions.models import Endpoint, ReceivedMention
from resonanz.mentions.receiving import NotTaken, Told, receive_mention
from resonanz.mentions.sentences import what_became
from resonanz.plumbing.xml_rpc import (
    CONTENT_TYPE,
    MOST_BYTES,
    NO_METHOD,
    NOT_XML,
    NotUnderstood,
    read_call,
    written_answer,
    written_fault,
)

# Two addresses and their names; more is something else.
MOST_BODY_BYTES = 20_000
FROM_ONE_PLACE = "60/m/ip"
PINGBACK = "pingback.ping"
# http://www.hixie.ch/specs/pingback/pingback, section 3, read 2026-11-22.
PINGBACK_FAULTS = {400: 33, 413: 0, 429: 49, 503: 50}


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def webmention(request: HttpRequest, token: str) -> HttpResponse:
    """A page tells by webmention that it links to one of ours."""
    endpoint = endpoint_behind(token)
    if request.method != "POST":
        return _plain(_("Links to %(host)s are told here, by webmention.") % _names(endpoint))
    try:
        check_place(request)
        source, target = request.POST.get("source", ""), request.POST.get("target", "")
        told = Told(source.strip(), target.strip(), ReceivedMention.Way.WEBMENTION)
        received = receive_mention(endpoint=endpoint, told=told)
    except NotTaken as why:
        return _refusal(why)
    # With the address of its status the specification wants 201; 202 is for answers without one.
    address = whole(reverse("mentions-status", args=[received.token]))
    answer = _plain(_("Thank you. The page is looked at soon: %(url)s") % {"url": address}, 201)
    answer["Location"] = address
    return answer


@csrf_exempt
@never_cache
@require_POST
def pingback(request: HttpRequest, token: str) -> HttpResponse:
    """A page tells by pingback that it links to one of ours. Faults are answers, too."""
    endpoint = endpoint_behind(token)
    try:
        check_place(request)
        method, told = read_call(request.body)
        if method != PINGBACK or len(told) != 2:
            sentence = _("Only %(method)s with two addresses is understood here.")
            return _xml(written_fault(NO_METHOD, sentence % {"method": PINGBACK}))
        pair = Told(told[0], told[1], ReceivedMention.Way.PINGBACK)
        receive_mention(endpoint=endpoint, told=pair)
    except NotUnderstood:
        return _xml(written_fault(NOT_XML, _("This is no XML-RPC call.")))
    except NotTaken as why:
        return _xml(written_fault(PINGBACK_FAULTS.get(why.status, 0), str(why.sentence)))
    return _xml(written_answer(_("Thank you. The page is looked at soon.")))


@never_cache
@require_safe
def mention_status(request: HttpRequest, token: str) -> HttpResponse:
    """What became of a link that was told."""
    del request
    return _plain(what_became(received_behind(token)))


def check_place(request: HttpRequest) -> None:
    """Nobody asks too often or sends too much. Raises `NotTaken`, before the body is read."""
    told = request.headers.get("content-length", "")
    if told.isdigit() and int(told[:12]) > max(MOST_BODY_BYTES, MOST_BYTES):
        raise NotTaken(413, _("This is more than two addresses."))
    limit = {"mention": FROM_ONE_PLACE}
    if consume(request, app="account", action="mention", config=limit, limit_get=True) is None:
        raise NotTaken(429, _("You told us of many links within the minute. Try again later."))


def _names(endpoint: Endpoint) -> dict[str, str]:
    return {"host": endpoint.channel.handle}


def _refusal(why: NotTaken) -> HttpResponse:
    answer = _plain(why.sentence, why.status)
    if why.status in (429, 503):
        answer["Retry-After"] = "3600"
    return answer


def _plain(sentence: str | Promise, status: int = 200) -> HttpResponse:
    return HttpResponse(f"{sentence}\n", status=status, content_type="text/plain; charset=utf-8")


def _xml(body: bytes) -> HttpResponse:
    return HttpResponse(body, content_type=CONTENT_TYPE)
