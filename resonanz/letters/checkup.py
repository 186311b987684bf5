"""What the doctor says about mail: whether the server lets us in. Nothing is sent."""

from collections.abc import Iterator

from django.conf import settings

from resonanz.clockwork.checkup import Finding, bad, good
from resonanz.letters.post_office import at_the_counter
from resonanz.letters.trouble import LetterTrouble, Misset


def mail_can_be_sent() -> Iterator[Finding]:
    """Sign in at the mail server, and go away again."""
    about, server = "mail", settings.RESONANZ_MAIL_SERVER
    if server is None:
        yield good(about, "No mail is sent; RESONANZ_MAIL_ADDRESS would name a server.")
        return
    place = f"{server.host}:{server.port}"
    try:
        with at_the_counter(server) as counter:
            counter.noop()
    except Misset as trouble:
        yield bad(
            about,
            f"The mail server {place} does not let us in: {trouble.reason}",
            "See user, password and protocol in RESONANZ_MAIL_ADDRESS; docs/how-to/letters.md.",
        )
    except LetterTrouble as trouble:
        yield bad(
            about,
            f"The mail server {place} cannot be reached: {trouble.reason}",
            "See host and port in RESONANZ_MAIL_ADDRESS, and whether a firewall is in between.",
        )
    else:
        yield good(about, f"The mail server {place} lets us in.")
