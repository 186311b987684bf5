"""What Alice of the invented bakery types, in the language of her house."""

from dataclasses import dataclass

EMAIL = "alice@bakery.example"
PASSWORD = "rye-and-caraway-17"


@dataclass(frozen=True)
class Words:
    """One language's words. `blogs` are title, first entry's title and its text.

    `article` is a title and a text.
    """

    workspace: str
    domain: str
    answer: str
    begun_answer: str
    refused_answer: str
    unsure_answer: str
    promise: str
    own: str
    begun: str
    note: str
    counter: str
    counter_answer: str
    phone: str
    article: tuple[str, str]
    blogs: tuple[tuple[str, str, str], ...]


WORDS = {
    "de": Words(
        workspace="Bäckerei Morgenrot",
        domain="morgenrot.example",
        answer="Danke fürs Sagen. Ich sehe heute Abend nach und melde mich morgen früh.",
        begun_answer="Ja, gern. Am besten vor neun, dann ist noch Ruhe.",
        refused_answer="Das stimmt, und es tut mir leid.",
        unsure_answer="Ich lege eines zurück, auf deinen Namen.",
        promise="Das Rezept für den Vorteig heraussuchen",
        own="Der Ofen ist seit vier warm. Wer vorbeikommt: Heute gibt es wieder Dinkelbrot.",
        begun="Ab Montag öffnen wir eine halbe Stunde früher, weil",
        note="Fragt genau und meint es gut. Kommt samstags.",
        counter="Das Roggenbrot war gestern innen noch feucht. Sonst immer wunderbar.",
        counter_answer="Danke, das sage ich in der Backstube. Das nächste geht auf uns.",
        phone="Fragt, ob es das auch für zwanzig Leute gibt, am Samstag in einer Woche.",
        article=(
            "Was ein Ofen nachts macht",
            "Er wartet.\n\nUm drei kommt jemand und legt Holz nach. Mehr unter "
            "https://morgenrot.example/ofen.",
        ),
        blogs=(
            (
                "Werftblog",
                "Vom Warten, und warum es im Winter leichter fällt",
                "Wer ein Boot streicht, wartet mehr, als er streicht. Im Winter gibt man es zu.",
            ),
            ("Gartenpost", "Die ersten Sämlinge", "Drei Töpfe, vier Keime, ein Irrtum."),
            ("Bahnhofsuhr", "Sie geht wieder", "Sieben Minuten vor, aber sie geht."),
        ),
    ),
    "en": Words(
        workspace="Daybreak Bakery",
        domain="daybreak.example",
        answer="Thank you for telling me. I will look tonight and write tomorrow morning.",
        begun_answer="Yes, gladly. Best before nine, while it is still quiet.",
        refused_answer="That is true, and I am sorry.",
        unsure_answer="I will put one aside, under your name.",
        promise="Look up the recipe for the starter",
        own="The oven has been warm since four. If you come by: the spelt bread is back today.",
        begun="From Monday we open half an hour earlier, because",
        note="Asks precisely and means well. Comes on Saturdays.",
        counter="Yesterday the rye was still damp inside. It is wonderful otherwise.",
        counter_answer="Thank you, I will tell the bakers. The next one is on us.",
        phone="Asks whether we can do that for twenty people, on Saturday week.",
        article=(
            "What an oven does at night",
            "It waits.\n\nAt three somebody comes and puts wood in. More about it at "
            "https://daybreak.example/oven.",
        ),
        blogs=(
            (
                "Boatyard notes",
                "On waiting, and why it is easier in winter",
                "Whoever paints a boat waits more than he paints. In winter one admits it.",
            ),
            ("Garden post", "The first seedlings", "Three pots, four sprouts, one mistake."),
            ("Station clock", "It runs again", "Seven minutes fast, but it runs."),
        ),
    ),
}
