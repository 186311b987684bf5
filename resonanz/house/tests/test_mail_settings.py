"""RESONANZ_MAIL_…: what is understood, and what stops the start with a sentence."""

from email.headerregistry import Address
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from resonanz.house.settings.mail import mail_from, mail_server
from resonanz.plumbing.mail_server import Line, MailServer

GOOD = {
    "smtp://u:p@mail.example": MailServer(Line.STARTTLS, "mail.example", 587, "u", "p"),
    "smtp://mail.example:2525": MailServer(Line.STARTTLS, "mail.example", 2525),
    "smtps://u%40b.example:p%3A%2F%40@mail.example": MailServer(
        Line.TLS, "mail.example", 465, "u@b.example", "p:/@"
    ),
    "smtp+plain://127.0.0.1": MailServer(Line.PLAIN, "127.0.0.1", 25),
    "smtp+plain://relay.example": MailServer(Line.PLAIN, "relay.example", 25),
    "smtp+plain://u:p@localhost:26": MailServer(Line.PLAIN, "localhost", 26, "u", "p"),
}
BAD = {
    "mail.example": "has to begin with smtp://",
    "http://mail.example": "has to begin with smtp://",
    "smtp://": "has to look like",
    "smtp://u:secret@mail.example:port": "a port is a number",
    "smtp://u@mail.example": "belong together",
    "smtp+plain://u:secret@mail.example": "aloud",
    "smtp://mail.example/path": "has to look like",
}


@pytest.fixture(autouse=True)
def nothing_told(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ADDRESS", "ADDRESS_FILE", "FROM"):
        monkeypatch.delenv(f"RESONANZ_MAIL_{name}", raising=False)


@pytest.mark.parametrize("told", GOOD)
def test_an_address_is_read(monkeypatch: pytest.MonkeyPatch, told: str) -> None:
    monkeypatch.setenv("RESONANZ_MAIL_ADDRESS", told)
    assert mail_server() == GOOD[told]


@pytest.mark.parametrize("told", BAD)
def test_a_wrong_one_is_told_without_its_password(
    monkeypatch: pytest.MonkeyPatch, told: str
) -> None:
    monkeypatch.setenv("RESONANZ_MAIL_ADDRESS", told)
    with pytest.raises(ImproperlyConfigured, match=BAD[told]) as found:
        mail_server()
    assert "secret" not in str(found.value)


def test_a_file_goes_before(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "mail"
    file.write_text("smtp://u:p@mail.example\n")
    monkeypatch.setenv("RESONANZ_MAIL_ADDRESS", "nonsense")
    monkeypatch.setenv("RESONANZ_MAIL_ADDRESS_FILE", str(file))
    assert mail_server() == GOOD["smtp://u:p@mail.example"]
    file.unlink()
    with pytest.raises(ImproperlyConfigured, match="cannot be read"):
        mail_server()


def test_nothing_told_is_no_mail() -> None:
    assert (mail_server(), mail_from(None)) == (None, None)


def test_a_server_needs_a_sender(monkeypatch: pytest.MonkeyPatch) -> None:
    server = GOOD["smtp://mail.example:2525"]
    with pytest.raises(ImproperlyConfigured, match="RESONANZ_MAIL_FROM has to be set"):
        mail_from(server)
    monkeypatch.setenv("RESONANZ_MAIL_FROM", "Bäckerei <resonanz@bakery.example>")
    assert mail_from(server) == Address("Bäckerei", addr_spec="resonanz@bakery.example")
    monkeypatch.setenv("RESONANZ_MAIL_FROM", "resonanz@bakery.example")
    assert mail_from(server) == Address("Resonanz", addr_spec="resonanz@bakery.example")
    monkeypatch.setenv("RESONANZ_MAIL_FROM", "somebody")
    with pytest.raises(ImproperlyConfigured, match="has to look like"):
        mail_from(server)


def test_the_password_stands_in_no_repr() -> None:
    assert "p:/@" not in repr(GOOD["smtps://u%40b.example:p%3A%2F%40@mail.example"])
