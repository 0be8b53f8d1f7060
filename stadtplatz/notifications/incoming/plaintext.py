"""From the HTML of a stranger's mail to plain text. Nothing of the HTML survives: no tag, no script, no picture."""

import re
from html.parser import HTMLParser

_BLOCKS = frozenset(
    [
        "p",
        "div",
        "tr",
        "li",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "table",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "blockquote",
        "section",
        "article",
        "pre",
    ]
)
_SILENT = frozenset(["script", "style", "head", "title", "svg", "template", "noscript"])
_QUOTES = re.compile(
    r"gmail_quote|moz-cite-prefix|yahoo_quoted|protonmail_quote|divRplyFwdMsg|appendonsend", re.IGNORECASE
)
_VOID = frozenset(
    ["br", "hr", "img", "input", "meta", "link", "area", "base", "col", "embed", "source", "track", "wbr"]
)


def text_of_html(html: str) -> str:
    """The words a person would see, a line for each block; what was quoted begins with `>`."""
    reader = _Words()
    reader.feed(html)
    reader.close()
    lines = [" ".join(line.split()) for line in "".join(reader.words).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._open: list[tuple[str, bool]] = []
        self._silent = self._quotes = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self._line()
        if tag in _VOID:
            return
        if tag in _BLOCKS:
            self._line()
        given = dict(attrs)
        quotes = tag == "blockquote" or bool(_QUOTES.search(f"{given.get('class')} {given.get('id')}"))
        self._open.append((tag, quotes))
        self._silent += tag in _SILENT
        if quotes:
            self._quotes += 1
            self._line()

    def handle_endtag(self, tag: str) -> None:
        if tag not in {name for name, _quotes in self._open}:
            return
        while self._open:
            name, quotes = self._open.pop()
            self._silent -= name in _SILENT
            self._quotes -= quotes
            if name == tag:
                break
        if tag in _BLOCKS:
            self._line()

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.words.append(re.sub(r"\s+", " ", data))

    def _line(self) -> None:
        if not self._silent:
            self.words.append("\n" + "> " * self._quotes)
