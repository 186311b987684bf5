"""The people of the town. All of them are invented; their hosts end in `.example`."""

from resonanz.switchboard.pretend.script.beats import Words
from resonanz.switchboard.shapes import Shape

TOWN = "Mühlwinkel"
HOST = "muehlwinkel.example"


class Neighbour(Shape):
    """Somebody who lives in the town. `is_chatty` says whether she answers when we speak first.

    `years` is how long she has had her account when we enter the town. `moved_to` is the slug of
    the account to which this one has gone.
    """

    slug: str
    name: str
    bio: Words
    years: int = 3
    is_bot: bool = False
    is_chatty: bool = True
    is_locked: bool = False
    is_indexable: bool = True
    moved_to: str = ""

    @property
    def handle(self) -> str:
        """What people type to name her."""
        return f"@{self.slug}@{HOST}"


def _person(slug: str, name: str, de: str, en: str, **more: object) -> Neighbour:
    return Neighbour(slug=slug, name=name, bio=Words(de=de, en=en), **more)  # type: ignore[arg-type]


NEIGHBOURS = (
    _person(
        "frieda",
        "Frieda Haselbrink",
        "Parzelle 17. Früher Lehrerin, heute Schülerin meiner Tomaten.",
        "Plot 17. Once a teacher, now taught by my tomatoes.",
        years=6,
    ),
    _person(
        "ole",
        "Ole Tannwald",
        "Pendler. Führt Buch über die Bahnhofsuhr und liebt sie trotzdem.",
        "Commuter. Keeps a record of the station clock and loves it all the same.",
        years=4,
    ),
    _person(
        "nuria",
        "Nuria Feldspat",
        "Buchladen am Brunnen. Ich verleihe auch Regenschirme.",
        "Bookshop by the fountain. I lend umbrellas, too.",
        years=7,
    ),
    _person(
        "konrad",
        "Konrad Bimmel",
        "Rentner. Meckert nur über das, was ihm am Herzen liegt.",
        "Retired. Grumbles only about what he is fond of.",
    ),
    _person(
        "wilma",
        "Wilma Quittenstein",
        "Leitet den Chor. Singt auch beim Abwasch, und zwar zweistimmig.",
        "Runs the choir. Sings at the washing-up, in two parts.",
        years=5,
    ),
    _person(
        "jascha",
        "Jascha Lindwurm",
        "Nachtdienst im Spital. Mein Frühstück ist euer Abendbrot.",
        "Night shifts at the hospital. My breakfast is your supper.",
        years=2,
        is_chatty=False,
        is_locked=True,
    ),
    _person(
        "tilda",
        "Tilda Moosbach",
        "Elternrat, Kuchenliste, Taschentücher. Immer alles dabei.",
        "Parents' council, cake list, tissues. Never without.",
    ),
    _person(
        "emil",
        "Emil Wachtelmann",
        "Zählt Mauersegler. Wer mitzählen mag, ist eingeladen.",
        "Counts swifts. Anyone may join in.",
        years=8,
    ),
    _person(
        "aylin",
        "Aylin Sommerkorn",
        "Fahrradwerkstatt in der alten Schmiede. Kette, Tee, Gespräch.",
        "Bicycle workshop in the old smithy. Chain, tea, a chat.",
    ),
    _person(
        "hannes",
        "Hannes Krumenau",
        "Käse auf dem Markt. Mein Brot backen andere, und das ist gut so.",
        "Cheese at the market. Others bake my bread, and so they should.",
        years=4,
    ),
    _person(
        "mira",
        "Mira Sternlauf",
        "16. Teleskop, Vokabeln, Nussallergie. In dieser Reihenfolge.",
        "16. Telescope, vocabulary, nut allergy. In that order.",
        years=1,
    ),
    _person(
        "bodo",
        "Bodo Regenfass",
        "Wetter, aufgeschrieben. Seit 31 Jahren jeden Morgen.",
        "Weather, written down. Every morning for 31 years.",
        years=9,
    ),
    _person(
        "gretel",
        "Gretel Zwirn",
        "Schneiderin. Ich kürze alles, nur meine Geschichten nicht. #nobridge",
        "Tailor. I shorten everything except my stories. #nobridge",
    ),
    _person(
        "pavel",
        "Pavel Uhrland",
        "Repariert Uhren und manchmal einen Vormittag. #nobot",
        "Mends clocks, and now and then a morning. #nobot",
        years=5,
        is_chatty=False,
    ),
    _person(
        "wetterglas",
        "Bodos Wetterglas",
        "Stand 30 Jahre auf der Fensterbank. Bodo schreibt jetzt unter seinem Namen.",
        "Stood on the window sill for 30 years. Bodo now writes under his own name.",
        years=9,
        is_chatty=False,
        is_indexable=False,
        moved_to="bodo",
    ),
    _person(
        "glanzpreis",
        "Glanzpreis Aktion",
        "Gewinne!! Jeden Tag!! https://glanzpreis.example",
        "Prizes!! Every day!! https://glanzpreis.example",
        years=0,
        is_bot=True,
        is_chatty=False,
    ),
)

BY_SLUG = {neighbour.slug: neighbour for neighbour in NEIGHBOURS}
CHATTY = tuple(neighbour for neighbour in NEIGHBOURS if neighbour.is_chatty)
