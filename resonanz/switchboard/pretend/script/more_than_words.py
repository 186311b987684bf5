"""What people say with more than words: pictures, polls, pages, quotes; and what they change.

The conversation about the lane by the mill began on another server, and ours knows half of it.
"""

from resonanz.switchboard.pretend.script.beats import (
    Ballot,
    Drawing,
    Leaflet,
    Words,
    line,
    said,
    when,
)

SHOWN = (
    said(
        "bild-aylin",
        "aylin",
        "-2d 5h",
        "{us} Eure Brezel hat heute die Form einer Acht. Ich habe sie fotografiert, bevor sie weg "
        "war, und danach auch.",
        "{us} Your pretzel is shaped like an eight today. I took its picture before it was gone, "
        "and afterwards, too.",
        pictures=(
            Drawing(
                motif="pretzel",
                words=Words(
                    de="Eine braune Brezel in Form einer liegenden Acht auf einem Holzbrett.",
                    en="A brown pretzel in the shape of an eight lying on its side, on a board.",
                ),
            ),
            Drawing(motif="crumbs"),
        ),
        then=(
            line(
                "Ich hänge sie in die Werkstatt. Neben den Kettenplan.",
                "I will hang it in the workshop. Next to the chain chart.",
            ),
        ),
    ),
    said(
        "gasse",
        "ole",
        "-3d 4h",
        "In der Mühlgasse wird ab nächster Woche gebaut. Der Gehweg bleibt frei, sagt das Schild.",
        "Works in Mill Lane from next week. The pavement stays open, says the sign.",
        is_elsewhere=True,
    ),
    said(
        "gasse-konrad",
        "konrad",
        "-3d 3h",
        "{ole} {us} Und wie kommt das Mehl dann in die Backstube? Das soll mir einer erklären.",
        "{ole} {us} And how will the flour get into the bakery then? Somebody explain that to me.",
        answers="gasse",
        then=(
            line(
                "Mit der Schubkarre also. Das will ich sehen.",
                "By wheelbarrow, then. That I want to see.",
            ),
        ),
    ),
    said(
        "gasse-tilda",
        "tilda",
        "-3d 2h",
        "{konrad} Notfalls tragen es die Kinder, einzeln, in Eimerchen. Sie freuen sich schon.",
        "{konrad} If need be the children will carry it, in little buckets. They cannot wait.",
        answers="gasse-konrad",
        is_elsewhere=True,
    ),
    said(
        "umfrage-tilda",
        "tilda",
        "-1d 3h",
        "Welcher Kuchen soll beim Schulfest vorn stehen? #Schulfest",
        "Which cake shall stand in front at the school festival? #schoolfestival",
        ballot=Ballot(
            choices=(
                (Words(de="Bienenstich", en="Bee sting cake"), 14),
                (Words(de="Der schiefe Marmorkuchen", en="The lopsided marble cake"), 23),
                (Words(de="Alle, nebeneinander", en="All of them, side by side"), 41),
            ),
            ends=when("20m"),
        ),
    ),
    said(
        "umfrage-bodo",
        "bodo",
        "-6d 2h",
        "Was soll ich künftig morgens mitschreiben? Mehreres ist erlaubt. #Wetter",
        "What else shall I write down in the mornings? More than one is fine. #weather",
        ballot=Ballot(
            choices=(
                (Words(de="Tau", en="Dew"), 9),
                (Words(de="Nebel am Bach", en="Mist on the brook"), 17),
            ),
            ends=when("-5d 2h"),
            is_multiple=True,
        ),
    ),
    said(
        "karte-nuria",
        "nuria",
        "-1d 7h",
        "Der Lesekreis hat jetzt eine eigene Seite: https://buchladen.example/lesekreis #Bücher",
        "The reading circle has a page of its own now: https://buchladen.example/lesekreis #books",
        leaflet=Leaflet(
            url="https://buchladen.example/lesekreis",
            title=Words(de="Der Lesekreis am Brunnen", en="The reading circle by the fountain"),
            words=Words(
                de="Jeden zweiten Dienstag. Wer das Buch nicht gelesen hat, bringt Kekse mit.",
                en="Every other Tuesday. Whoever has not read the book brings biscuits.",
            ),
            provider="Buchladen am Brunnen",
            motif="books",
        ),
    ),
    said(
        "zitat-hannes",
        "hannes",
        "-10h",
        "Genau so macht man das. {us} Ich bringe am Samstag Käse vorbei, auch eine halbe Stunde "
        "früher.",
        "That is how it is done. {us} I will bring cheese on Saturday, half an hour early as well.",
        quotes="samstag",
        then=(
            line(
                "Dann reden wir vor Ort. Ich bringe den milden mit.",
                "We will talk when I am there. I am bringing the mild one.",
            ),
        ),
    ),
    said(
        "uhr-ole",
        "ole",
        "6m",
        "{us} Am Bahnhof hängt jetzt eine Ersatzuhr. Sie geht um sieben Minuten vor, passt also "
        "zu eurer.",
        "{us} There is a spare clock at the station now. It is seven minutes fast, so it matches "
        "yours.",
        changed_at=when("12m"),
        changed=Words(
            de="{us} Am Bahnhof hängt jetzt eine Ersatzuhr. Sie geht um neun Minuten vor, ich habe "
            "nachgemessen, passt also fast zu eurer.",
            en="{us} There is a spare clock at the station now. It is nine minutes fast, I have "
            "measured again, so it nearly matches yours.",
        ),
        pictures=(
            Drawing(
                motif="clock",
                words=Words(
                    de="Eine runde Bahnhofsuhr mit weißem Zifferblatt vor grauem Himmel.",
                    en="A round station clock with a white face against a grey sky.",
                ),
            ),
        ),
    ),
    said(
        "geheim-gretel",
        "gretel",
        "10m",
        "{us} Ich nähe Konrad zum Geburtstag eine Brötchentasche. Habt ihr ein Muster von der "
        "großen Tüte?",
        "{us} I am sewing Konrad a bread bag for his birthday. Do you have a pattern of the large "
        "one?",
        goes=when("16m"),
    ),
    said(
        "kuerbisse",
        "frieda",
        "1h",
        "Falls jemand fragt, wie viele es sind: so viele. #Kleingarten",
        "In case anybody asks how many there are: this many. #allotment",
        pictures=(
            Drawing(
                motif="pumpkins",
                words=Words(
                    de="Drei große orange Kürbisse auf einer Wiese.",
                    en="Three large orange pumpkins on a meadow.",
                ),
            ),
        ),
    ),
)
