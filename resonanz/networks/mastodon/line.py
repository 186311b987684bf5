"""Mastodon.py, with everything it asks going through the client that we were handed.

It is wanted for its knowledge of the API: addresses, parameters, headers. It does not read the
answers: its typed entities take 115 ms for a page of 40 posts where msgspec takes under 1 ms
(measured 2026-11-22 with 2.3.3), and its errors quote whole payloads. So it is shown an empty
answer, and the real one is read in `translate.py`.
"""

from collections.abc import Callable
from typing import Any

import httpx
from mastodon import Mastodon
from mastodon.errors import MastodonError

from resonanz.networks.mastodon.limits import ONE_LINE_EACH
from resonanz.networks.mastodon.troubles import trouble_of_answer
from resonanz.switchboard.contract import Surroundings
from resonanz.switchboard.http import send
from resonanz.switchboard.requests_adapter import (
    RequestsAdapter,
    requests_session,
    trouble_behind,
)


class Line:
    """A line to one server, with one token."""

    def __init__(self, address: str, token: str, surroundings: Surroundings) -> None:
        """Prepare the line. Makes no request."""
        self._adapter = RequestsAdapter(
            surroundings.http, clock=surroundings.clock, judge=trouble_of_answer, stand_in=b"{}"
        )
        session = requests_session(self._adapter)
        session.headers.update(ONE_LINE_EACH)
        self._api = Mastodon(
            api_base_url=address,
            session=session,
            ratelimit_method="throw",
            version_check_mode="none",
            # Taken as given: otherwise some calls ask for the version first, and for ever.
            mastodon_version="4.5.0",
        )
        self._address, self._surroundings = address, surroundings
        self._authorization = f"Bearer {token}"
        # Not as an argument: given there, a token that is the name of a file would be opened.
        self._api.access_token = token

    def ask(self, call: Callable[[Mastodon], object]) -> httpx.Response:
        """Let Mastodon.py ask; give the answer as it came. Raises a `Trouble`."""
        try:
            call(self._api)
        except MastodonError as error:
            # The context is left out on purpose: it is Mastodon.py's, and may hold a payload.
            raise trouble_behind(error) from None
        return self._adapter.answer

    def send(self, method: str, path: str, **request: Any) -> httpx.Response:
        """Ask for what Mastodon.py does not know or asks for otherwise. Raises a `Trouble`.

        `request` is what `httpx.Client.request` takes.
        """
        return send(
            self._surroundings.http,
            method,
            self._address + path,
            writing=method != "GET",
            now=self._surroundings.clock(),
            judge=trouble_of_answer,
            headers={"Authorization": self._authorization, **ONE_LINE_EACH},
            **request,
        )
