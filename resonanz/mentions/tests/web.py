"""Pages on loopback, and the acts of those who link."""

from django.http import HttpResponse
from django.test import Client

from resonanz.mentions.jobs import look_at_mention, tell_mention
from resonanz.mentions.models import Endpoint, ReceivedMention, SentMention
from resonanz.plumbing.tests.loopback import Asked

ENGLISH = {"accept-language": "en"}
HTML = {"Content_Type": "text/html; charset=utf-8"}


class Web:
    """Our pages and those of others, on one port under two names."""

    def __init__(self) -> None:
        self.port = 0
        self.pages: dict[str, tuple[int, str, dict[str, str]]] = {}
        self.posted: list[str] = []

    def answer(self, asked: Asked) -> None:
        """Answer one request."""
        address = f"http://{asked.headers['Host']}{asked.path}"
        if asked.command == "POST":
            self.posted.append(address)
        status, html, headers = self.pages.get(address, (404, "", {}))
        asked.give(html.encode(), status=status, **(HTML | headers))

    def our_address(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def their_address(self, path: str) -> str:
        return f"http://localhost:{self.port}{path}"

    def ours(self, path: str, html: str = "", *, status: int = 200, **headers: str) -> str:
        """Put up a page of ours; gives its address."""
        self.pages[self.our_address(path)] = (status, html, headers)
        return self.our_address(path)

    def theirs(self, path: str, html: str = "", *, status: int = 200, **headers: str) -> str:
        """Put up a page of somebody else; gives its address."""
        self.pages[self.their_address(path)] = (status, html, headers)
        return self.their_address(path)


def reply_to(
    address: str, words: str = "How long does it rest?", *, kind: str = "in-reply-to"
) -> str:
    """A page on which Ada answers."""
    return (
        '<html lang="en"><body><div class="h-entry">'
        '<a class="p-author h-card" href="/">Ada</a>'
        f'<a class="u-{kind}" href="{address}">Rye</a><p class="e-content">{words}</p>'
        "</div></body></html>"
    )


OUR_RYE = (
    '<html lang="en"><head><title>Rye | Daybreak</title></head><body class="h-entry">'
    '<h1 class="p-name">On rye</h1><div class="e-content"><p>It takes time.</p></div></body></html>'
)


def tell(endpoint: Endpoint, source: str, target: str) -> HttpResponse:
    """Somebody tells us of a link, as any website does: without a session."""
    stranger = Client(enforce_csrf_checks=True, headers=ENGLISH)
    form = {"source": source, "target": target}
    return stranger.post(f"/webmention/{endpoint.token}", form)  # type: ignore[return-value]


def look() -> None:
    """Look at every page that waits, as the worker would, at any time."""
    rows = ReceivedMention.objects.filter(state=ReceivedMention.State.WAITING)
    for pk in list(rows.values_list("pk", flat=True)):
        rows.filter(pk=pk).update(due_at="2020-01-01T00:00Z", leased_until="2020-01-01T00:00Z")
        look_at_mention.call(pk)


def tell_all() -> None:
    """Tell every page that waits to be told, as the worker would."""
    rows = SentMention.objects.filter(state=SentMention.State.WAITING)
    for pk in list(rows.values_list("pk", flat=True)):
        rows.filter(pk=pk).update(due_at="2020-01-01T00:00Z", leased_until="2020-01-01T00:00Z")
        tell_mention.call(pk)


def received() -> ReceivedMention:
    """The only link to us."""
    return ReceivedMention.objects.get()
