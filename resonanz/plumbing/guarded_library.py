"""Lets a library that brings `requests` speak through the guarded client, in its own words.

    session = guarded_session(allowed_hosts=frozenset({"login.example"}), user_agent="…")

What goes wrong on the line is raised as what `requests` would raise, so that a library which
handles those errors handles ours. (`switchboard.requests_adapter` raises troubles of a network
instead; here is no network.)
"""

from collections.abc import Mapping
from functools import cache

import httpx
import requests
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict

from resonanz.plumbing.outgoing import guarded_client

WHOLE_ANSWER_SECONDS = 15.0
# The guarded client sets these itself: it names us, and it chooses what it can unpack.
LEFT_TO_THE_CLIENT = frozenset({"user-agent", "accept-encoding", "host"})

LineBroke = requests.RequestException
"""What a library meets when the other side cannot be reached or answers nonsense."""


class GuardedAdapter(BaseAdapter):
    """A transport for `requests` that sends everything through a guarded `httpx.Client`."""

    def __init__(self, client: httpx.Client) -> None:
        """Keep the client, which belongs to whoever made it."""
        super().__init__()
        self._client = client

    def send(  # noqa: PLR0917  (the signature is that of requests)
        self,
        request: requests.PreparedRequest,
        stream: bool = False,  # noqa: ARG002
        timeout: object = None,  # noqa: ARG002
        verify: object = True,  # noqa: ARG002
        cert: object = None,  # noqa: ARG002
        proxies: Mapping[str, str] | None = None,  # noqa: ARG002
    ) -> requests.Response:
        """Send one request; limits and certificates are those of the client.

        Raises `requests.RequestException` for a broken line, a refused address, and one that is
        none.
        """
        headers = {
            name: value
            for name, value in request.headers.items()
            if name.lower() not in LEFT_TO_THE_CLIENT
        }
        body = request.body.encode() if isinstance(request.body, str) else request.body
        try:
            answer = self._client.request(
                request.method or "GET", request.url or "", headers=headers, content=body
            )
        except httpx.TimeoutException as cause:
            raise requests.Timeout(str(cause), request=request) from cause
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as cause:
            raise requests.ConnectionError(str(cause), request=request) from cause
        return _for_the_library(answer, request)

    def close(self) -> None:
        """Nothing: the client belongs to whoever made it."""


def guarded_session(*, allowed_hosts: frozenset[str], user_agent: str) -> requests.Session:
    """A session that knows the guarded client only: no .netrc, no proxies from the environment.

    `allowed_hosts` may be asked although they are inside; see `plumbing.outgoing`.
    """
    session = requests.Session()
    session.trust_env = False
    session.adapters.clear()
    adapter = GuardedAdapter(_client(allowed_hosts, user_agent))
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    return session


@cache
def _client(allowed_hosts: frozenset[str], user_agent: str) -> httpx.Client:
    return guarded_client(
        allowed_hosts=allowed_hosts, user_agent=user_agent, total_seconds=WHOLE_ANSWER_SECONDS
    )


def _for_the_library(
    answer: httpx.Response, request: requests.PreparedRequest
) -> requests.Response:
    given = requests.Response()
    given.status_code = answer.status_code
    given.reason = answer.reason_phrase
    given.headers = CaseInsensitiveDict(answer.headers)
    given.url = str(answer.url)
    given.request = request
    given.encoding = answer.encoding
    given._content = answer.content
    return given
