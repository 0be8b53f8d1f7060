"""From what stands in OpenStreetMap, or what somebody typed, to rules that the library can evaluate."""

import re
from contextlib import suppress
from datetime import date
from functools import lru_cache

import holidays
from opening_hours import OpeningHours, ParserError  # type: ignore[attr-defined]  # its stubs lack the error

from stadtplatz.kit.clock import BERLIN
from stadtplatz.shops.hours.handwriting import mended

_PH = re.compile(r"\bPH\b")
_DAYS = re.compile(
    r"^(?P<days>(?:(?:Mo|Tu|We|Th|Fr|Sa|Su|PH)(?:-(?:Mo|Tu|We|Th|Fr|Sa|Su))?)(?:\s*,\s*(?:Mo|Tu|We|Th|Fr|Sa|Su|PH)(?:-(?:Mo|Tu|We|Th|Fr|Sa|Su))?)*)\s*(?P<rest>.*)$"
)
_DAY = "Mo|Tu|We|Th|Fr|Sa|Su|PH"
_LOOSE_LIST = re.compile(rf"\b({_DAY})\s*,\s+(?=(?:{_DAY})\b)")
_GLUED_RULE = re.compile(rf"(?<=\d),(?=(?:{_DAY})\b)")
_GERMAN = {"Di": "Tu", "Mi": "We", "Do": "Th", "So": "Su"}
_GERMAN_DAY = re.compile(r"\b(Di|Mi|Do|So)\b")
_ONLY_REMARK = re.compile(r'[^":]*"[^"]*"\s*')
_KNOWN_WORDS = re.compile(r"24/7|open|off|closed|unknown|sun|dawn|dusk")
LONGEST = 1000
"""Signs of an expression that is read; the map allows 255."""
_MIDDLE = (51.16, 10.45)
_MIDDLES = {
    "BB": (52.4, 13.1), "BE": (52.5, 13.4), "BW": (48.7, 9.0), "BY": (48.8, 11.5), "HB": (53.1, 8.8), "HE": (50.5, 9.0), "HH": (53.6, 10.0),
    "MV": (53.8, 12.5), "NI": (52.6, 9.3), "NW": (51.4, 7.5), "RP": (49.9, 7.4), "SH": (54.2, 9.7), "SL": (49.4, 7.0), "SN": (51.0, 13.4),
    "ST": (51.9, 11.7), "TH": (50.9, 11.0),
}  # fmt: skip
"""Where the sun rises and sets, near enough: the middle of the Land (latitude, longitude)."""
FEDERAL = "federal"


@lru_cache(maxsize=4096)
def parsed_once(expression: str, land: str, year: int, special: str = "") -> OpeningHours | None:
    if len(expression) > LONGEST:
        return None
    for meant in (_tidied(expression), _tidied(mended(expression))):
        known = _remarks_unknown(_without_school_holidays(meant))
        if not known:
            return None
        whole = "; ".join(filter(None, (_with_holidays(known, land, year), special)))
        with suppress(ParserError, ValueError, SyntaxError):
            return OpeningHours(
                whole, timezone=BERLIN, coords=_MIDDLES.get(land, _MIDDLE), auto_country=False,
                max_interval_days=400,
            )  # fmt: skip
    return None


def _remarks_unknown(expression: str) -> str:
    """`Sa "nach Vereinbarung"` says that nothing is known of Saturdays; the library takes it for open all day."""
    rules = re.split(r'((?:;|\|\|)(?=(?:[^"]*"[^"]*")*[^"]*$))', expression)
    return "".join(re.sub(r'(\s*)(")', r" unknown \2", rule, count=1) if _is_remark(rule) else rule for rule in rules)


def _is_remark(rule: str) -> bool:
    """Days and words in quotes, but no times."""
    return bool(_ONLY_REMARK.fullmatch(rule)) and not _KNOWN_WORDS.search(rule.partition('"')[0])


def _without_school_holidays(expression: str) -> str:
    """Without the rules that hold in school holidays alone (`SH`), since nobody told us when those are."""
    if "SH" not in expression:
        return expression
    rules = [rule for rule in expression.split(";") if not re.match(r"\s*SH\b", rule)]
    return ";".join(rules).strip()


def _tidied(expression: str) -> str:
    """What mappers and people write against the letter of the syntax but plainly mean: `Mo, Tu 8:00-12:00` is one list of days and
    not "Monday round the clock", `12:00,Fr` begins a new rule, `So` is Sunday."""
    if '"' not in expression:
        expression = _GERMAN_DAY.sub(lambda match: _GERMAN[match[1]], expression)
    return _GLUED_RULE.sub(", ", _LOOSE_LIST.sub(r"\1,", expression))


def _with_holidays(expression: str, land: str, year: int) -> str:
    """The expression with `PH` spelled out as the Land's holidays, since the library only knows the federal ones."""
    if not land or expression == "24/7":
        return expression
    dates = ",".join(f"{day:%Y %b %d}" for day in sorted(holidays_of(land, year)))
    if not _PH.search(expression):
        return f"{expression}; {dates} off"
    return "; ".join(_spell_out(rule.strip(), dates) for rule in expression.split(";") if rule.strip())


def _spell_out(rule: str, dates: str) -> str:
    match = _DAYS.match(rule)
    if not match or not _PH.search(match["days"]):
        return rule
    weekdays = ",".join(day.strip() for day in match["days"].split(",") if day.strip() != "PH")
    on_holidays = f"{dates} {match['rest'] or '00:00-24:00'}"
    return f"{weekdays} {match['rest']}; {on_holidays}" if weekdays else on_holidays


@lru_cache(maxsize=64)
def holidays_of(land: str, year: int) -> dict[date, str]:
    if not land:
        return {}
    subdiv = None if land == FEDERAL else land
    return dict(holidays.country_holidays("DE", subdiv=subdiv, years=(year, year + 1), language="de"))
