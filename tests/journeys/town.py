"""A visitor with a browser of their own."""

from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--enable-unsafe-swiftshader",
    "--use-fake-device-for-media-stream",
]
AXE = Axe()
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


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
        text: int = 100,
    ):
        self.town = town
        self.javascript = javascript
        self.complaints: list[str] = []
        self.context = browser.new_context(
            base_url=town,
            viewport={"width": width, "height": 800 if width < 700 else 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=javascript,
            has_touch=width < 700,
            locale="de-DE",
            timezone_id="Europe/Berlin",
            reduced_motion="reduce",
        )
        self.text = text
        self.page = self.context.new_page()
        self.page.on("request", self._note_request)
        self.page.on("console", self._note_console)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script error: {error}"))

    def visit(self, path: str, *, check: bool = True) -> Page:
        """Open a page, and have it checked for accessibility unless told otherwise."""
        response = self.page.goto(path)
        if response is not None and response.status >= 400:
            self.complaints.append(f"{path}: status {response.status}")
        if check:
            self.check()
        return self.page

    def check(self) -> None:
        """axe on the page as it stands, and nothing wider than the screen."""
        if self.text != 100:
            self.page.evaluate("size => document.documentElement.style.fontSize = size + '%'", self.text)
        where = f"{self.page.url.removeprefix(self.town)} at {self.page.viewport_size['width']} px"
        if self.javascript:
            results = AXE.run(self.page, options={"runOnly": {"type": "tag", "values": AXE_TAGS}})
            for violation in results.response["violations"]:
                nodes = "; ".join(node["html"][:160] for node in violation["nodes"][:3])
                self.complaints.append(f"axe on {where}: {violation['id']}: {nodes}")
            wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            if wide > 1:
                self.complaints.append(f"{where} is {wide} px wider than the screen")

    def screenshot(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=str(path), full_page=True)

    def role(self, code: str) -> Page:
        """Step into a role of the demo."""
        self.page.goto("/")
        self.page.locator(".demo-bar select[name=role], .demo-bar button[name=role]").first.wait_for(state="attached")
        button = self.page.locator(f".demo-bar button[name=role][value={code}]")
        details = self.page.locator(".demo-bar details")
        if details.count() and not details.first.get_attribute("open"):
            details.first.locator("summary").click()
        button.click()
        return self.page

    def leave(self) -> None:
        self.context.close()

    def _note_request(self, request: Request) -> None:
        if not request.url.startswith((self.town, "data:", "blob:")):
            self.complaints.append(f"a request left the server: {request.url}")

    def _note_console(self, message) -> None:
        if message.type == "error" and "status of 4" not in message.text:
            self.complaints.append(f"console on {self.page.url}: {message.text}")
