"""What the people say to us and about us, before and after the town was entered.

`us` are posts of our own from before: the past already holds a few talks, some of them
answered and some not.
"""

from resonanz.switchboard.pretend.script.beats import Words, line, said
from resonanz.switchboard.shapes import Audience

BEFORE = (
    said(
        "zimt",
        "us",
        "-26d 9h",
        "Ab morgen gibt es wieder Zimtschnecken. Wer eine mit extra viel Zimt möchte: einfach "
        "„die dunkle Ecke“ sagen.",
        "Cinnamon buns are back from tomorrow. If you want one with plenty of cinnamon, just "
        "ask for “the dark corner”.",
    ),
    said(
        "zimt-frieda",
        "frieda",
        "-26d 8h",
        "{us} Ich nehme zwei dunkle Ecken und verrate niemandem, für wen die zweite ist.",
        "{us} I will take two dark corners and tell nobody who the second one is for.",
        answers="zimt",
    ),
    said(
        "zimt-uns",
        "us",
        "-26d 7h",
        "{frieda} Liegen bereit, in zwei Tüten, damit es nicht auffällt.",
        "{frieda} Waiting for you, in two bags, so nobody will notice.",
        answers="zimt-frieda",
    ),
    said(
        "zimt-bodo",
        "bodo",
        "-26d 6h",
        "Zimtschneckenwetter ist es ja, bedeckt und 11 Grad.",
        "It is certainly cinnamon bun weather, overcast and 11 degrees.",
        answers="zimt",
    ),
    said(
        "lob-pavel1",
        "pavel",
        "-24d 3h",
        "{us} Euer Roggenbrot hält länger als meine Geduld mit Kuckucksuhren. Danke dafür.",
        "{us} Your rye bread lasts longer than my patience with cuckoo clocks. Thank you for it.",
        then=(
            line(
                "Mit einer Antwort hatte ich gar nicht gerechnet. Jetzt freue ich mich doppelt.",
                "I had given up on an answer. Now I am twice as pleased.",
            ),
        ),
    ),
    said(
        "lob-pavel1-uns",
        "us",
        "-24d 1h",
        "{pavel} Das Kompliment hängt jetzt über dem Ofen. Danke zurück.",
        "{pavel} The compliment now hangs above the oven. Thank you in turn.",
        answers="lob-pavel1",
    ),
    said(
        "pavel2",
        "pavel",
        "-21d 2h",
        "{us} Sagt mal, warum geht eure Ladenuhr eigentlich nach? Ich käme gern vorbei und sehe "
        "sie mir an, kostenlos, es tut mir einfach weh.",
        "{us} Tell me, why is your shop clock slow? I would gladly come and look at it, free of "
        "charge, it simply hurts.",
        then=(
            line(
                "Dann am Dienstag nach Ladenschluss. Ich bringe das kleine Werkzeug mit.",
                "Tuesday after closing time, then. I will bring the small tools.",
            ),
            line("Abgemacht.", "Agreed."),
        ),
    ),
    said(
        "link-ole",
        "ole",
        "-19d 4h",
        "Wer um halb sechs schon etwas Warmes braucht, bevor die 5.52 nicht kommt: "
        "https://{domain}/ #Bahnhof",
        "If you need something warm at half past five, before the 5.52 does not come: "
        "https://{domain}/ #station",
        then=(
            line(
                "Ehre, wem Ehre gebührt. Ohne euch wäre ich ein Morgenmuffel mit Fahrkarte.",
                "Credit where it is due. Without you I would be a grump with a ticket.",
            ),
        ),
    ),
    said(
        "hannes-lob",
        "hannes",
        "-17d 2h",
        "Mein Ziegenkäse und das Walnussbrot von {name}: Ich sage es nicht gern, aber das Brot "
        "ist der bessere Teil. #Markt",
        "My goat's cheese and the walnut bread from {name}: I hate to say it, but the bread is "
        "the better half. #market",
        then=(
            line(
                "Dann machen wir es zusammen: ein Brett, ein Tisch. Ich rede mit dem Marktamt.",
                "Then let us do it together: one board, one table. I will ask the market office.",
            ),
        ),
    ),
    said(
        "mehl",
        "us",
        "-15d 6h",
        "Unser Mehl kommt jetzt aus der Mühle am Bach, keine vier Kilometer. Man schmeckt den "
        "Unterschied, sagen die einen. Die anderen wollen noch ein Brötchen, um sicherzugehen.",
        "Our flour now comes from the mill on the brook, less than four kilometres away. Some say "
        "you can taste it. The others want one more roll to make sure.",
    ),
    said(
        "mehl-emil",
        "emil",
        "-15d 5h",
        "{us} Schön. An der Mühle nistet übrigens die Wasseramsel, grüßt sie beim Abholen.",
        "{us} Lovely. The dipper nests at the mill by the way, say hello when you fetch the flour.",
        answers="mehl",
        then=(
            line(
                "Auf dem dritten Stein, ganz früh. Man muss nur lange genug nichts tun.",
                "On the third stone, very early. You only have to do nothing for long enough.",
            ),
        ),
    ),
    said(
        "mehl-gretel",
        "gretel",
        "-15d 3h",
        "Vier Kilometer, das ist kürzer als die Schlange am Samstag.",
        "Four kilometres, that is shorter than the queue on Saturdays.",
        answers="mehl",
        then=(
            line(
                "Ein zweiter Tresen am Samstag, das klingt nach einer sehr guten Idee.",
                "A second counter on Saturdays sounds like a very good idea.",
                is_bare=True,
            ),
        ),
    ),
    said(
        "konrad-brot",
        "konrad",
        "-12d 8h",
        "{us} Das Landbrot war am Freitag unten schwarz. Nicht dunkel. Schwarz. Ich habe es aus "
        "Treue gegessen, aber gesagt haben wollte ich es.",
        "{us} The farmhouse loaf was black underneath on Friday. Not dark. Black. I ate it out of "
        "loyalty, but I did want to say so.",
        then=(
            line(
                "Das ist ein Wort. Und was war es nun, der Ofen oder der neue Lehrling?",
                "That is decent of you. So what was it, the oven or the new apprentice?",
            ),
            line(
                "Na also. Ich komme am Freitag wieder und gucke drunter, aus reiner Neugier.",
                "There we are. I will be back on Friday and look underneath, being curious.",
            ),
        ),
    ),
    said(
        "wilma-chor",
        "wilma",
        "-9d 5h",
        "{us} Der Chor hat am Sonntag eure Hefezöpfe verputzt und danach so weich gesungen wie "
        "nie. Wir danken euch, auch im Namen des Basses.",
        "{us} On Sunday the choir finished off your plaited loaves and sang more softly than ever "
        "before. We thank you, the basses included.",
        then=(
            line(
                "Dann bekommt ihr ein Ständchen. Nur kein Geburtstagslied, das können alle.",
                "Then you get a song. Just not a birthday song, anyone can do those.",
            ),
        ),
    ),
    said(
        "faden-1",
        "nuria",
        "-8d 4h",
        "{aylin} Woher hast du eigentlich jeden Morgen diese Brötchen, die in der ganzen Straße "
        "duften?",
        "{aylin} Where do you get those rolls every morning that the whole street smells of?",
    ),
    said(
        "faden-2",
        "aylin",
        "-8d 3h",
        "{nuria} Von {name}. Ich fahre morgens einen Umweg, und der Umweg ist der beste Teil.",
        "{nuria} From {name}. I take a detour in the morning, and the detour is the best part.",
        answers="faden-1",
        then=(
            line(
                "Erwischt. Ich dachte, hier liest niemand mit. Aber wahr ist es trotzdem.",
                "Caught. I thought nobody was reading along. But it is true all the same.",
            ),
        ),
    ),
    said(
        "faden-3",
        "nuria",
        "-8d 2h 40m",
        "{aylin} Und wie sind die so? Ich meine die Leute, nicht die Brötchen.",
        "{aylin} And what are they like? I mean the people, not the rolls.",
        answers="faden-2",
        then=(
            line(
                "Oh. Dann komme ich morgen einfach selbst und bilde mir ein Urteil.",
                "Oh. Then I will simply come by tomorrow and see for myself.",
            ),
        ),
    ),
    said(
        "faden-4",
        "aylin",
        "-8d 2h",
        "{nuria} Mehlig bis zum Ellbogen und immer Zeit für einen Satz mehr als nötig. Einmal "
        "haben sie mir eine Tüte zurückgelegt, ohne dass ich gefragt hatte.",
        "{nuria} Floury up to the elbows and always time for one sentence more than needed. Once "
        "they put a bag aside for me without my asking.",
        answers="faden-3",
    ),
    said(
        "faden-5",
        "konrad",
        "-8d 1h",
        "{nuria} {aylin} Das Landbrot war einmal schwarz. Nur der Vollständigkeit halber. Ich gehe "
        "aber trotzdem hin.",
        "{nuria} {aylin} The farmhouse loaf was black once. Just for the record. I still go there.",
        answers="faden-4",
    ),
    said(
        "faden-6",
        "nuria",
        "-8d",
        "{konrad} {aylin} Wenn sogar du hingehst, Konrad, dann gehe ich morgen auch.",
        "{konrad} {aylin} If even you go there, Konrad, I am going tomorrow.",
        answers="faden-5",
    ),
    said(
        "mira-nuss",
        "mira",
        "-6d 4h",
        "{us} Ist in den Zimtschnecken was mit Nuss? Ich habe eine Allergie und eine Schwäche, "
        "beides für eure Zimtschnecken.",
        "{us} Are there any nuts in the cinnamon buns? I have an allergy and a weakness, and your "
        "cinnamon buns are involved in both.",
        then=(
            line(
                "Danke, das hilft sehr. Und auf demselben Blech, liegt da was mit Nuss?",
                "Thank you, that helps a lot. And on the same tray, is there anything with nuts?",
            ),
            line(
                "Ihr seid die Ersten, die das genau wissen. Samstag, eine dunkle Ecke, bitte.",
                "You are the first who know this exactly. Saturday, one dark corner, please.",
            ),
        ),
    ),
    said(
        "link-frieda",
        "frieda",
        "-5d 3h",
        "Für alle, die mich am Gartenzaun gefragt haben: https://{domain}/brot #Kleingarten",
        "For everyone who asked me over the garden fence: https://{domain}/bread #allotment",
        then=(
            line(
                "Ach, das versteht sich doch. Gutes muss man weitersagen, sonst wird es altbacken.",
                "Oh, that went without saying. Good things must be passed on or they go stale.",
            ),
        ),
    ),
    said(
        "gretel-ernst",
        "gretel",
        "-4d 5h",
        "{us} Meine Mutter liegt seit Montag im Spital und isst kaum. Gestern hat sie ein halbes "
        "Milchbrötchen von euch geschafft und gelächelt. Das wollte ich euch sagen.",
        "{us} My mother has been in hospital since Monday and hardly eats. Yesterday she managed "
        "half a milk roll of yours and smiled. I wanted you to know.",
        warning=Words(de="Krankheit in der Familie", en="Illness in the family"),
        audience=Audience.FOLLOWERS,
        then=(
            line(
                "Danke. Das lese ich ihr heute Nachmittag vor.",
                "Thank you. I will read that to her this afternoon.",
            ),
        ),
    ),
    said(
        "jascha-direkt",
        "jascha",
        "-3d 6h",
        "{us} Kurze Frage unter uns: Könntet ihr am Donnerstag um fünf Uhr früh acht Brötchen für "
        "die Station herausgeben? Eine Kollegin hat ihren letzten Nachtdienst, es soll eine "
        "Überraschung werden.",
        "{us} A quick question between ourselves: could you hand out eight rolls for our ward at "
        "five on Thursday morning? It is a colleague's last night shift and meant as a surprise.",
        audience=Audience.DIRECT,
        then=(
            line(
                "Ihr rettet mir den Morgen. Ich klopfe an die Hintertür, zweimal kurz.",
                "You are saving my morning. I will knock on the back door, twice, briefly.",
            ),
            line("Bis Donnerstag. Und psst.", "Until Thursday. And hush."),
        ),
    ),
    said(
        "tilda-fest",
        "tilda",
        "-2d 6h",
        "{us} Für das Schulfest bräuchten wir 120 Brötchen, möglichst klein, möglichst viele davon "
        "schief, die schiefen gehen zuerst. Wäre das denkbar? #Schulfest",
        "{us} For the school festival we would need 120 rolls, rather small and plenty of them "
        "crooked, the crooked ones go first. Would that be possible? #schoolfestival",
        then=(
            line(
                "Wunderbar. Bis wann müsst ihr die genaue Zahl wissen?",
                "Wonderful. By when do you need the exact number?",
            ),
            line(
                "Steht im Kalender, dick unterstrichen. Die Kinder malen euch ein Schild.",
                "It is in the calendar, underlined. The children are going to paint you a sign.",
            ),
        ),
    ),
    said(
        "nuria-danke",
        "nuria",
        "-1d 5h",
        "{us} Danke, dass ihr gestern dem Jungen ohne Geld das Brötchen gegeben habt. Er hat es "
        "bei mir im Laden gegessen und dabei zwei Seiten vorgelesen.",
        "{us} Thank you for giving a roll to the boy without money yesterday. He ate it in my shop "
        "and read two pages aloud while he was at it.",
        then=(
            line(
                "Er kommt wieder, hat er gesagt. Wegen Seite drei.",
                "He is coming back, he said. Because of page three.",
            ),
        ),
    ),
    said(
        "samstag",
        "us",
        "-20h",
        "Am Samstag öffnen wir eine halbe Stunde früher. Der Ofen ist sowieso wach, und wir sind "
        "es mit Kaffee auch.",
        "On Saturday we open half an hour earlier. The oven is awake anyway, and with coffee so "
        "are we.",
    ),
    said(
        "samstag-bodo",
        "bodo",
        "-18h",
        "Samstag wird klar. Es lohnt sich, den Weg zu Fuß zu gehen.",
        "Saturday will be clear. It is worth coming on foot.",
        answers="samstag",
        then=(
            line(
                "31 Jahre Übung. Nur beim Ostermontag lag ich einmal daneben.",
                "31 years of practice. I was wrong only once, on an Easter Monday.",
                is_bare=True,
            ),
        ),
    ),
    said(
        "ole-frueh",
        "ole",
        "-3h",
        "{us} Halb sechs auf dem Schild, zwanzig vor sechs an der Tür. Ich sage nichts. Ich bin "
        "Bahnfahrer. Aber was stimmt denn nun?",
        "{us} Half past five on the sign, twenty to six at the door. I am not saying anything. I "
        "travel by train. But which of them is right?",
        then=(
            line(
                "Danke, dass ihr es geradeheraus sagt. Bei der Bahn wären das drei Formulare.",
                "Thank you for saying so plainly. With the railway that would be three forms.",
            ),
        ),
    ),
)
