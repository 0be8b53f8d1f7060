"""What a person wrote, without the quoted mail below it and without the signature. If in doubt, more is left standing."""

import re

_INTRO = re.compile(
    r"""^(
    -{2,}\s*(Original\s?Message|Urspr(ü|ue)ngliche\s(Nachricht|E-Mail)|Original-Nachricht|Weitergeleitete\sNachricht
      |Forwarded\smessage|Orijinal\sİleti|Оригінальне\sповідомлення)\s*-{2,}
    |_{12,}
    |Am\s.{4,160}\sschrieb.{0,120}:
    |.{4,120}\sschrieb\sam\s.{4,120}:
    |On\s.{4,160}\swrote:
    |.{4,160}\starihinde.{0,120}yazdı:
    |.{4,160}\s(пише|написав|написала|написав\(ла\)):
    )$""",
    re.VERBOSE | re.IGNORECASE,
)
_HEAD = re.compile(r"^\*?(Von|From|Gönderen|Від|من)\s?:\*?\s\S", re.IGNORECASE)
_HEAD_GOES_ON = re.compile(
    r"^\*?(Gesendet|Sent|Datum|Date|An|To|Betreff|Subject|Cc|Kopie|Antwort an|Gönderilme|Kime|Konu|Надіслано|Кому|Тема)\s?:\*?\s",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(
    r"^(--\s?|(Von|Diese Nachricht wurde von) mein(em|er) .{2,60} gesendet\.?|Gesendet (mit|von|aus) .{2,80}"
    r"|Sent from my .{2,60}|Get Outlook for .{2,30}|Holen Sie sich Outlook für .{2,30})$",
    re.IGNORECASE,
)


def without_quotes(text: str) -> str:
    """The person's own words. Answers between quoted lines stay with the quotes they answer; an empty rest gives back the whole."""
    lines = [line.rstrip().replace("\xa0", " ") for line in text.split("\n")]
    kept = _signed_off(_above_the_quote(lines))
    while kept and (not kept[-1].strip() or kept[-1].lstrip().startswith(">")):
        kept.pop()
    if kept and _INTRO.match(kept[-1].strip()):
        kept.pop()
    own = "\n".join(kept).strip()
    return own if own and not all(line.lstrip().startswith(">") for line in kept if line.strip()) else text.strip()


def _above_the_quote(lines: list[str]) -> list[str]:
    """Up to the line that opens the quoted mail, if nothing but quotes or a whole forwarded mail follows it."""
    for place, line in enumerate(lines):
        bare = line.strip()
        joined = f"{bare} {lines[place + 1].strip()}" if place + 1 < len(lines) else bare
        begins_head = _HEAD.match(bare) and any(
            _HEAD_GOES_ON.match(more.strip()) for more in lines[place + 1 : place + 4]
        )
        if begins_head or bare.startswith("____________"):
            return lines[:place]
        if _INTRO.match(bare) or (bare and _INTRO.match(joined) and not _INTRO.match(lines[place + 1].strip())):
            after = lines[place + (1 if _INTRO.match(bare) else 2) :]
            if bare.startswith("--") or not _answers_between(after):
                return lines[:place]
    return lines


def _answers_between(lines: list[str]) -> bool:
    """Whether somebody wrote between quoted lines: own words follow a quote."""
    quoted = False
    for line in _signed_off(lines):
        bare = line.strip()
        if bare.startswith(">"):
            quoted = True
        elif bare and quoted:
            return True
    return False


def _signed_off(lines: list[str]) -> list[str]:
    for place, line in enumerate(lines):
        if _SIGNATURE.match(line.strip() if line.strip() != "--" else "--") and any(
            part.strip() for part in lines[:place]
        ):
            return lines[:place]
    return lines
