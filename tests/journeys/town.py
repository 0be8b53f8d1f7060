"""A visitor with a browser of their own, who uses it with the pointer or with the keyboard alone."""

import hashlib
import os
import secrets
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Locator, Page, Playwright, Request, StorageState, expect

from stadtplatz.operate.demo.keys import PASSWORD

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--in-process-gpu",
    "--renderer-process-limit=1",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--enable-unsafe-swiftshader",
    "--use-fake-device-for-media-stream",
]
TAGS = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
EVERYTHING = {"runOnly": TAGS}
COLOUR_RULES = ["color-contrast", "link-in-text-block"]
COLOURS = {"runOnly": {"type": "rule", "values": COLOUR_RULES}}
"""What can differ in the dark: the page is the same, its colours are not."""
ALL_BUT_COLOURS = {"runOnly": TAGS, "rules": {rule: {"enabled": False} for rule in COLOUR_RULES}}
"""What can differ where something else is shown."""
PLACES = {"runOnly": {"type": "rule", "values": ["target-size", "scrollable-region-focusable"]}}
"""What can differ on another screen or with larger text where the same is shown, but at other places and in other sizes."""
AXE = """async ([options, chosen]) => {
  if (!window.axe) return null;
  const where = chosen ? {include: chosen.map(at => window.blocks[at])} : document;
  const found = await axe.run(where, {...options, preload: false, resultTypes: ['violations']});
  return found.violations.map(it => `${it.id}: ${it.nodes.slice(0, 3).map(node => node.html.slice(0, 160)).join('; ')}`);
}"""
"""`chosen` blocks, or the whole page; nothing where axe is not there yet. Nothing is preloaded: only rules that we do not ask for need other files."""
HASH = """text => {
  let a = 0xdeadbeef, b = 0x41c6ce57;
  for (let at = 0; at < text.length; at++) {
    a = Math.imul(a ^ text.charCodeAt(at), 2654435761);
    b = Math.imul(b ^ text.charCodeAt(at), 1597334677);
  }
  return (4294967296 * (2097151 & b) + (a >>> 0)).toString(36);
}"""
BLOCKS = """() => {
  const hash = HASH;
  const speaks = node => [...node.childNodes].some(child => child.nodeType === 3 && child.data.trim());
  const ground = look => [look.backgroundColor, look.backgroundImage, look.opacity].join();
  const look = node => {
    const seen = getComputedStyle(node);
    const type = [seen.color, seen.fontSize, seen.fontWeight, seen.textDecorationLine, node.matches('[disabled], [aria-disabled]'), speaks(node)];
    return [node.localName, ground(seen), ...type].join();
  };
  const blocks = window.blocks = [], told = [];
  const cut = (node, below) => {
    if (!node.checkVisibility({visibilityProperty: true})) return;
    const within = node.querySelectorAll('*');
    if (within.length > 30 && !speaks(node)) {
      const here = below + ground(getComputedStyle(node));
      for (const child of node.children) cut(child, here);
    } else {
      blocks.push(node);
      told.push(hash(below + [node, ...within].filter(it => it.checkVisibility({visibilityProperty: true})).map(look).join()));
    }
  };
  cut(document.body, '');
  return told;
}""".replace("HASH", HASH)
"""The page cut into blocks; of each, what decides whether its colours can be read: its own, those below it, sizes and weights of its letters."""
MOST_STOPS = 250
"""Nobody should have to press Tab more often than this to reach anything."""

HAS_FOCUS = "node => node === document.activeElement"
IN_SAME_GROUP = "node => node.type === 'radio' && document.activeElement.name === node.name"
IN_MAIN = "node => Boolean(node.closest('main'))"
SHOWS_FOCUS = """node => [node, node.closest('label'), node.parentElement, node.nextElementSibling].some(place => {
  if (!place) return false;
  const look = getComputedStyle(place);
  return (look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) > 0) || look.boxShadow !== 'none';
})"""
MAKE_READY = """size => {
  document.documentElement.style.fontSize = size === 100 ? '' : `${size}%`;
  document.querySelectorAll('.demo-bar').forEach(bar => { bar.style.position = 'static'; });
  if (document.adoptedStyleSheets.length) return;
  const still = new CSSStyleSheet();
  still.replaceSync('*, ::before, ::after { transition: none !important; animation: none !important }');
  document.adoptedStyleSheets = [still];
}"""
"""Nothing moves while colours and sizes are looked at: half a change of colours is no colour."""
SHAPE = """size => {
  (READY)(size);
  const hash = HASH;
  const state = ['role', 'type', 'aria-current', 'aria-expanded', 'aria-pressed', 'aria-invalid', 'disabled', 'open', 'hidden', 'lang'];
  const found = new Map(), seen = new Map();
  const count = (where, here) => where.set(here, Math.min(2, (where.get(here) ?? 0) + 1));
  const walk = (node, path) => {
    const own = [node.localName, node.className.baseVal ?? node.className, ...state.map(name => node.getAttribute(name))].join(' ');
    const here = hash(`${path}>${own}`);
    count(found, here);
    if (node.checkVisibility({visibilityProperty: true})) count(seen, here);
    for (const child of node.children) walk(child, here);
  };
  walk(document.documentElement, '');
  const told = counted => hash([...counted].map(([path, count]) => path + count).sort().join());
  return {
    title: document.title.replace(/[A-Z]-\\w{3}-\\w{4}|\\d+/g, '#'),
    built: told(found),
    shown: told(seen),
    wider: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  };
}""".replace("HASH", HASH).replace("READY", MAKE_READY)
"""What the page, made ready, is built of: which elements stand in which, and whether there are one or several of them; numbers do not count.
And which of them are shown on this screen."""
DRAWN = "() => new Promise(drawn => requestAnimationFrame(() => setTimeout(drawn)))"
"""A frame with everything that was asked for is drawn: what waits behind its callbacks comes after it."""


def open_browser(playwright: Playwright) -> Browser:
    """Chromium; its shell without windows, where there is one, because it needs half the time."""
    found = [shutil.which(name) for name in ("chromium-headless-shell", "chromium", "chromium-browser")]
    program = next(filter(None, found), None)
    if program is None:
        raise FileNotFoundError("Chromium is missing: make journeys installs it")
    return playwright.chromium.launch(executable_path=program, args=CHROMIUM_FLAGS)


def first_to_see(*shape: object) -> bool:
    """Whether nobody in any process of this run has seen a page of this shape; who asks first, checks it."""
    told = hashlib.sha256(repr(shape).encode()).hexdigest()
    try:
        (Path(os.environ["STADTPLATZ_JOURNEYS_SEEN"]) / told).touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def own_address() -> str:
    """People do not all sit behind one connection: what strangers may do in an hour is counted by network address."""
    return f"10.{secrets.randbelow(256)}.{secrets.randbelow(256)}.{1 + secrets.randbelow(254)}"


class Visitor:
    """One person at one device. `complaints` collects whatever a page did that it must not."""

    def __init__(
        self,
        browser: Browser,
        town: str,
        *,
        width: int = 1280,
        dark: bool = False,
        javascript: bool = True,
        keyboard: bool = False,
        text: int = 100,
        known: StorageState | None = None,
    ):
        self.town = town
        self.javascript = javascript
        self.keyboard = keyboard
        self.complaints: list[str] = []
        self.taps, self.signs = 0, 0
        self.context = browser.new_context(
            base_url=town,
            viewport={"width": width, "height": 800 if width < 700 else 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=javascript,
            has_touch=width < 700 and not keyboard,
            locale="de-DE",
            timezone_id="Europe/Berlin",
            reduced_motion="reduce",
            storage_state=known,
            extra_http_headers={"X-Forwarded-For": own_address()},
        )
        self.context.set_default_timeout(10_000)
        self.text, self.dark = text, dark
        self.page = self.context.new_page()
        self.page.on("request", self._note_request)
        self.page.on("console", self._note_console)
        # Playwright asks the browser for choosers of files without waiting for its answer: asked only now, the key may be faster.
        self.page.on("filechooser", lambda _chooser: None)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script error: {error}"))

    # --- going and looking -------------------------------------------------------------------------------------------
    def visit(self, path: str, *, check: bool = True) -> Page:
        """Open a page, and have it checked for accessibility unless told otherwise."""
        response = self.page.goto(path)
        if response is not None and response.status >= 400:
            self.complaints.append(f"{path}: status {response.status}")
        if check:
            self.check()
        return self.page

    def sees(self, words: str, *, check: bool = True) -> None:
        """The page's heading says this; the page is checked."""
        expect(self.page.get_by_role("heading", name=words).first).to_be_visible()
        if check:
            self.check()

    def reads(self, *words: str) -> None:
        """These words stand somewhere on the page, where they can be seen."""
        for sentence in words:
            expect(self.page.get_by_text(sentence).locator("visible=true").first).to_be_visible()

    def check(self, *, rules: dict = EVERYTHING) -> None:
        """axe on the page as it stands, in the light and in the dark, and nothing wider than the screen.

        The demo's bar lies over the foot of the window; it is let go with the page, because only a demo has it.
        """
        self.page.wait_for_load_state()
        width = self.page.viewport_size["width"]
        where = f"{self.page.url.removeprefix(self.town)} at {width} px, {self.text} %"
        shape = self.page.evaluate(SHAPE, self.text)
        if shape["wider"] > 1:
            self.complaints.append(f"{where} is {shape['wider']} px wider than the screen")
        page = (shape["title"], shape["built"])
        if not self.javascript or not first_to_see(*page, width, self.text, rules):
            return
        self.page.evaluate(DRAWN)
        self._axe(where, ALL_BUT_COLOURS if first_to_see(*page, "shown", shape["shown"]) else PLACES)
        if rules is EVERYTHING:
            self._check_colours(where)

    def _check_colours(self, where: str) -> None:
        """In the light and in the dark, and last as the visitor's device is set."""
        own, other = ("dark", "light") if self.dark else ("light", "dark")
        for scheme in (own, other):
            if scheme != own:
                self.page.emulate_media(color_scheme=scheme)
                self.page.evaluate(DRAWN)
            fresh = [at for at, told in enumerate(self.page.evaluate(BLOCKS)) if first_to_see(told)]
            if fresh:
                self._axe(f"{where}, {scheme}", COLOURS, fresh)
        self.page.emulate_media(color_scheme=own)

    def look(self, *, width: int, text: int = 100, rules: dict = EVERYTHING) -> None:
        """The same page, without loading it again, on another screen or with larger text; checked there.

        The same, because no script of ours asks for the width; the styles do.
        """
        self.page.set_viewport_size({"width": width, "height": 800 if width < 700 else 900})
        self.text = text
        self.check(rules=rules)

    def settle(self) -> None:
        """Wait until a map has what it asked for: whoever leaves earlier makes it complain."""
        if self.page.locator(".leaflet-container").count():
            self.page.wait_for_load_state("networkidle")

    def _axe(self, where: str, options: dict, blocks: Sequence[int] | None = None) -> None:
        found = self.page.evaluate(AXE, [options, blocks])
        if found is None:
            self.page.evaluate(AXE_SCRIPT)
            found = self.page.evaluate(AXE, [options, blocks])
        self.complaints += [f"axe on {where}: {violation}" for violation in found]

    # --- hands -------------------------------------------------------------------------------------------------------
    def press(self, name: str, *, role: str = "button", within: Locator | None = None) -> None:
        """Press the button (or follow the link) of this name."""
        self.use((within or self.page).get_by_role(role, name=name, exact=role == "button").first)

    def follow(self, name: str, *, within: Locator | None = None) -> None:
        self.press(name, role="link", within=within or self.page.locator("main"))

    def use(self, target: Locator) -> None:
        """Activate a button or link: by pointer, or by Tab and Enter."""
        self.taps += 1
        if not self.keyboard:
            target.click()
            return
        self._reach(target)
        self.page.keyboard.press("Enter")

    def write(self, label: str, words: str, *, within: Locator | None = None) -> Locator:
        """Type words into the field with this label, replacing what stands there."""
        self.signs += len(words)
        field = (within or self.page.locator("main")).get_by_label(label).locator("visible=true").first
        if self.keyboard:
            self._reach(field)
            self.page.keyboard.press("ControlOrMeta+a")
            self.page.keyboard.type(words)
        else:
            field.fill(words)
        return field

    def pick(self, radio: Locator) -> None:
        """Choose one of several radio buttons: by pointer, or by Tab to the group and then the arrow keys."""
        self.taps += 1
        if not self.keyboard:
            radio.locator("xpath=ancestor::label[1]").click()
            assert radio.is_checked()
            return
        self._reach(radio, or_group=True)
        for _ in range(MOST_STOPS):
            if radio.evaluate(HAS_FOCUS):
                break
            self.page.keyboard.press("ArrowDown")
        if not radio.is_checked():
            self.page.keyboard.press("Space")
        assert radio.is_checked()

    def attach(self, label: str, *files: dict) -> None:
        """Hand files over to the field with this label; the keyboard opens the file dialog with Space."""
        self.taps += 1
        field = self.page.locator("main").get_by_label(label)
        if not self.keyboard:
            field.set_input_files(list(files))
            return
        self._reach(field)
        with self.page.expect_file_chooser() as chosen:
            self.page.keyboard.press("Space")
        chosen.value.set_files(list(files))

    def _reach(self, target: Locator, *, or_group: bool = False) -> None:
        """Press Tab until the target has the focus, past the header by its skip link, and see that the focus is shown."""
        target.wait_for(state="attached")
        if self.page.evaluate("document.activeElement === document.body") and target.evaluate(IN_MAIN):
            self.page.keyboard.press("Tab")
            assert self.page.locator(":focus").get_attribute("href") == "#main", "the first stop skips the header"
            self.page.keyboard.press("Enter")
        arrived = f"node => ({HAS_FOCUS})(node) || ({IN_SAME_GROUP})(node)" if or_group else HAS_FOCUS
        for _ in range(MOST_STOPS):
            if target.evaluate(arrived):
                if not self.page.locator(":focus").evaluate(SHOWS_FOCUS):
                    self.complaints.append(f"{self.page.url}: the focus is not shown on {target}")
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{self.page.url}: the keyboard does not reach {target}")

    # --- being somebody ----------------------------------------------------------------------------------------------
    def sign_in(self, email: str) -> Page:
        """Sign in by mail address and password, as the demo's people can."""
        self.page.goto("/konto/login/")
        form = self.page.locator("main form").filter(has=self.page.locator("input[name=password]"))
        form.locator("input[name=login]").fill(email)
        form.locator("input[name=password]").fill(PASSWORD)
        form.locator("button[type=submit], button:not([type])").first.click()
        self.page.wait_for_url(lambda url: "/login" not in url)
        return self.page

    def role(self, code: str) -> Page:
        """Step into a role of the demo."""
        self.page.goto("/")
        button = self.page.locator(f".demo-bar button[name=role][value={code}]")
        button.wait_for(state="attached")
        if not button.is_visible():
            self.page.locator(".demo-bar summary").click()
        button.click()
        return self.page

    def leave(self) -> None:
        self.context.close()

    def screenshot(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=str(path), full_page=True)

    def until(self, happened: Callable[[Page], bool], *, tries: int = 60) -> None:
        """Look at the page again until it has happened; work after a click is done by the worker."""
        for _ in range(tries):
            if happened(self.page):
                return
            self.page.wait_for_timeout(250)
            self.page.reload()
        raise AssertionError(f"{self.page.url}: waited in vain")

    def _note_request(self, request: Request) -> None:
        if not request.url.startswith((self.town, "data:", "blob:")):
            self.complaints.append(f"a request left the server: {request.url}")

    def _note_console(self, message) -> None:
        """What the console calls an error; but not what a map had asked for when its page was left, nor an honest 404."""
        left = message.text == "TypeError: Failed to fetch"
        if message.type == "error" and "status of 4" not in message.text and not left:
            self.complaints.append(f"console on {self.page.url}: {message.text}")
