"""The pretend town passes the kit like any other network."""

from resonanz.switchboard.contract import Can
from resonanz.switchboard.pretend.connector import network
from resonanz.switchboard.pretend.people import BY_SLUG
from resonanz.switchboard.pretend.plan import Plan
from resonanz.switchboard.pretend.visit import account_of
from resonanz.switchboard.shapes import Mention
from resonanz.switchboard.testkit import NOW, Case, Check, Exchange, every_check_of

PLAN = Plan(
    town="kit",
    name="Backhaus Ährengold",
    domain="aehrengold.example",
    language="de",
    started_at=NOW,
)
FRIEDA = Mention(uid=PLAN.uid("people", "frieda"), handle=BY_SLUG["frieda"].handle)

CASE = Case(
    network=network,
    account=account_of(PLAN),
    can=frozenset(Can) - {Can.LINKBACKS},
    no_wire_because="The town lies on this machine: there is no line that could break.",
    answered=FRIEDA,
    exchanges={
        Can.NOTIFICATIONS: Exchange(answers={}, at_least=25),
        Can.REPLIES: Exchange(answers={}, at_least=5),
        Can.HOME: Exchange(answers={}, at_least=40),
        Can.THREAD: Exchange(answers={}, local_id="zimt", at_least=4),
        Can.STREAM: Exchange(answers={}, at_least=5),
        Can.PUBLISH: Exchange(answers={}),
        Can.ANSWER: Exchange(answers={}, local_id="konrad-brot"),
        Can.ANSWER_DIRECT: Exchange(answers={}, local_id="jascha-direkt"),
        Can.QUOTE: Exchange(answers={}, local_id="saturn"),
        Can.ARTICLE: Exchange(answers={}),
        Can.MODERATE: Exchange(answers={}, local_id="roggen-tilda"),
        Can.FOLLOWERS: Exchange(answers={}, at_least=8),
        Can.FOLLOWED: Exchange(answers={}, at_least=0),
        Can.BOOST: Exchange(answers={}, local_id="saturn"),
        Can.FAVOURITE: Exchange(answers={}, local_id="saturn"),
        Can.FOLLOW: Exchange(answers={}, local_id="emil"),
        Can.MEDIA: Exchange(answers={}),
        Can.EDIT: Exchange(answers={}, local_id="samstag"),
        Can.DELETE: Exchange(answers={}, local_id="samstag"),
        Can.MUTE: Exchange(answers={}, local_id="glanzpreis"),
        Can.BLOCK: Exchange(answers={}, local_id="glanzpreis"),
        Can.REPORT: Exchange(answers={}, local_id="glanzpreis", address="gewinn"),
        Can.ORIGIN: Exchange(answers={}, address=PLAN.uid("posts", "gasse-konrad"), at_least=3),
    },
)


@every_check_of(CASE)
def test_the_pretend_town_keeps_the_contract(check: Check) -> None:
    check()
