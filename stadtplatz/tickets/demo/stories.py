"""What the invented people of the demo reported. Nobody and nothing here is real, except the streets, which come from the map."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Story:
    """`days` ago it was reported; `way` is what became of it (see `building.WAYS`); `photos` are drawn."""

    days: int
    category: str
    text: str
    way: str
    photos: int = 0
    contact: bool = True
    note: str = ""
    language: str = "de"
    german: str = ""
    """What the staff read of a report in another language."""


OPEN_STORIES = [
    Story(
        0,
        "road-damage",
        "Vor unserem Haus ist ein Schlagloch, etwa so groß wie ein Fußball. Radfahrer weichen auf die Gegenspur aus.",
        "new",
        2,
    ),
    Story(0, "street-light", "Seit gestern Abend ist die Laterne am Fußweg aus. Es ist dort sehr dunkel.", "new", 1),
    Story(0, "bins", "Der Papierkorb an der Bank quillt über.", "new", 1, False),
    Story(1, "dumping", "Jemand hat zwei Matratzen und einen Teppich am Waldrand abgestellt.", "new", 2),
    Story(1, "green", "Ein Ast hängt tief über den Gehweg, man muss sich bücken.", "accepted", 1),
    Story(1, "signs", "Das Straßenschild ist verdreht und zeigt in die falsche Richtung.", "new", 1, False),
    Story(2, "playground", "Am Klettergerüst ist ein Seil gerissen. Bitte bald reparieren.", "accepted", 2),
    Story(2, "water", "Der Gully ist mit Laub verstopft, bei Regen steht die Kreuzung unter Wasser.", "in_progress", 1),
    Story(2, "cycling", "Auf dem Radweg liegen viele Scherben.", "accepted", 1),
    Story(3, "signals", "Der Taster der Fußgängerampel reagiert nicht.", "in_progress", 0),
    Story(
        3, "road-damage", "Am Bordstein fehlt ein Stein, mit dem Rollator kommt man nicht mehr hinüber.", "accepted", 2
    ),
    Story(
        4, "idea", "Eine Bank auf halber Höhe wäre schön. Ältere Menschen können dort nirgends ausruhen.", "accepted", 0
    ),
    Story(4, "parking", "Jeden Morgen wird der Gehweg vor der Schule zugeparkt.", "waiting", 0),
    Story(5, "street-light", "The lamp near the underpass flickers all night.", "waiting", 1, True, "", "en"),
    Story(5, "graffiti", "Die Rückwand der Bushaltestelle ist beschmiert.", "in_progress", 1),
    Story(6, "noise", "Auf der Baustelle wird schon um halb sechs gearbeitet.", "accepted", 0),
    Story(6, "buildings", "In der öffentlichen Toilette läuft der Wasserhahn ununterbrochen.", "passed_on", 1),
    Story(7, "dumping", "Hinter den Garagen liegen Autoreifen und Farbeimer.", "passed_on", 2),
    Story(8, "road-damage", "Nach dem Aufgraben ist die Fahrbahn nicht richtig geschlossen worden.", "late_new", 1),
    Story(9, "playground", "Im Sandkasten liegen Glasscherben.", "late_accepted", 1),
    Story(12, "bins", "Der Glascontainer ist seit Wochen voll, die Flaschen stehen daneben.", "late_accepted", 1),
    Story(14, "street-light", "Drei Laternen hintereinander sind dunkel.", "late_accepted", 0),
    Story(
        16, "cycling", "Die Wurzeln haben den Radweg aufgebrochen. Mit dem Anhänger ist das gefährlich.", "reopened", 2
    ),
    Story(20, "green", "Die Hecke ist so hoch, dass man an der Einmündung nichts sieht.", "reopened", 1),
]

DONE_STORIES = [
    Story(6, "bins", "Der Mülleimer am Spielplatz ist abgebrannt.", "done", 1),
    Story(8, "winter", "Die Treppe ist spiegelglatt und nicht gestreut.", "done", 0),
    Story(9, "signs", "Ein Poller ist umgefahren und liegt auf dem Weg.", "done", 1),
    Story(11, "road-damage", "Lose Platte auf dem Gehweg, mein Vater ist gestolpert.", "done", 1),
    Story(13, "water", "Aus dem Kanaldeckel stinkt es.", "done", 0),
    Story(15, "dumping", "Ein Einkaufswagen liegt im Bach.", "done", 1),
    Story(17, "street-light", "Lampe brennt auch am Tag.", "done", 0),
    Story(19, "graffiti", "Schmiererei an der Unterführung.", "done", 2),
    Story(22, "green", "Der junge Baum ist umgeknickt.", "done", 1),
    Story(24, "idea", "Bitte mehr Fahrradständer am Bahnhof.", "declined", 0),
    Story(26, "road-damage", "Auf der Landstraße vor dem Ortsschild sind tiefe Spurrillen.", "not_our_duty", 1),
    Story(28, "dumping", "Sperrmüll am Feldweg.", "duplicate", 1),
    Story(30, "playground", "Die Schaukel quietscht laut.", "done", 0),
    Story(33, "bins", "Hundekotbeutel fehlen.", "done", 0, False),
    Story(36, "parking", "Ein Wohnmobil steht seit Monaten auf dem Parkplatz.", "declined", 0),
    Story(38, "cycling", "Fahrradbügel lose.", "done", 1),
    Story(41, "signals", "Die Ampel zeigt für Fußgänger kaum Grün.", "done", 0),
    Story(44, "buildings", "Die automatische Tür der Bücherei öffnet nicht.", "done", 0),
    Story(47, "noise", "Laute Musik am Abend im Park.", "withdrawn", 0),
    Story(50, "road-damage", "Absackung neben dem Kanaldeckel.", "done", 2),
    Story(53, "street-light", "Mast steht schief.", "done", 1),
    Story(56, "green", "Unkraut zwischen den Platten auf dem Platz.", "declined", 1),
    Story(59, "dumping", "Gelbe Säcke vom Wind verteilt.", "done", 1),
    Story(62, "signs", "Zebrastreifen kaum noch zu sehen.", "done", 1),
    Story(66, "water", "Brunnen läuft über.", "done", 0),
    Story(70, "idea", "Danke für die neue Rampe, sie hilft uns sehr.", "done", 0),
    Story(74, "playground", "Bitte eine Bank im Schatten.", "done", 0),
    Story(78, "road-damage", "Stolperkante an der Bushaltestelle.", "done", 1),
    Story(82, "graffiti", "Aufkleber auf allen Schildern.", "duplicate", 0),
    Story(86, "bins", "Container für Altkleider überfüllt.", "not_our_duty", 1),
    Story(90, "street-light", "Laterne blendet ins Schlafzimmer.", "done", 0),
    Story(95, "green", "Rasen am Friedhof seit Wochen nicht gemäht.", "done", 0),
    Story(100, "cycling", "Umleitung für Räder ist nicht ausgeschildert.", "done", 0),
    Story(105, "dumping", "Bauschutt am Waldparkplatz.", "done", 2),
    Story(110, "other", "Wo finde ich den Fundsachenkasten?", "done", 0),
    Story(115, "road-damage", "Schlagloch nach dem Frost.", "done", 1),
    Story(
        47,
        "street-light",
        "مصباح الشارع أمام المدرسة معطل والمكان مظلم.",
        "done",
        0,
        language="ar",
        german="Die Straßenlaterne vor der Schule ist kaputt, und es ist dort dunkel.",
    ),
    Story(
        62,
        "playground",
        "Parktaki salıncağın zinciri kopmuş, çocuklar düşebilir.",
        "done",
        0,
        language="tr",
        german="Im Park ist die Kette der Schaukel gerissen, Kinder könnten stürzen.",
    ),
    Story(
        73,
        "dumping",
        "Біля лісу хтось залишив старі меблі та мішки.",
        "done",
        1,
        language="uk",
        german="Am Wald hat jemand alte Möbel und Säcke liegen lassen.",
    ),
]

ANSWERS = {
    "waiting": "Guten Tag, wir haben die Stelle nicht gefunden. Können Sie uns sagen, vor welcher Hausnummer es ist, oder ein Foto schicken?",
    "done": "Guten Tag, die Stelle ist in Ordnung gebracht. Danke, dass Sie uns darauf aufmerksam gemacht haben.",
    "declined": "Guten Tag, wir haben das geprüft. Wir setzen es nicht um, weil der Platz für den Rettungsweg frei bleiben muss. Danke für Ihr Verständnis.",
    "not_our_duty": "Guten Tag, dafür ist nicht die Stadt zuständig. Wir haben Ihren Hinweis an das Landratsamt weitergegeben.",
    "duplicate": "Guten Tag, das ist uns schon gemeldet worden und in Arbeit.",
    "reopened": "Leider ist es noch nicht behoben. Es wurde nur ein Teil gemacht.",
    "start": "Die Kolonne ist bestellt.",
    "note": "Mit der Kolonne abgestimmt, Material liegt bereit.",
    "pass_on": "Fällt nach Ortstermin in Ihren Bereich.",
}
