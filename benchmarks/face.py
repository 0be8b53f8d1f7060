"""What a visitor's browser loads and moves on each public page of a demo town: bytes by type, and the cumulative layout shift.

    python -m benchmarks.face [ADDRESS]

Bytes are those on the wire (compressed as the server sends them), each page opened by somebody who was never here. The page is
scrolled to its end, so that what waits below the fold has come. Budget: 250 kB without pictures, a shift below 0.01.
"""

import sys
import tempfile
from collections import Counter
from contextlib import nullcontext
from pathlib import Path

from playwright.sync_api import Browser, Page, Response, sync_playwright

from tests.journeys.conftest import running_town
from tests.journeys.screen_table import Screen, looked_at
from tests.journeys.town import Visitor, open_browser

BUDGET, MOST_SHIFT = 250_000, 0.01
WIDTHS = (360, 1280)
TYPES = ("document", "stylesheet", "script", "font", "image", "other")
WATCH = """() => {
  window.shifted = 0;
  new PerformanceObserver(list => {
    for (const one of list.getEntries()) if (!one.hadRecentInput) window.shifted += one.value;
  }).observe({type: 'layout-shift', buffered: true});
}"""
SCROLL = """async () => {
  for (let at = 0; at < document.documentElement.scrollHeight; at += 600) {
    scrollTo(0, at);
    await new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  }
}"""


def look(browser: Browser, town: str, screen: Screen, width: int) -> tuple[Counter[str], float]:
    """Bytes by type and the shift of one page on one screen."""
    visitor = Visitor(browser, town, width=width)
    try:
        address = screen.where
        if callable(address):
            address(visitor)
            address = visitor.page.url
        fresh = Visitor(browser, town, width=width)
        try:
            return _measured(fresh.page, address)
        finally:
            fresh.leave()
    finally:
        visitor.leave()


def _measured(page: Page, address: str) -> tuple[Counter[str], float]:
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.add_init_script(f"({WATCH})()")
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.evaluate(SCROLL)
    page.wait_for_load_state("networkidle")
    loaded: Counter[str] = Counter()
    for answer in answers:
        if answer.ok and answer.url.startswith("http"):
            kind = answer.request.resource_type
            loaded[kind if kind in TYPES else "other"] += answer.request.sizes()["responseBodySize"]
    return loaded, page.evaluate("window.shifted")


def main(given: str = "") -> int:
    """Print one line for each page and screen, the heaviest first; 1 if one is over the budget."""
    lines, over = [], 0
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        here = nullcontext(given) if given else running_town(Path(folder))
        with here as town:
            browser = open_browser(playwright)
            for screen in looked_at().values():
                if screen.who != "stranger":
                    continue
                for width in WIDTHS:
                    loaded, shift = look(browser, town, screen, width)
                    heavy = loaded.total() - loaded["image"]
                    over += heavy > BUDGET or shift > MOST_SHIFT
                    lines.append((heavy, shift, screen.name, width, loaded))
            browser.close()
    print(f"{'page':26}{'px':>5}{'no pictures':>13}" + "".join(f"{kind[:10]:>11}" for kind in TYPES) + f"{'shift':>8}")
    for heavy, shift, name, width, loaded in sorted(lines, key=lambda line: line[:2], reverse=True):
        print(
            f"{name:26}{width:>5}{heavy / 1000:>11.1f}kB"
            + "".join(f"{loaded[kind] / 1000:>11.1f}" for kind in TYPES)
            + f"{shift:>8.3f}"
        )
    print(f"{len(lines)} views, {over} over {BUDGET // 1000} kB without pictures or a shift of {MOST_SHIFT}")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
