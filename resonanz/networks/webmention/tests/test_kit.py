"""Webmention keeps the contract."""

from resonanz.networks.webmention.connector import network
from resonanz.networks.webmention.tests.world import ACCOUNT, OUR_PAGE
from resonanz.switchboard.contract import Can
from resonanz.switchboard.testkit import Answered, Case, Check, Exchange, Meaning, every_check_of
from resonanz.switchboard.trouble import Refused

NOTE = b"""<!doctype html><html lang="de"><body><article class="h-entry">
<p class="p-author h-card"><a class="p-name u-url" href="https://ada.example/">Ada</a></p>
<a class="u-in-reply-to" href="https://bakery.example/rye">Vom Roggen</a>
<p class="e-content">Wunderbar.</p></article></body></html>"""
HTML = {"content-type": "text/html; charset=utf-8"}
OURS = Answered(body=OUR_PAGE.encode(), headers=HTML)

CASE = Case(
    network=network,
    account=ACCOUNT,
    can=frozenset({Can.LINKBACKS}),
    verify=Exchange(answers={"GET /": OURS}),
    exchanges={
        Can.LINKBACKS: Exchange(
            answers={
                "GET https://ada.example/notes/1": Answered(body=NOTE, headers=HTML),
                "GET https://bakery.example/rye": OURS,
            },
            address="https://ada.example/notes/1",
            local_id="https://bakery.example/rye",
            at_least=2,
        )
    },
    no_secrets_because="Nothing but the address of our own site is kept.",
    meanings={
        "401": Meaning(Refused, "A page that asks for a password is not shown to everybody."),
    },
    excused={
        "linkbacks/html": "Whatever page stands at an address of ours is our page.",
        "verify/html": "Whatever page stands at an address of ours is our page.",
    },
    unreadable=Meaning(
        Refused, "A page that is somebody else's is a page all the same, without a link to us."
    ),
)


@every_check_of(CASE)
def test_webmention_keeps_the_contract(check: Check) -> None:
    check()
