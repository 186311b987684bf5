"""A website with the PyPI package `webmentions`, a receiver and a sender.

`python -m tests.peers.servers.webmention_library PORT` serves it on loopback. What a test puts
at `PUT /put/NAME` stands at `/pages/NAME` until `DELETE`, and is 410 afterwards; `POST
/tell/NAME` tells the pages that it links to; `GET /heard/NAME` gives who links to it.
"""

import sys
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from fastapi import FastAPI, Request, Response
from webmentions import WebmentionDirection, WebmentionsHandler
from webmentions.server.adapters.fastapi import bind_webmentions
from webmentions.storage.adapters.db import init_db_storage

from tests.peers.servers.running import Running, free_port

STARTS_WITHIN_SECONDS = 30


def application(port: int) -> FastAPI:
    """The website."""
    app, base = FastAPI(), f"http://localhost:{port}"
    pages: dict[str, str | None] = {}
    handler = WebmentionsHandler(
        storage=init_db_storage(engine="sqlite:///webmentions.db"),
        base_url=base,
        # Both sites are on loopback.
        ssrf_protection=False,
    )

    @app.get("/pages/{name}")
    def page(name: str) -> Response:
        if name not in pages:
            return Response(status_code=404)
        html = pages[name]
        return Response(html or "", 200 if html else 410, media_type="text/html")

    @app.put("/put/{name}")
    async def put(name: str, request: Request) -> None:
        pages[name] = (await request.body()).decode()

    @app.delete("/put/{name}")
    def take_down(name: str) -> None:
        pages[name] = None

    @app.post("/tell/{name}")
    def tell(name: str) -> None:
        # An empty text says that nothing is linked to any more.
        gone = {"text": ""} if pages.get(name) is None else {}
        handler.process_outgoing_webmentions(f"{base}/pages/{name}", **gone)

    @app.get("/heard/{name}")
    def heard(name: str) -> list[dict[str, Any]]:
        found = handler.retrieve_stored_webmentions(
            f"{base}/pages/{name}", direction=WebmentionDirection.IN
        )
        return [
            {"source": one.source, "title": one.title, "author": one.author_name} for one in found
        ]

    bind_webmentions(app, handler)
    return app


class WebmentionLibrary:
    """The website in a process of its own."""

    def __init__(self, folder: Path) -> None:
        """Start it in `folder`, which is made."""
        folder.mkdir(parents=True)
        self.port = free_port()
        self.host = f"localhost:{self.port}"
        self.address = f"http://{self.host}"
        root = Path(__file__).resolve().parents[3]
        self._running = Running(
            [sys.executable, "-m", __name__, str(self.port)],
            log=folder.with_suffix(".log"),
            folder=folder,
            environment={"PYTHONPATH": str(root), "NO_PROXY": "*"},
        )
        self._running.wait_for_port(self.port, seconds=STARTS_WITHIN_SECONDS)

    def stop(self) -> None:
        """End it."""
        self._running.kill()

    def put(self, name: str, html: str) -> str:
        """Put up a page, or change it; gives its address."""
        httpx.put(f"{self.address}/put/{name}", content=html.encode()).raise_for_status()
        return f"{self.address}/pages/{name}"

    def take_down(self, name: str) -> None:
        """From now on the page is 410."""
        httpx.delete(f"{self.address}/put/{name}").raise_for_status()

    def tell(self, name: str) -> None:
        """Tell the pages that this one links to."""
        httpx.post(f"{self.address}/tell/{name}", timeout=60).raise_for_status()

    def heard(self, name: str) -> list[dict[str, Any]]:
        """Who links to a page, as the library keeps it."""
        found: list[dict[str, Any]] = httpx.get(f"{self.address}/heard/{name}").json()
        return found


if __name__ == "__main__":
    uvicorn.run(application(int(sys.argv[1])), host="127.0.0.1", port=int(sys.argv[1]))
