"""Pictures of all pages for the documentation: `make screens` starts a demo town and writes docs/screens/.

Each page is a line of the table: its name, who looks at it, and its address or a function that finds it.
STADTPLATZ_JOURNEYS_TOWN names a town that already runs; words after the command choose pages by name.
"""

import os
import shutil
import sys
import tempfile
from contextlib import nullcontext
from functools import cache
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, StorageState, sync_playwright

from tests.journeys.conftest import running_town
from tests.journeys.screen_table import MAIN, SCREENS, Screen
from tests.journeys.town import DRAWN, MAKE_READY, Visitor, open_browser

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "screens"
WIDTHS = (360, 1280)
AS_ON_PAPER = """() => {
  document.querySelector('.demo-bar')?.remove();
  document.body.style.paddingBlockEnd = 0;
  for (const node of document.querySelectorAll('main *')) if (getComputedStyle(node).position === 'sticky') node.style.position = 'static';
}"""
"""Nothing that only a demo has, and nothing that follows the window."""
LONGEST = 1600
"""Pictures are cut here (CSS pixels): what comes below is more of the same."""
COLOURS, COLOURS_OF_A_MAP = 64, 28


def take(browser: Browser, town: str, screen: Screen) -> None:
    """All pictures of one page: it is opened once, and looked at on both screens and in both colours."""
    visitor = Visitor(browser, town, known=_signed_in(browser, town, screen.who))
    visitor.check = lambda **_: None
    try:
        if callable(screen.where):
            screen.where(visitor)
        else:
            visitor.page.goto(screen.where)
        visitor.page.evaluate(MAKE_READY, 100)
        visitor.page.evaluate(AS_ON_PAPER)
        for width in WIDTHS:
            visitor.page.set_viewport_size({"width": width, "height": 800 if width < 700 else 900})
            for scheme in schemes(screen):
                visitor.page.emulate_media(color_scheme=scheme)
                _keep(_picture(visitor.page, width), FOLDER / f"{screen.name}-{width}-{scheme}.webp")
    finally:
        visitor.leave()


def schemes(screen: Screen) -> list[str]:
    return ["light", "dark"] if screen.name in MAIN else ["light"]


@cache
def _signed_in(browser: Browser, town: str, who: str) -> StorageState | None:
    if who == "stranger":
        return None
    visitor = Visitor(browser, town)
    visitor.sign_in(who) if "@" in who else visitor.role(who)
    known = visitor.context.storage_state()
    visitor.leave()
    return known


def _picture(page: Page, width: int) -> bytes:
    page.evaluate(
        "Promise.all([...document.images].map(image => { image.loading = 'eager'; return image.decode().catch(() => 0); }))"
    )
    page.wait_for_load_state("networkidle")  # tiles of a map
    page.evaluate(DRAWN)
    height = page.evaluate("document.documentElement.scrollHeight")
    return page.screenshot(
        full_page=True, clip={"x": 0, "y": 0, "width": width, "height": min(height, LONGEST)}, caret="hide"
    )


def _keep(picture: bytes, path: Path) -> None:
    """As few bytes as the eye allows."""
    path.parent.mkdir(parents=True, exist_ok=True)
    few = (
        Image.open(BytesIO(picture))
        .convert("RGB")
        .quantize(
            COLOURS_OF_A_MAP if "map" in path.stem else COLOURS,
            method=Image.Quantize.MEDIANCUT,
            dither=Image.Dither.NONE,
        )
    )
    few.convert("RGB").save(path, "WEBP", lossless=True, quality=90, method=6)


def write_index() -> None:
    """docs/screens/index.md, from the table above, as far as there are pictures yet; pictures of pages that are gone go."""
    lines = ["# Pictures of all pages", "", "Made by `make screens` from the demo town; do not edit by hand.", ""]
    lines += ["| Page | 360 px | 1280 px |", "|---|---|---|"]
    named = set()
    for screen in SCREENS:
        cells = []
        for width in WIDTHS:
            pictures = {scheme: f"{screen.name}-{width}-{scheme}.webp" for scheme in schemes(screen)}
            named |= set(pictures.values())
            there = {scheme: picture for scheme, picture in pictures.items() if (FOLDER / picture).exists()}
            cells.append(" ".join(f"[{scheme}]({picture})" for scheme, picture in there.items()))
        if all(cells):
            lines.append(f"| {screen.sentence} | {' | '.join(cells)} |")
    (FOLDER / "index.md").write_text("\n".join(lines) + "\n")
    for old in FOLDER.glob("*.*"):
        if old.suffix in {".png", ".webp"} and old.name not in named:
            old.unlink()


def main(wanted: list[str]) -> int:
    failed = []
    screens = [screen for screen in SCREENS if not wanted or screen.name in wanted]
    given, state = os.environ.get("STADTPLATZ_JOURNEYS_TOWN"), os.environ.get("STADTPLATZ_JOURNEYS_STATE")
    with tempfile.TemporaryDirectory() as folder:
        var = Path(folder) / "var"
        shutil.copytree(state, var) if state else var.mkdir()
        here = nullcontext(given) if given else running_town(var)
        with here as town, sync_playwright() as playwright:
            browser = open_browser(playwright)
            for screen in screens:
                try:
                    take(browser, town, screen)
                except Exception as trouble:
                    failed.append(f"{screen.name}: {repr(trouble)[:200]}")
                    print(failed[-1], flush=True)
            browser.close()
    write_index()
    size = sum(picture.stat().st_size for picture in FOLDER.glob("*.webp")) / 1e6
    print(f"{len(screens)} pages pictured in {FOLDER} ({size:.1f} MB in all), {len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
