"""Our page in the town: an article of ours, and what people write below it.

Whoever comments there for the first time waits until we have looked at it.
"""

from resonanz.switchboard.pretend.script.beats import Words, line, said
from resonanz.switchboard.shapes import Kind, Standing

OUR_PAGE = (
    said(
        "roggen",
        "us",
        "-11d 4h",
        "Roggen hat es nicht eilig. Der Teig wird abends um neun angesetzt, schläft in der "
        "Mehlkammer und steht um drei auf, eine Stunde vor uns.\n\nWer wissen möchte, warum das "
        "Brot am zweiten Tag besser schmeckt als am ersten: Es hat dann ausgeschlafen.\n\nDas "
        "ganze Rezept hängt im Laden neben der Tür. Abschreiben ist erlaubt.",
        "Rye is in no hurry. The dough is set at nine in the evening, sleeps in the flour room "
        "and gets up at three, an hour before we do.\n\nIf you wonder why the bread tastes "
        "better on its second day: it has had its sleep by then.\n\nThe whole recipe hangs in "
        "the shop, next to the door. You may copy it.",
        title=Words(de="Warum unser Roggen nachts geht", en="Why our rye rises at night"),
        kind=Kind.ARTICLE,
    ),
    said(
        "roggen-tilda",
        "tilda",
        "-11d 2h",
        "Das erkläre ich den Kindern genau so. Und mir selbst am Montagmorgen.",
        "That is just how I will explain it to the children. And to myself on Monday morning.",
        answers="roggen",
        kind=Kind.COMMENT,
    ),
    said(
        "roggen-uns",
        "us",
        "-11d 1h",
        "Montags schlafen wir auch. Da geht nur der Sauerteig zur Arbeit.",
        "On Mondays we sleep, too. Only the sourdough goes to work.",
        answers="roggen-tilda",
        kind=Kind.COMMENT,
    ),
    said(
        "roggen-mira",
        "mira",
        "7m",
        "Ich habe das Rezept abgeschrieben. Steht da wirklich „eine Handvoll Geduld“? Meine Waage "
        "kann das nicht.",
        "I have copied the recipe. Does it really say “a handful of patience”? My scales cannot "
        "weigh that.",
        answers="roggen",
        kind=Kind.COMMENT,
        standing=Standing.HELD,
        then=(
            line(
                "Also mit der Hand. Ich berichte, wenn der Teig aufgestanden ist.",
                "By hand, then. I will report when the dough has got up.",
            ),
        ),
    ),
    said(
        "roggen-gewinn",
        "glanzpreis",
        "11m",
        "Toller Artikel!! Ein Ofen wartet auf DICH!! https://glanzpreis.example/ofen",
        "Great article!! An oven is waiting for YOU!! https://glanzpreis.example/oven",
        answers="roggen",
        kind=Kind.COMMENT,
        standing=Standing.HELD,
    ),
    said(
        "umzug-bodo",
        "wetterglas",
        "-28d 6h",
        "Ich ziehe um. Wer weiter wissen will, wie das Wetter wird, liest ab heute {bodo}. Das "
        "Glas bleibt auf der Fensterbank.",
        "I am moving. Whoever still wants to know what the weather will be reads {bodo} from "
        "today. The glass stays on the window sill.",
    ),
)
