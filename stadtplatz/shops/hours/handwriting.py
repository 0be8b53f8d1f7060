"""Opening hours as people write them, turned into OpenStreetMap's syntax where only one thing can be meant."""

import re

_DAYS = {
    "montags?": "Mo", "dienstags?": "Tu", "mittwochs?": "We", "donnerstags?": "Th", "freitags?": "Fr", "samstags?": "Sa", "sonnabends?": "Sa",
    "sonntags?": "Su", "mon": "Mo", "tue": "Tu", "wed": "We", "thu": "Th", "fri": "Fr", "sat": "Sa", "sun": "Su", "täglich": "Mo-Su",
    "daily": "Mo-Su", "werktags": "Mo-Sa", "feiertags?": "PH", "feiertagen?": "PH", "feiertage": "PH", "geschlossen": "off", "zu": "off",
}  # fmt: skip
_MONTH = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
_SPAN = re.compile(r"(?<![\d:.])(\d{1,2})(:\d\d)?-(\d{1,2})(:\d\d)?(?![\d:])")
_NO_TIME = re.compile(rf"(?:{_MONTH}|week)\s*(?:\d+\s*,\s*)*$")


def mended(expression: str) -> str:
    """`Montag bis Freitag: 9 – 12.30 und 14-18 Uhr` as `Mo-Fr 09:00-12:30,14:00-18:00`. What is no such writing stays as it is."""
    text = re.sub("[‐-―−]", "-", expression.strip().rstrip(";,. "))
    for written, code in _DAYS.items():
        text = re.sub(rf"\b{written}\b\.?", code, text, flags=re.I)
    text = re.sub(r"\bUhr\b", "", text, flags=re.I)
    text = re.sub(r"\b(\d{1,2})\.(\d\d)\b", r"\1:\2", text)
    text = re.sub(r"\s*(?:-|\bbis\b)\s*", "-", text)
    text = re.sub(r"\s*(?:\bund\b|\bu\.|&|(?<!24)/)\s*", ",", text)
    text = re.sub(rf"\b({_MONTH}) (\d{{1,2}}),\s?(?=\d{{1,2}}\b(?![:\d]))", r"\1 \2,\1 ", text)
    text = re.sub(r"\b(Mo|Tu|We|Th|Fr|Sa|Su|PH|Di|Mi|Do|So)\s*[.:]+\s*(?=\d|off|[-,])", r"\1 ", text)
    text = _SPAN.sub(lambda found: _span(found, text), text)
    text = re.sub(r"(\d\d:\d\d-\d\d:\d\d)\s+(?=\d\d:\d\d)", r"\1,", text)
    return " ".join(re.sub(r"\s+([-,;])", r"\1", text).split())


def _span(found: re.Match[str], text: str) -> str:
    """Both times with minutes; days of a month and weeks of the year stay."""
    if _NO_TIME.search(text[: found.start()]) or int(found[1]) > 24 or int(found[3]) > 28:
        return found[0]
    return f"{int(found[1]):02}{found[2] or ':00'}-{int(found[3]):02}{found[4] or ':00'}"
