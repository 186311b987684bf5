"""What the guarded client refuses becomes one of the troubles, with a sentence."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from resonanz.plumbing.outgoing import ForbiddenAddress, MovedWrite, TookTooLong, TooLarge
from resonanz.switchboard.http import retry_after, send
from resonanz.switchboard.trouble import Refused, Trouble, TryLater, Unreadable, Unsure

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def failing(error: Exception) -> httpx.Client:
    def answer(request: httpx.Request) -> httpx.Response:
        raise error

    return httpx.Client(transport=httpx.MockTransport(answer))


@pytest.mark.parametrize("writing", [False, True])
@pytest.mark.parametrize("refusal", [ForbiddenAddress, MovedWrite])
def test_what_we_refuse_ourselves_is_refused_with_its_sentence(
    refusal: Callable[[], Exception], writing: bool
) -> None:
    with failing(refusal()) as http, pytest.raises(Refused) as trouble:
        send(http, "POST" if writing else "GET", "http://town.test/", writing=writing, now=NOW)
    assert trouble.value.reason.endswith(".")


@pytest.mark.parametrize(
    ("error", "reading", "writing"),
    [
        (TookTooLong("over"), TryLater, Unsure),
        (TooLarge(), Refused, Unsure),
        (httpx.TooManyRedirects("x"), Refused, Unsure),
        (httpx.DecodingError("x"), Unreadable, Unsure),
        (httpx.UnsupportedProtocol("x"), Refused, Refused),
        (httpx.ConnectError("x"), TryLater, TryLater),
    ],
)
def test_a_broken_line_means_less_when_reading(
    error: Exception, reading: type[Trouble], writing: type[Trouble]
) -> None:
    with failing(error) as http:
        with pytest.raises(reading):
            send(http, "GET", "http://town.test/", writing=False, now=NOW)
        with pytest.raises(writing):
            send(http, "POST", "http://town.test/", writing=True, now=NOW)


@pytest.mark.parametrize("value", ["9" * 400, "²", "soon", "", "-5", "Mon, 99 Foo 2026"])
def test_a_nonsensical_pause_raises_nothing(value: str) -> None:
    headers = httpx.Headers([(b"retry-after", value.encode("utf-8"))])
    pause = retry_after(headers, NOW)
    assert pause is None or pause >= timedelta(0)
