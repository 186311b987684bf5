"""What the neighbours say unprompted once we are there."""

from resonanz.switchboard.pretend.script.beats import said, when

TALK_LATER = (
    said(
        "zucchini",
        "frieda",
        "5m",
        "Es ist so weit: Zucchini. Wer sein Auto heute offen lässt, hat morgen eine auf dem "
        "Beifahrersitz. #Kleingarten",
        "It has begun: courgettes. If you leave your car unlocked today, there will be one in "
        "the passenger seat tomorrow. #allotment",
    ),
    said(
        "ansage",
        "ole",
        "9m",
        "Neue Ansage am Bahnhof, sehr freundlich. Man versteht kein Wort, aber man fühlt sich "
        "verstanden. #Bahnhof",
        "New announcement at the station, very friendly. You cannot make out a word, but you "
        "feel understood. #station",
    ),
    said(
        "lesekreis",
        "nuria",
        "2h 10m",
        "Der Lesekreis hat das Buch nicht gelesen und trotzdem drei Stunden darüber "
        "gesprochen. Es muss sehr gut sein. #Bücher",
        "The reading circle had not read the book and talked about it for three hours all the "
        "same. It must be very good. #books",
    ),
    said(
        "saum",
        "gretel",
        "6h",
        "Heute elf Säume. Morgen zwölf. So sieht bei mir Fortschritt aus. #Nähen",
        "Eleven hems today. Twelve tomorrow. That is what progress looks like here. #sewing",
    ),
    said(
        "versehen",
        "hannes",
        "8h",
        "Test, ist das an? Ich wollte nur die Käseliste schicken.",
        "Test, is this on? I only meant to send the cheese list.",
        goes=when("10h"),
    ),
    said(
        "schwalben",
        "emil",
        "1d 2h",
        "Unter dem Dach der Schmiede brüten Schwalben. Aylin hat das Radio leiser gestellt. #Vögel",
        "Swallows are nesting under the roof of the smithy. Aylin has turned down the radio. "
        "#birds",
    ),
    said(
        "tenor",
        "wilma",
        "1d 7h",
        "Wir haben einen Tenor. Er ist 73, kommt mit dem Fahrrad und hat gefragt, ob er seine "
        "Hunde mitbringen darf. Er darf. #Chor",
        "We have a tenor. He is 73, comes by bicycle and asked whether he may bring his dogs. "
        "He may. #choir",
    ),
    said(
        "zelt",
        "tilda",
        "2d 4h",
        "Das Zelt für das Schulfest ist da. Es war ein Hochzeitszelt, wir lassen die Girlanden "
        "hängen. #Schulfest",
        "The tent for the school festival has arrived. It was a wedding tent, we are leaving "
        "the garlands up. #schoolfestival",
    ),
    said(
        "sternschnuppen",
        "mira",
        "3d 1h",
        "Samstag Sternschnuppen, bester Platz ist der Sportplatz. Bringt Decken mit und "
        "macht bitte das Licht aus. #Sterne",
        "Shooting stars on Saturday, the best spot is the playing field. Bring blankets and "
        "please switch the lights off. #stars",
    ),
    said(
        "gewitter",
        "bodo",
        "4d 6h",
        "Gewitter, 22 Liter in einer Stunde. Der Bach hat kurz so getan, als wäre er ein Fluss. "
        "#Wetter",
        "Thunderstorm, 22 litres in an hour. The brook briefly pretended to be a river. #weather",
    ),
    said(
        "kirmes-kaese",
        "hannes",
        "6d 3h",
        "Ich habe einen Käse nach der Bürgermeisterin benannt. Sie möchte wissen, warum es der "
        "milde ist. #Markt",
        "I have named a cheese after the mayor. She would like to know why it is the mild one. "
        "#market",
    ),
)
