"""The first terms between the demo town and its shops: announced, and not in force yet."""

from datetime import datetime, timedelta

from stadtplatz.shops import actions
from stadtplatz.shops.demo.stories import desk

TEXT = """1. Wer mitmacht
Mitmachen kann, wer in der Stadt ein Geschäft, eine Werkstatt, einen Hof oder einen Marktstand hat. Verkaufen darf, wessen Angaben zwei Menschen geprüft haben.
2. Was es kostet
Der Stadtplatz kostet nichts. Die Stadt nimmt kein Geld der Kundschaft entgegen.
3. Was Sie zeigen
Preise, Bestand und Angaben stimmen. Was eine Kategorie verlangt, steht beim Angebot.
4. Reihenfolge
Niemand kann für einen besseren Platz bezahlen. Wie die Suche ordnet, steht auf ihrer Seite.
5. Sperren
Die Stadt sperrt nur mit Begründung. Sie können sich kostenlos beschweren; dann entscheidet jemand anderes.
6. Aufhören
Sie können jederzeit aufhören. Sechs Monate danach löschen wir Ihre Daten, soweit sie nicht aufbewahrt werden müssen.
(Erfundener Text des Beispiels, von keinem Juristen geprüft.)"""
SUMMARY = "Zum ersten Mal steht aufgeschrieben, was zwischen dem Stadtplatz und den Geschäften gilt. Es ändert nichts an dem, was wir schon tun."


def build(now: datetime) -> None:
    """One version, announced two days ago."""
    at = now - timedelta(days=2)
    start = (at + timedelta(days=22)).replace(hour=0, minute=0, second=0, microsecond=0)
    actions.write_terms(text=TEXT, summary=SUMMARY, effective_at=start, by=desk()[1], at=at)
