"""What the people say back: to an answer, to a question, to a boost, to a first word of ours."""

from resonanz.switchboard.pretend.script.beats import Line, line

# To an answer of ours when the script has no line of its own for it.
TO_ANSWERS = (
    line("Das ist nett, danke euch.", "That is kind, thank you."),
    line("So habe ich das noch nicht gesehen. Danke.", "I had not seen it like that. Thank you."),
    line("Gut zu wissen. Bis bald im Laden.", "Good to know. See you in the shop."),
    line("Schön, dass ihr antwortet. Das tut nicht jeder.", "Nice of you to answer. Not all do."),
)

# To an answer of ours that ends in a question.
TO_QUESTIONS = (
    line(
        "Gute Frage. Ich schaue nach und erzähle es euch morgen am Tresen.",
        "Good question. I will look and tell you at the counter tomorrow.",
    ),
    line("Ja, genau so meinte ich das.", "Yes, that is just what I meant."),
    line(
        "Ehrlich gesagt: beides ein bisschen. Fragt mich in einer Woche noch einmal.",
        "To be honest: a little of both. Ask me again in a week.",
    ),
    line("Nein, aber danke, dass ihr fragt.", "No, but thank you for asking."),
)

# To a boost of ours.
TO_BOOSTS = (
    line(
        "Oh, danke fürs Weitersagen. Hier ist gleich richtig Betrieb.",
        "Oh, thank you for passing that on. It is getting quite busy here.",
    ),
    line("Das ist lieb von euch, danke.", "That is sweet of you, thank you."),
    line("Ihr habt ja Augen überall. Danke.", "You do have eyes everywhere. Thank you."),
)

# To something that we said without being asked: the first to speak, then a passer-by.
TO_FIRST_WORDS: tuple[tuple[Line, Line], ...] = (
    (
        line(
            "Genau so etwas lese ich gern von euch. Mehr davon.",
            "This is just what I like to read from you. More of it.",
        ),
        line("Notiert, unterstrichen, gefreut.", "Noted, underlined, pleased.", is_bare=True),
    ),
    (
        line("Wer von euch hat das geschrieben?", "Which of you wrote that?"),
        line(
            "Bei mir in der Straße reden sie schon darüber.",
            "They are already talking about it in my street.",
            is_bare=True,
        ),
    ),
    (
        line(
            "Erzählt ihr bei Gelegenheit, wie es weitergeht?",
            "Will you tell us some time how it goes on?",
        ),
        line("Da komme ich vorbei.", "I will drop by.", is_bare=True),
    ),
    (
        line(
            "Darüber musste ich auf dem Heimweg noch nachdenken.",
            "I kept thinking about that on my way home.",
        ),
        line(
            "Ich habe es meiner Nachbarin vorgelesen, sie nickt.",
            "I read it to my neighbour, she is nodding.",
            is_bare=True,
        ),
    ),
)
