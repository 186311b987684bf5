"""A mail server that says what a test scripts, and keeps what it was given. Loopback only.

It speaks as much SMTP as a letter needs, one line to a step, so that it may also break off where
a real server would not.
"""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

CUT = "cut"


@dataclass
class ScriptedPost:
    """What it answers to a step ("MAIL", "RCPT", "DATA", "TEXT"), each used up once; then 250."""

    port: int = 0
    answers: dict[str, list[str]] = field(default_factory=dict)
    letters: list[EmailMessage] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        """As RESONANZ_MAIL_ADDRESS names it."""
        return f"smtp+plain://127.0.0.1:{self.port}"

    def next_answer(self, step: str, usual: str) -> str:
        """What is said to a step."""
        scripted = self.answers.get(step)
        return scripted.pop(0) if scripted else usual

    def speak(self, line: socket.socket) -> None:
        """One whole conversation."""
        with line, line.makefile("rb") as heard:
            line.sendall(b"220 ready\r\n")
            while words := heard.readline():
                told = words.decode().strip()
                self.said.append(told)
                step = told.split(" ")[0].upper()
                if step == "QUIT":
                    line.sendall(b"221 bye\r\n")
                    return
                answer = self.next_answer(step, "354 go on" if step == "DATA" else "250 ok")
                if answer == CUT:
                    return
                line.sendall(f"{answer}\r\n".encode())
                if answer.startswith("354") and not self._take(line, heard.readline):
                    return

    def _take(self, line: socket.socket, read: "object") -> bool:
        """Take the letter itself; it counts as taken even when the line is cut afterwards."""
        lines = []
        while (one := read()) not in (b".\r\n", b""):  # type: ignore[operator]
            lines.append(one[1:] if one.startswith(b"..") else one)
        answer = self.next_answer("TEXT", "250 taken")
        if answer == CUT or answer.startswith("2"):
            self.raw.append(b"".join(lines))
            self.letters.append(message_from_bytes(self.raw[-1], policy=default))
        if answer == CUT:
            return False
        line.sendall(f"{answer}\r\n".encode())
        return True


@contextmanager
def scripted_post() -> Iterator[ScriptedPost]:
    """A server on a free port until the block ends."""
    post = ScriptedPost()
    with socket.create_server(("127.0.0.1", 0)) as door:
        post.port = door.getsockname()[1]
        is_over = threading.Event()

        def serve() -> None:
            while not is_over.is_set():
                try:
                    line, _ = door.accept()
                except OSError:
                    return
                if is_over.is_set():
                    line.close()
                    return
                post.speak(line)

        server = threading.Thread(target=serve, daemon=True)
        server.start()
        try:
            yield post
        finally:
            is_over.set()
            # Whoever waits for a line gets one more.
            socket.create_connection(("127.0.0.1", post.port)).close()
            server.join(timeout=5)
