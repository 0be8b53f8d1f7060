"""The way to pages that only a link in somebody's post leads to; the demo's people left that post in its mailbox."""

import re
from collections.abc import Callable
from urllib.parse import quote

from tests.journeys.town import Visitor


def linked_in(about: str, link: str, *, art: str = "mail", then: str = "") -> Callable[[Visitor], None]:
    """Open the newest letter with these words in its subject or address, and go where its link of this kind leads."""

    def find(visitor: Visitor) -> None:
        visitor.page.goto(f"/demo/briefkasten/?art={art}&wort={quote(about)}")
        for letter in visitor.page.locator(".mails a").evaluate_all(
            "links => links.map(link => link.getAttribute('href'))"
        ):
            visitor.page.goto(letter)
            if found := re.search(rf"/{link}/[\w:.~-]+/", visitor.page.content()):
                visitor.page.goto(found[0] + then)
                return
        raise LookupError(f"{about}: no link to {link}")

    find.start = "/demo/briefkasten/"
    return find


def gone(path: str) -> Callable[[Visitor], None]:
    """A link that is over: a page that helps, though the answer is no."""

    def find(visitor: Visitor) -> None:
        visitor.page.goto(path)

    find.start = path
    return find
