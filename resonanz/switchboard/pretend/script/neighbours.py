"""What the neighbours said unprompted before we came. None of this is about us."""

from resonanz.switchboard.pretend.script.beats import line, said

TALK = (
    said(
        "schnecken",
        "frieda",
        "-27d 3h",
        "Heute Nacht haben die Schnecken drei Salatköpfe geholt. Den vierten haben sie "
        "stehen lassen, vermutlich aus Höflichkeit. #Kleingarten",
        "The slugs took three lettuces last night. They left the fourth one, out of "
        "politeness I suppose. #allotment",
    ),
    said(
        "bahnhofsuhr",
        "ole",
        "-26d 5h",
        "Bahnhofsuhr, Tag 112: geht sieben Minuten vor. Ich war zum ersten Mal seit Jahren "
        "pünktlich und wusste nichts damit anzufangen. #Bahnhof",
        "Station clock, day 112: seven minutes fast. I was early for the first time in years "
        "and had no idea what to do with it. #station",
    ),
    said(
        "regenbuch",
        "nuria",
        "-25d",
        "Ich lese gerade ein Buch, in dem vierhundert Seiten lang nichts passiert. Auf Seite "
        "401 kocht jemand Suppe, und ich habe geweint. #Bücher",
        "I am reading a book in which nothing happens for four hundred pages. On page 401 "
        "somebody makes soup, and I cried. #books",
        then=(
            line(
                "Es heißt „Das lange Ufer“. Ich lege dir ein Exemplar zurück, ganz ohne Eile.",
                "It is called “The Long Shore”. I will put a copy aside for you, no hurry at all.",
            ),
        ),
    ),
    said(
        "mauersegler",
        "emil",
        "-24d 6h",
        "41 Mauersegler über dem Rathaus. Einer flog eine Runde extra, ich glaube, er hat "
        "mich gemeint. #Vögel",
        "41 swifts over the town hall. One flew an extra round, I think it was meant for me. "
        "#birds",
    ),
    said(
        "klingel",
        "aylin",
        "-23d 2h",
        "Kundin bringt ein Rad: „Es quietscht.“ Es war die Klingel. Sie war nur einsam. #Fahrrad",
        "A customer brings a bicycle: “It squeaks.” It was the bell. It was only lonely. #bicycle",
    ),
    said(
        "probe",
        "wilma",
        "-22d 4h",
        "Chorprobe: Der Bass hat heute zum ersten Mal alle Töne getroffen. Leider "
        "gleichzeitig. #Chor",
        "Choir practice: the basses hit every note today. Sadly all at once. #choir",
    ),
    said(
        "nebel",
        "bodo",
        "-21d 7h",
        "Nebel bis zum Kirchturm, 6 Grad, kein Wind. Die Kühe am Hang sind nur zu hören. #Wetter",
        "Fog up to the church tower, 6 degrees, no wind. The cows on the slope can only be "
        "heard. #weather",
    ),
    said(
        "schulfest-idee",
        "tilda",
        "-20d 5h",
        "Das Schulfest braucht ein Motto. Vorschläge der Kinder: Weltall, Dinosaurier, Pommes. "
        "Wir nehmen wohl alles drei. #Schulfest",
        "The school festival needs a theme. The children suggest: outer space, dinosaurs, "
        "chips. It will probably be all three. #schoolfestival",
        then=(
            line(
                "Schön, dass ihr mitdenkt. Ich bringe die Idee am Donnerstag in den Elternrat.",
                "Lovely that you are thinking along. I will take it to the council on Thursday.",
            ),
        ),
    ),
    said(
        "saturn",
        "mira",
        "-19d 10h",
        "Gestern Nacht den Saturn gesehen. Er sieht wirklich so aus. Ich hatte gedacht, das "
        "malen die nur so. #Sterne",
        "Saw Saturn last night. It really looks like that. I thought they just drew it that "
        "way. #stars",
    ),
    said(
        "reissverschluss",
        "gretel",
        "-18d 3h",
        "Ein Herr wollte den Reißverschluss seiner Jacke „wie neu, aber vertraut“. Seitdem "
        "denke ich darüber nach, ob das nicht für alles gilt. #Nähen",
        "A gentleman wanted the zip of his jacket “like new, but familiar”. I have been "
        "wondering since whether that goes for everything. #sewing",
    ),
    said(
        "ziegenkaese",
        "hannes",
        "-17d 6h",
        "Der neue Ziegenkäse ist fertig. Er riecht nach Wiese und ein bisschen nach Ziege, "
        "sie hat ja auch mitgearbeitet. #Markt",
        "The new goat's cheese is ready. It smells of meadow and a little of goat, who did "
        "do some of the work. #market",
    ),
    said(
        "standuhr",
        "pavel",
        "-16d 2h",
        "Eine Standuhr von 1890 läuft wieder. Sie hat 40 Jahre gestanden und ist um zehn Sekunden "
        "beleidigt. #Uhren",
        "A grandfather clock from 1890 is going again. It stood still for 40 years and is ten "
        "seconds offended. #clocks",
    ),
    said(
        "nachtdienst",
        "jascha",
        "-15d 8h",
        "Nachtdienst, drei Uhr. Auf dem Flur steht ein Herr im Bademantel und fragt, ob ich "
        "auch nicht schlafen kann. Wir haben Tee gekocht.",
        "Night shift, three o'clock. A gentleman in a dressing gown stands in the corridor and "
        "asks whether I can't sleep either. We made tea.",
    ),
    said(
        "bank-brunnen",
        "konrad",
        "-14d 5h",
        "Die Bank am Brunnen wackelt seit vier Wochen. Ich sitze jetzt jeden Tag darauf, "
        "damit sie nicht denkt, es sei ihretwegen. #Stadtrat",
        "The bench by the fountain has been wobbling for four weeks. I sit on it every day now, "
        "so that it does not take it personally. #council",
    ),
    said(
        "tomaten",
        "frieda",
        "-13d 4h",
        "Tomatenpflänzchen abzugeben, vierzehn Stück, alle mit Namen. Sie hören auch auf "
        "andere. #Kleingarten",
        "Tomato seedlings to give away, fourteen of them, all with names. They will answer to "
        "others. #allotment",
        then=(
            line(
                "Dann stelle ich euch zwei zur Seite. Hildegard verträgt keinen Wind.",
                "Then I will keep two for you. Hildegard does not like wind.",
            ),
        ),
    ),
    said(
        "gleis2",
        "ole",
        "-12d 6h",
        "Auf Gleis 2 hat jemand einen Strauß Wiesenblumen in den Papierkorb gestellt. Nicht "
        "geworfen. Gestellt. #Bahnhof",
        "On platform 2 somebody has put a bunch of wild flowers into the bin. Not thrown. Put. "
        "#station",
    ),
    said(
        "vorlesen",
        "nuria",
        "-11d 3h",
        "Vorlesestunde am Samstag um zehn. Letztes Mal wollte ein Vierjähriger wissen, ob der "
        "Drache versichert ist. #Bücher",
        "Story hour on Saturday at ten. Last time a four-year-old wanted to know whether the "
        "dragon was insured. #books",
    ),
    said(
        "storch",
        "emil",
        "-10d 7h",
        "Der Storch ist zurück. Er stand zehn Minuten auf dem Schornstein und sah aus, als "
        "hätte er etwas vergessen. #Vögel",
        "The stork is back. It stood on the chimney for ten minutes and looked as if it had "
        "forgotten something. #birds",
    ),
    said(
        "reparierabend",
        "aylin",
        "-9d 4h",
        "Reparierabend am Mittwoch. Es gibt Werkzeug, es gibt Tee, es fehlt noch jemand, der "
        "Toaster versteht. #Fahrrad",
        "Mending night on Wednesday. There are tools, there is tea, what we lack is somebody "
        "who understands toasters. #bicycle",
        then=(
            line(
                "Das wäre großartig. Kommt einfach durch das Hoftor, die Tür klemmt.",
                "That would be wonderful. Come through the yard, the door sticks.",
            ),
            line("Abgemacht. Ich setze Wasser auf.", "Agreed. I will put the kettle on."),
        ),
    ),
    said(
        "sopran",
        "wilma",
        "-8d 6h",
        "Wir suchen einen Tenor. Er muss nicht Noten lesen können, er muss nur bleiben. #Chor",
        "We are looking for a tenor. He need not read music, he need only stay. #choir",
    ),
    said(
        "hagel",
        "bodo",
        "-7d 5h",
        "Hagel um 16.10 Uhr, erbsengroß, vier Minuten. Danach ein Regenbogen, als wäre nichts "
        "gewesen. #Wetter",
        "Hail at 4.10 p.m., the size of peas, four minutes. Then a rainbow, as though nothing "
        "had happened. #weather",
    ),
    said(
        "vokabeln",
        "mira",
        "-6d 9h",
        "Vokabeltest. Ich wusste „Leuchtturm“ nicht, dafür alle vier Monde. Die Lehrerin hat "
        "mir einen halben Punkt für die Monde gegeben.",
        "Vocabulary test. I did not know “lighthouse”, but I knew all four moons. The teacher "
        "gave me half a point for the moons.",
    ),
    said(
        "knopfkiste",
        "gretel",
        "-5d 8h",
        "In der Knopfkiste meiner Großmutter lag ein Zettel: „Für den guten Mantel.“ Jetzt "
        "suche ich den guten Mantel. #Nähen",
        "In my grandmother's button box there was a note: “For the good coat.” Now I am looking "
        "for the good coat. #sewing",
    ),
    said(
        "gewinnspiel1",
        "glanzpreis",
        "-5d 2h",
        "JETZT GEWINNEN https://glanzpreis.example/los",
        "WIN NOW https://glanzpreis.example/ticket",
    ),
    said(
        "markttag",
        "hannes",
        "-4d 7h",
        "Markttag bei Regen. Drei Kundinnen, aber die haben sich unter meinem Schirm "
        "angefreundet. #Markt",
        "Market day in the rain. Three customers, but they made friends under my awning. #market",
    ),
    said(
        "schulfest-plan",
        "tilda",
        "-4d 1h",
        "Schulfest steht: Samstag in zwei Wochen, ab elf. Gesucht: ein Zelt, zwei Waffeleisen, "
        "jemand mit Geduld am Schminktisch. #Schulfest",
        "The school festival is fixed: Saturday in two weeks, from eleven. Wanted: a tent, two "
        "waffle irons, somebody patient for face painting. #schoolfestival",
        then=(
            line(
                "Ihr seid ein Segen. Ich trage euch ein und melde mich wegen der Uhrzeit.",
                "You are a blessing. I will put you down and get in touch about the time.",
            ),
        ),
    ),
    said(
        "igel",
        "frieda",
        "-3d 5h",
        "Unter dem Laubhaufen wohnt ein Igel. Die Schnecken wissen es noch nicht. #Kleingarten",
        "A hedgehog lives under the heap of leaves. The slugs do not know yet. #allotment",
    ),
    said(
        "verspaetung",
        "ole",
        "-2d 9h",
        "Zug fiel aus. Auf dem Bahnsteig haben sich elf Fremde eine Tüte Kirschen geteilt. "
        "Dreizehn Minuten, beste Verspätung des Jahres. #Bahnhof",
        "The train was cancelled. Eleven strangers shared a bag of cherries on the platform. "
        "Thirteen minutes, best delay of the year. #station",
    ),
    said(
        "leihschirm",
        "nuria",
        "-2d 3h",
        "Alle sechs Leihschirme sind zurück, es sind jetzt acht. Ich frage nicht nach.",
        "All six umbrellas on loan have come back, there are eight of them now. I am not asking.",
    ),
    said(
        "eule",
        "emil",
        "-1d 8h",
        "Waldkauz hinter der Mühle, dreimal gerufen. Beim vierten Mal war es mein Nachbar. #Vögel",
        "Tawny owl behind the mill, called three times. The fourth time it was my neighbour. "
        "#birds",
    ),
    said(
        "gewinnspiel2",
        "glanzpreis",
        "-1d 4h",
        "NUR HEUTE https://glanzpreis.example/los",
        "TODAY ONLY https://glanzpreis.example/ticket",
    ),
    said(
        "tandem",
        "aylin",
        "-22h",
        "Ein Tandem ist fertig. Die beiden Besitzer reden seit der Probefahrt wieder "
        "miteinander. #Fahrrad",
        "A tandem is ready. Its two owners have been on speaking terms again since the test "
        "ride. #bicycle",
    ),
    said(
        "fruehstueck-nacht",
        "jascha",
        "-9h",
        "Dienst vorbei. Die Stadt macht gerade die Fensterläden auf, und ich mache meine zu.",
        "Shift over. The town is opening its shutters, and I am closing mine.",
    ),
    said(
        "tau",
        "bodo",
        "-5h",
        "Tau, 9 Grad, Wind aus Südwest. Wer Wäsche hat, soll sie heute hinaushängen. #Wetter",
        "Dew, 9 degrees, wind from the south-west. If you have washing, hang it out today. "
        "#weather",
    ),
    said(
        "bank-fest",
        "konrad",
        "-2h",
        "Die Bank am Brunnen ist repariert. Jetzt weiß ich nicht, wohin mit dem Brief an den "
        "Stadtrat. #Stadtrat",
        "The bench by the fountain has been mended. Now I do not know what to do with my letter "
        "to the council. #council",
    ),
    said(
        "lampe",
        "mira",
        "-35m",
        "Die neue Straßenlampe vor unserem Haus ist heller als die Venus. Ich habe gezählt: "
        "es sind jetzt elf Sterne weniger. #Sterne",
        "The new street lamp outside our house is brighter than Venus. I counted: there are "
        "eleven stars fewer now. #stars",
    ),
)
