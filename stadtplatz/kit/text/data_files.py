"""The word lists that lie beside this package; one entry a line, `#` begins a remark."""

from functools import cache
from pathlib import Path

DATA = Path(__file__).resolve().parent / "data"
NAMES = ("words.txt", "stopwords.txt", "exceptions.txt", "stems.txt", "empty_heads.txt", "synonyms.txt")


@cache
def lines(name: str) -> tuple[str, ...]:
    """The entries of a file, without remarks and empty lines."""
    text = (DATA / name).read_text(encoding="utf-8")
    return tuple(line for raw in text.splitlines() if (line := raw.split("#", 1)[0].strip()))


def entries(name: str) -> list[str]:
    """The single words of a file in which a line may hold many."""
    return [word for line in lines(name) for word in line.split()]
