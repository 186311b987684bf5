"""The fake wire: answers from an exchange, counts what is asked, and breaks on demand."""

from collections.abc import Callable, Iterator, Mapping
from fnmatch import fnmatchcase

import httpx
import msgspec

from resonanz.switchboard.testkit.case import Answered, Answers, Case, ContractBroken, Exchange

# Makes of a request and of what the good server would do with it what really happens.
Happens = Callable[[httpx.Request, Callable[[], httpx.Response]], httpx.Response]
# Changes the canned answer to a request, numbered from 0, before it is sent.
Changes = Callable[[int, Answered], Answered]


class Wire:
    """A server and the line to it, as a handler for `httpx.MockTransport`.

    `requests` is what was asked, `writes` what the server accepted as new, `attempts` every
    write that reached it.
    """

    def __init__(
        self,
        case: Case,
        exchange: Exchange,
        *,
        fault: Happens | None = None,
        fault_at: int | None = None,
        changes: Changes | None = None,
        repeats_first_answer: bool = False,
    ) -> None:
        """Lay the wire; `fault` happens at request number `fault_at` (from 0; None: always)."""
        self._case = case
        self._exchange = exchange
        self._fault, self._fault_at = fault, fault_at
        self._changes = changes
        self._repeats_first_answer = repeats_first_answer
        self._turns: dict[str, int] = {}
        self._first: dict[str, Answered] = {}
        self._known: dict[str, httpx.Response] = {}
        self.complaint: ContractBroken | None = None
        self.requests: list[httpx.Request] = []
        self.attempts: list[httpx.Request] = []
        self.writes: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        """Answer, or break."""
        number = len(self.requests)
        self.requests.append(request)
        if number >= self._case.most_requests:
            raise self._complain(f"More than {number} requests for one task: it does not end.")
        if self._fault and self._fault_at in (None, number):
            return self._fault(request, lambda: self._answer(request, number))
        return self._answer(request, number)

    def _answer(self, request: httpx.Request, number: int) -> httpx.Response:
        if self._case.is_write(request):
            self.attempts.append(request)
            key = self._case.repeat_key(request) if self._case.repeat_key else ""
            if key and key in self._known:
                return self._known[key]
            answer = self._good(request, number)
            self.writes.append(request)
            if key:
                self._known[key] = answer
            return answer
        return self._good(request, number)

    def _good(self, request: httpx.Request, number: int) -> httpx.Response:
        table: Mapping[str, Answers] = self._exchange.answers
        if self.writes:
            table = {**table, **self._exchange.afterwards}
        answer = self._taken_from(table, request)
        if self._changes:
            answer = self._changes(number, answer)
        return response_of(answer, request)

    def _taken_from(self, table: Mapping[str, Answers], request: httpx.Request) -> Answered:
        place = _place(table, request)
        if place is None:
            asked = f"{request.method} {request.url.path}"
            raise self._complain(f"The exchange of this check has no answer for “{asked}”.")
        if self._repeats_first_answer:
            if place not in self._first:
                self._first[place] = self._answer_at(place, table[place], request)
            return self._first[place]
        return self._answer_at(place, table[place], request)

    def _complain(self, sentence: str) -> ContractBroken:
        """Remember what is wrong: libraries in between may swallow whatever is raised here."""
        self.complaint = self.complaint or ContractBroken(sentence)
        return self.complaint

    def _answer_at(self, place: str, answers: Answers, request: httpx.Request) -> Answered:
        if isinstance(answers, Answered):
            return answers
        if callable(answers):
            return answers(request)
        turn = self._turns.get(place, 0)
        self._turns[place] = turn + 1
        return answers[min(turn, len(answers) - 1)]


def _place(table: Mapping[str, Answers], request: httpx.Request) -> str | None:
    """The key of the table that a request belongs to; exact ones first. None if there is none."""
    url = request.url
    names = (f"{request.method} {url.path}", f"{request.method} {url.copy_with(query=None)}")
    for place in sorted(table, key=lambda key: ("*" in key, -len(key))):
        if any(name == place or fnmatchcase(name, place) for name in names):
            return place
    return None


def response_of(answer: Answered, request: httpx.Request) -> httpx.Response:
    """A canned answer as a real one."""
    is_json = answer.body is None
    body = msgspec.json.encode(answer.json) if answer.body is None else answer.body
    headers = {"content-type": "application/json"} if is_json else {}
    return httpx.Response(
        answer.status, headers={**headers, **answer.headers}, content=body, request=request
    )


class BrokenBody(httpx.SyncByteStream):
    """A body that breaks off in the middle."""

    def __init__(self, content: bytes) -> None:
        """Give the first half of `content`."""
        self._half = content[: len(content) // 2]

    def __iter__(self) -> Iterator[bytes]:
        """Half of it, then the line is gone."""
        yield self._half
        raise httpx.RemoteProtocolError("peer closed connection without sending complete message")
