"""Pictures of all pages for the documentation: `make screens` starts a demo town and writes docs/screens/.

Each page is a line of the table: its name, who looks at it, and its address or a function that finds it.
STADTPLATZ_JOURNEYS_TOWN names a town that already runs; words after the command choose pages by name.
"""

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, StorageState, sync_playwright

from stadtplatz.operate.demo import walk
from tests.journeys import steps
from tests.journeys.conftest import running_town
from tests.journeys.town import CHROMIUM_FLAGS, DRAWN, MAKE_READY, Visitor

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "screens"
WIDTHS = (360, 1280)
LONGEST = 1600
"""Pictures are cut here (CSS pixels): what comes below is more of the same."""
COLOURS = 64
MAIN = {
    *(
        "start",
        "search",
        "market",
        "offer",
        "shop",
        "basket",
        "checkout-review",
        "order-ready",
        "tickets",
        "ticket-map",
    ),
    *("ticket-sent", "ticket-page", "mine", "desk", "desk-tickets", "desk-ticket"),
}
"""Pages that are pictured in the dark, too."""


@dataclass(frozen=True)
class Screen:
    name: str
    sentence: str
    where: str | Callable[[Visitor], None]
    who: str = "stranger"


def first_link(start: str, selector: str, then: str = "") -> Callable[[Visitor], None]:
    """Open a page and go where its first such link leads."""

    def find(visitor: Visitor) -> None:
        visitor.page.goto(start)
        target = visitor.page.locator(selector).first.get_attribute("href")
        visitor.page.goto(target + then)

    return find


def basket(visitor: Visitor) -> None:
    visitor.page.goto("/warenkorb/")
    if visitor.page.locator(".basket-shop").count() == 0:
        steps.put_into_basket(visitor, steps.PRETZEL, quantity=2)
        steps.put_into_basket(visitor, steps.POTATOES)


def slots(visitor: Visitor) -> None:
    basket(visitor)
    visitor.page.goto("/kasse/")


def contact(visitor: Visitor) -> None:
    basket(visitor)
    steps.choose_slots(visitor)


def review(visitor: Visitor) -> None:
    contact(visitor)
    steps.leave_contact(visitor, name="Greta Beispiel", email="greta@example.org")


def ordered(visitor: Visitor) -> None:
    review(visitor)
    steps.press_order(visitor)


def letter(about: str) -> Callable[[Visitor], None]:
    def find(visitor: Visitor) -> None:
        for page in range(1, 40):
            visitor.page.goto(f"/demo/briefkasten/?art=mail&page={page}")
            found = visitor.page.locator(".desk-list a", has_text=about)
            if found.count():
                visitor.page.goto(found.first.get_attribute("href"))
                return
            if visitor.page.locator("a[rel=next]").count() == 0:
                break
        raise LookupError(about)

    return find


def errand_in_state(about: str) -> Callable[[Visitor], None]:
    """The errand page that a mail with this subject leads to."""

    def find(visitor: Visitor) -> None:
        letter(about)(visitor)
        visitor.page.goto(walk_link(visitor))

    return find


def walk_link(visitor: Visitor) -> str:
    links = visitor.page.locator("main a").evaluate_all("found => found.map(link => link.getAttribute('href') || '')")
    found = [link for link in links if walk.SECRET_LINK.search(link) or "/v/" in link]
    if not found:
        raise LookupError(f"no way to the errand on {visitor.page.url}")
    return re.sub(r"^https?://[^/]+", "", found[0])


def typed_text(visitor: Visitor) -> None:
    steps.describe(visitor, "Tiefes Schlagloch vor dem Eingang, ein Rad ist schon hängen geblieben.")


def map_open(visitor: Visitor) -> None:
    typed_text(visitor)
    visitor.page.get_by_role("button", name="Auf der Karte wählen").click()
    visitor.page.locator(".leaflet-container").wait_for()
    visitor.page.wait_for_load_state("networkidle")


def kinds(visitor: Visitor) -> None:
    typed_text(visitor)
    steps.name_place(visitor, "Marktplatz 5")


def report_review(visitor: Visitor) -> None:
    kinds(visitor)
    steps.choose_kind(visitor, "Straße oder Gehweg")


def reported(visitor: Visitor) -> None:
    report_review(visitor)
    visitor.press("Anliegen absenden")
    visitor.sees("Danke", check=False)


def refused_report(visitor: Visitor) -> None:
    visitor.page.goto("/anliegen/neu/")
    visitor.press("Weiter")


SHOP = f"/laden/{steps.BAKERY}/"
SCREENS = [
    Screen("start", "The start page", "/"),
    Screen("start-english", "The start page in English", "/en/"),
    Screen("search", "Search over offers, shops, places and streets", "/suche/?q=brot"),
    Screen("search-nothing", "Search that finds nothing", "/suche/?q=xylophonquark"),
    Screen("search-explanation", "How the search orders", "/suche/erklaerung/"),
    Screen("market", "The market", "/einkaufen/"),
    Screen("category", "Offers of a category", first_link("/einkaufen/", ".tiles a")),
    Screen("offers", "All offers", "/einkaufen/alles/"),
    Screen("offer", "An offer with its unit price", first_link("/einkaufen/alles/?q=Bauernbrot", ".offer-card a")),
    Screen("shops", "Shops and businesses", "/geschaefte/"),
    Screen("shop", "A shop", f"/geschaefte/{steps.BAKERY}/"),
    Screen("place", "A place from the map that nobody has claimed", first_link("/geschaefte/", "a[href*='/orte/']")),
    Screen("place-claim", "Claiming a place", first_link("/geschaefte/", "a[href*='/orte/']", "uebernehmen/"), "shop"),
    Screen("basket-empty", "The empty basket", "/warenkorb/"),
    Screen("basket", "The basket over two shops", basket),
    Screen("checkout-slots", "Choosing collection times", slots),
    Screen("checkout-contact", "The contact", contact),
    Screen("checkout-review", "Checking and ordering", review),
    Screen("order-placed", "The order's page, just placed", ordered),
    Screen("order-ready", "An order ready for collection", errand_in_state("Abholbereit bei")),
    Screen("order-terms", "Terms of order", "/bestellbedingungen/"),
    Screen("withdrawal", "Withdrawing from a contract", "/widerruf/"),
    Screen("tickets", "Reports: what it is about", "/anliegen/"),
    Screen("ticket-text", "Reporting: the words", "/anliegen/neu/"),
    Screen("ticket-refused", "Reporting: nothing was typed", refused_report),
    Screen("ticket-place", "Reporting: the place", typed_text),
    Screen("ticket-map", "Reporting: the place on the map", map_open),
    Screen("ticket-category", "Reporting: the kind", kinds),
    Screen("ticket-review", "Reporting: checking", report_review),
    Screen("ticket-sent", "Reporting: number, code and QR", reported),
    Screen("ticket-page", "A report that is done", errand_in_state("ist erledigt")),
    Screen("ticket-question", "A report the city asks about", errand_in_state("Eine Frage zu")),
    Screen("find", "Finding an errand by number and code", "/finden/"),
    Screen("mine", "My errands, without an account", "/meine/"),
    Screen("for-shops", "For businesses", "/fuer-betriebe/"),
    Screen("imprint", "The imprint", "/impressum/"),
    Screen("privacy", "Privacy", "/datenschutz/"),
    Screen("accessibility", "The accessibility statement", "/barrierefreiheit/"),
    Screen("terms", "Terms of use", "/nutzungsbedingungen/"),
    Screen("not-found", "A page that does not exist", "/gibt-es-nicht/"),
    Screen("login", "Signing in", "/konto/login/"),
    Screen("signup", "Making an account", "/konto/signup/"),
    Screen("account", "My account", "/konto/", "clerk"),
    Screen("account-messages", "Messages in the account", "/konto/nachrichten/", "clerk"),
    Screen("account-notifications", "What may be sent", "/konto/benachrichtigungen/", "clerk"),
    Screen("account-profile", "My profile", "/konto/profil/", "clerk"),
    Screen("account-data", "My data: export and erasure", "/konto/daten/", "clerk"),
    Screen("account-second-factor", "The second factor", "/konto/2fa/", "clerk"),
    Screen("shop-side", "The shop's own side", SHOP, "shop"),
    Screen("shop-orders", "Orders of a shop", f"{SHOP}bestellungen/", "shop"),
    Screen("shop-order", "One order at the shop", first_link(f"{SHOP}bestellungen/", ".order-rows a"), "shop"),
    Screen("shop-finished", "Finished orders", f"{SHOP}bestellungen/fertig/", "shop"),
    Screen("shop-packing-list", "The packing list", f"{SHOP}bestellungen/packliste/", "shop"),
    Screen("shop-hand-over", "Handing over by code", f"{SHOP}uebergabe/", "shop"),
    Screen("shop-pickup", "Collection times of a shop", f"{SHOP}abholung/", "shop"),
    Screen("shop-offers", "Offers of a shop", f"{SHOP}angebote/", "shop"),
    Screen("shop-offer", "Editing an offer", first_link(f"{SHOP}angebote/", "main a[href*='/angebote/']:not([href$='/neu/'])"), "shop"),
    Screen("shop-offer-new", "A new offer", f"{SHOP}angebote/neu/", "shop"),
    Screen("shop-profile", "The shop window", f"{SHOP}profil/", "shop"),
    Screen("shop-legal", "Legal details of a shop", f"{SHOP}anbieter/", "shop"),
    Screen("shop-hours", "Opening hours", f"{SHOP}oeffnungszeiten/", "shop"),
    Screen("shop-team", "The shop's team", f"{SHOP}team/", "shop"),
    Screen("desk", "The desk", "/desk/", "clerk"),
    Screen("desk-tickets", "Reports at the desk", "/desk/anliegen/", "lead"),
    Screen("desk-ticket", "One report at the desk", first_link("/desk/anliegen/?liste=unit", ".ticket-list__what a"), steps.ROADS),
    Screen("desk-pass-on", "Passing a report on", first_link("/desk/anliegen/?liste=unit", ".ticket-list__what a", "weitergeben/"), steps.ROADS),
    Screen("desk-organisation", "The organisation", "/desk/organisation/", "lead"),
    Screen("desk-unit", "A unit with its people", "/desk/organisation/tiefbau/", "lead"),
    Screen("desk-duties", "Who answers for what", "/desk/zustaendigkeiten/", "lead"),
    Screen("desk-shops", "Claims and removals of places", "/desk/geschaefte/", "mira.markt@example.org"),
    Screen("mailbox", "The demo's mailbox", "/demo/briefkasten/"),
    Screen("mail-order", "A mail about an order", letter("Bestellung")),
    Screen("mail-ticket", "A mail about a report", letter("Anliegen")),
    Screen("style", "The living style page", "/stil/"),
]  # fmt: skip


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
        visitor.page.evaluate("document.querySelector('.demo-bar')?.remove(); document.body.style.paddingBlockEnd = 0")
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
        .quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    )
    few.convert("RGB").save(path, "WEBP", lossless=True, quality=90, method=6)


def write_index() -> None:
    """docs/screens/index.md, from the table above; pictures of pages that are gone go."""
    lines = ["# Pictures of all pages", "", "Made by `make screens` from the demo town; do not edit by hand.", ""]
    lines += ["| Page | 360 px | 1280 px |", "|---|---|---|"]
    named = set()
    for screen in SCREENS:
        cells = []
        for width in WIDTHS:
            pictures = {scheme: f"{screen.name}-{width}-{scheme}.webp" for scheme in schemes(screen)}
            named |= set(pictures.values())
            cells.append(" ".join(f"[{scheme}]({picture})" for scheme, picture in pictures.items()))
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
        with running_town(var, given) as town, sync_playwright() as playwright:
            program = shutil.which("chromium") or shutil.which("chromium-browser")
            browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM_FLAGS)
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
