"""A real mail server (aiosmtpd) on loopback: STARTTLS with its own certificate, and sign-in."""

import ssl
import time
from asyncio import WriteTransport
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from threading import Event
from typing import Any
from urllib.parse import quote

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509.oid import NameOID

from tests.peers.servers.running import free_port, wait_until

USER, PASSWORD = "resonanz", "Käse & Brot: 2 @ 3/4"
CUT, HOLD = "cut", "hold"
HOST = "localhost"


class MailServer:
    """Takes letters from whoever signs in over TLS, and does what a test scripts for an address.

    `script["bob@bakery.example"]` holds answers, used up one by one: a reply to RCPT ("450 …",
    "550 …"), CUT (takes the letter and breaks the line) or HOLD (takes it and says nothing until
    `let_go` is set).
    """

    def __init__(self, folder: Path) -> None:
        """Make a certificate and start."""
        folder.mkdir(parents=True, exist_ok=True)
        self.certificate = folder / "certificate.pem"
        self.letters: list[EmailMessage] = []
        self.script: dict[str, list[str]] = defaultdict(list)
        self.let_go = Event()
        self.port = free_port()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self._certified(folder))
        self._controller = Controller(
            self,
            hostname=HOST,
            port=self.port,
            tls_context=context,
            require_starttls=True,
            auth_required=True,
            authenticator=self._knows,
        )
        self._controller.start()

    @property
    def address(self) -> str:
        """As RESONANZ_MAIL_ADDRESS names it."""
        return f"smtp://{USER}:{quote(PASSWORD, safe='')}@{HOST}:{self.port}"

    def stop(self) -> None:
        """Stop."""
        self.let_go.set()
        self._controller.stop()

    def to(self, address: str) -> list[EmailMessage]:
        """The letters to an address, in the order in which they came."""
        return [one for one in self.letters if one["To"].addresses[0].addr_spec == address]

    def wait_for(self, address: str, *, count: int = 1, seconds: float = 60) -> EmailMessage:
        """Wait until so many letters are there, and give the last."""
        wait_until(
            lambda: len(self.to(address)) >= count,
            seconds=seconds,
            what=f"letter {count} to {address}",
        )
        return self.to(address)[-1]

    def _knows(self, _server: SMTP, _session: Any, _line: Any, _how: str, told: Any) -> AuthResult:
        good = isinstance(told, LoginPassword) and told == LoginPassword(
            USER.encode(), PASSWORD.encode()
        )
        return AuthResult(success=good, handled=False)

    async def handle_RCPT(
        self, _server: SMTP, _session: Any, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Take an address, or what is scripted for it."""
        scripted = self.script[address]
        if scripted and scripted[0][0].isdigit():
            return scripted.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Any, envelope: Envelope) -> str:
        """Take a letter. Holding keeps the whole server waiting, which is all that is needed."""
        content = envelope.original_content or b""
        self.letters.append(message_from_bytes(content, policy=default))
        scripted = self.script[envelope.rcpt_tos[0]]
        how = scripted.pop(0) if scripted else ""
        if how == CUT and isinstance(server.transport, WriteTransport):
            server.transport.abort()
        if how == HOLD:
            self.let_go.wait(60)
            time.sleep(0.1)
        return "250 taken"

    def _certified(self, folder: Path) -> Path:
        """A key and a certificate that it signed itself, for a day."""
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
        now = datetime.now(UTC)
        certificate = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(minutes=5))
            .not_valid_after(now + timedelta(days=1))
            .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .sign(key, hashes.SHA256())
        )
        public = certificate.public_bytes(Encoding.PEM)
        self.certificate.write_bytes(public)
        whole = folder / "whole.pem"
        private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        whole.write_bytes(private + public)
        return whole
