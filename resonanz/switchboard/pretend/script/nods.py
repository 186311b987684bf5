"""What the people do without words: follow, favourite, boost."""

from resonanz.switchboard.pretend.script.beats import nod
from resonanz.switchboard.shapes import ReactionKind

NODS_BEFORE = (
    nod("frieda", "-40d", ReactionKind.FOLLOW),
    nod("pavel", "-38d", ReactionKind.FOLLOW),
    nod("bodo", "-30d", ReactionKind.FOLLOW),
    nod("frieda", "-26d 8h", ReactionKind.FAVOURITE, "zimt"),
    nod("wilma", "-26d 5h", ReactionKind.BOOST, "zimt"),
    nod("pavel", "-24d", ReactionKind.FAVOURITE, "lob-pavel1-uns"),
    nod("hannes", "-17d 1h", ReactionKind.FOLLOW),
    nod("emil", "-15d 5h", ReactionKind.BOOST, "mehl"),
    nod("hannes", "-15d 2h", ReactionKind.FAVOURITE, "mehl"),
    nod("aylin", "-8d 2h", ReactionKind.FOLLOW),
    nod("nuria", "-7d 9h", ReactionKind.FOLLOW),
    nod("glanzpreis", "-5d 1h", ReactionKind.FOLLOW),
    nod("jascha", "-3d 7h", ReactionKind.FOLLOW),
    nod("tilda", "-19h", ReactionKind.BOOST, "samstag"),
    nod("konrad", "-17h", ReactionKind.FAVOURITE, "samstag"),
)

NODS_AFTER = (
    nod("mira", "3m", ReactionKind.FAVOURITE, "samstag"),
    nod("mira", "8m", ReactionKind.FOLLOW),
    nod("wilma", "50m", ReactionKind.BOOST, "samstag"),
    nod("tilda", "3h", ReactionKind.FOLLOW),
    nod("konrad", "5h", ReactionKind.FOLLOW),
)

# Neighbours passing on what neighbours said.
PASSED_ON = (
    nod("emil", "-12d 5h", ReactionKind.BOOST, "gleis2"),
    nod("nuria", "-4d", ReactionKind.BOOST, "schulfest-plan"),
    nod("aylin", "-20h", ReactionKind.BOOST, "eule"),
    nod("frieda", "3d 2h", ReactionKind.BOOST, "sternschnuppen"),
)
