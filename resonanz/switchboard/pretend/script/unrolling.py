"""What the people say to us and about us once we are there: minutes first, then days."""

from resonanz.switchboard.pretend.script.beats import line, said
from resonanz.switchboard.shapes import Audience

AFTER = (
    said(
        "aylin-tipp",
        "aylin",
        "2m",
        "Neu hier und hungrig? Mein Rat: erst zu {name}, dann weiterfragen. Mit vollem Mund "
        "fragt es sich freundlicher. {us}",
        "New here and hungry? My advice: go to {name} first and ask your questions afterwards. "
        "Questions get friendlier with a full mouth. {us}",
        then=(
            line(
                "Immer gern. Ihr habt mir ja auch schon zweimal den Reifen gehalten.",
                "Any time. After all you have held my tyre for me, twice.",
            ),
        ),
    ),
    said(
        "frieda-kuerbis",
        "frieda",
        "4m",
        "{us} Ich habe zu viele Kürbisse, ihr habt einen Ofen. Sollten wir uns unterhalten?",
        "{us} I have too many pumpkins, you have an oven. Should we talk?",
        then=(
            line(
                "Sehr gut. Reichen fürs Erste neun, oder darf es die Schubkarre sein?",
                "Very good. Will nine do to begin with, or shall it be the wheelbarrow?",
            ),
            line(
                "Dann stehe ich um acht mit der Schubkarre da. Bitte nicht erschrecken.",
                "Then I will be there at eight with the wheelbarrow. Please do not be alarmed.",
            ),
        ),
    ),
    said(
        "samstag-gretel",
        "gretel",
        "7m",
        "Früher aufmachen ist gut. Noch besser wären zwei, die verkaufen.",
        "Opening earlier is good. Two people selling would be better still.",
        answers="samstag",
        then=(
            line(
                "Das freut mich. Ich stelle mich dann in die kürzere Reihe und gucke zufrieden.",
                "I am glad. I will stand in the shorter queue then and look content.",
                is_bare=True,
            ),
        ),
    ),
    said(
        "link-nuria",
        "nuria",
        "26m",
        "Falls der Lesekreis heute wieder länger dauert: https://{domain}/ hat bis sechs offen.",
        "In case the reading circle runs late again today: https://{domain}/ is open until six.",
        then=(
            line(
                "Ihr lest ja wirklich alles. Der Lesekreis nicht, aber der hat Hunger.",
                "You really do read everything. The reading circle does not, but it is hungry.",
            ),
        ),
    ),
    said(
        "emil-hefe",
        "emil",
        "1h 40m",
        "{us} Frage eines Unwissenden: Wohin fliegt eigentlich der Duft um vier Uhr früh? Bei "
        "Ostwind habe ich ihn bis auf den Kirchturm.",
        "{us} A layman's question: where does the smell go at four in the morning? With an east "
        "wind it reaches me up on the church tower.",
        then=(
            line(
                "Das erkläre ich morgen den Mauerseglern. Danke.",
                "I will explain that to the swifts tomorrow. Thank you.",
            ),
        ),
    ),
    said(
        "konrad-tuete",
        "konrad",
        "4h",
        "{us} Die neuen Papiertüten reißen. Gestern lagen vier Semmeln auf dem Marktplatz, und die "
        "Tauben haben gegrinst. Das war früher nicht so.",
        "{us} The new paper bags tear. Yesterday four rolls lay in the market square, and the "
        "pigeons were grinning. This never used to happen.",
        then=(
            line(
                "Gut. Und bis dahin, bekomme ich so lange eine von den alten?",
                "Good. And until then, may I have one of the old ones?",
            ),
            line(
                "In Ordnung. Die Tauben werden enttäuscht sein, ich nicht.",
                "All right. The pigeons will be disappointed, I am not.",
            ),
        ),
    ),
    said(
        "hannes-brett",
        "hannes",
        "9h",
        "{us} Das Marktamt sagt ja zu einem gemeinsamen Brett: euer Brot, mein Käse, ein Tisch. "
        "Samstag in zwei Wochen? #Markt",
        "{us} The market office says yes to a shared board: your bread, my cheese, one table. "
        "Saturday in two weeks? #market",
        then=(
            line(
                "Handschlag. Ich bringe Messer mit, ihr den Hunger der anderen.",
                "It is a deal. I will bring the knives, you bring other people's appetite.",
            ),
        ),
    ),
    said(
        "jascha-danke",
        "jascha",
        "1d 1h",
        "{us} Die Kollegin hat geweint, die Brötchen waren nach vier Minuten weg. Danke, dass man "
        "bei euch so etwas einfach fragen kann.",
        "{us} My colleague cried, and the rolls were gone in four minutes. Thank you for being "
        "people one can simply ask.",
        audience=Audience.DIRECT,
        then=(
            line(
                "Sie fragt, ob ihr auch Oberärzte überrascht. Das hat aber Zeit.",
                "She asks whether you surprise senior doctors, too. No hurry, though.",
            ),
        ),
    ),
    said(
        "mira-stern",
        "mira",
        "1d 5h",
        "{us} Könntet ihr zur Sternschnuppennacht das Ladenlicht ausmachen? Nur eine Stunde. Ich "
        "frage die ganze Straße, bei euch fange ich an.",
        "{us} Could you switch off the shop lights for the night of the shooting stars? Only for "
        "an hour. I am asking the whole street and starting with you.",
        then=(
            line(
                "Danke! Dann sind es drei Sterne mehr. Ich habe das ausgerechnet.",
                "Thank you! That makes three more stars. I worked it out.",
            ),
        ),
    ),
    said(
        "frage-tenor",
        "wilma",
        "2d 2h",
        "{frieda} Unser neuer Tenor sucht ein Frühstück, bei dem man sitzen darf. Weißt du was?",
        "{frieda} Our new tenor is looking for a breakfast one may sit down to. Any ideas?",
    ),
    said(
        "frage-tenor-2",
        "frieda",
        "2d 3h",
        "{wilma} Schick ihn zu https://{domain}/ und sag, er soll sich ans Fenster setzen. Die "
        "Hunde kennen sie dort schon.",
        "{wilma} Send him to https://{domain}/ and tell him to take the window seat. They already "
        "know the dogs.",
        answers="frage-tenor",
        then=(
            line(
                "Er war da. Er hat gesungen, hat er gesagt, aber nur innerlich.",
                "He has been. He sang, he said, but only inwardly.",
            ),
        ),
    ),
    said(
        "tilda-schild",
        "tilda",
        "3d 3h",
        "{us} Das Schild für euch ist fertig. Es steht „BRÖTSCHEN“ darauf, und die Kinder bestehen "
        "darauf, dass es so bleibt. #Schulfest",
        "{us} Your sign is ready. It says “ROLZ”, and the children insist that it stays that way. "
        "#schoolfestival",
        then=(
            line(
                "Ich richte es aus. Es wird Jubel geben, mindestens zwei Minuten.",
                "I will tell them. There will be cheering, two minutes at the least.",
            ),
        ),
    ),
    said(
        "gretel-mutter",
        "gretel",
        "4d 2h",
        "{us} Meine Mutter ist wieder zu Hause. Sie möchte wissen, wer bei euch die Milchbrötchen "
        "macht, sie möchte sich bedanken. Persönlich, im guten Mantel.",
        "{us} My mother is home again. She would like to know who makes your milk rolls, she wants "
        "to say thank you. In person, in her good coat.",
        audience=Audience.FOLLOWERS,
        then=(
            line(
                "Dann kommen wir am Freitag. Und ja, es ist der Mantel mit dem Knopf.",
                "Then we will come on Friday. And yes, it is the coat with the button.",
            ),
        ),
    ),
    said(
        "link-emil",
        "emil",
        "5d 4h",
        "Zählpause. Das hier trägt mich über den Vormittag: https://{domain}/brot #Vögel",
        "A break from counting. This gets me through the morning: https://{domain}/bread #birds",
        then=(
            line(
                "Dafür zähle ich eure Spatzen umsonst. Es sind neunzehn.",
                "In return I count your sparrows for nothing. There are nineteen.",
            ),
        ),
    ),
    said(
        "ole-uhr",
        "ole",
        "6d 2h",
        "{us} Eure Ladenuhr und die Bahnhofsuhr zeigen seit heute dieselbe Zeit. Beide falsch, "
        "aber dieselbe. Hat Pavel sich eigentlich gemeldet?",
        "{us} Since today your shop clock and the station clock have shown the same time. Both "
        "wrong, but the same. Have you heard from Pavel, by the way?",
        then=(
            line(
                "Ich auch nicht. Schreibt ihr ihm einmal? Von euch würde es ihn freuen.",
                "Neither have I. Will you write to him? Coming from you, it would please him.",
            ),
        ),
    ),
)
