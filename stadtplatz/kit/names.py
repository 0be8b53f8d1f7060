"""Names as addresses."""

import re
import unicodedata

_GERMAN = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe", "å": "aa", "ł": "l", "đ": "d"}
)


def slugify_german(text: str, *, most: int = 60) -> str:
    """`Bäckerei Groß & Söhne` becomes `baeckerei-gross-soehne`: lower case a-z, 0-9 and hyphens, cut at a word if too long.

    Empty when the text has no letter or figure that can be written so.
    """
    folded = unicodedata.normalize("NFKC", text).lower().translate(_GERMAN)
    plain = unicodedata.normalize("NFKD", folded).encode("ascii", "ignore").decode()
    slug = "-".join(re.findall(r"[a-z0-9]+", plain.replace("'", "")))
    if len(slug) <= most:
        return slug
    return slug[: most + 1].rsplit("-", 1)[0] if "-" in slug[: most + 1] else slug[:most]
