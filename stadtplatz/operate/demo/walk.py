"""The two errands as strangers and staff walk them over HTTP. Each function is one person's part of the way."""

import re
from dataclasses import dataclass
from io import BytesIO

from PIL import Image

from stadtplatz.operate.demo.client import Answer, Client, Form, Unexpected
from stadtplatz.operate.demo.keys import PASSWORD

SECRET_LINK = re.compile(r"/(?:en/)?(?:anliegen|bestellung|termin)/([A-Za-z0-9_\-]{22})/")
NUMBER = re.compile(r"\b[A-Z]-[2-9A-Z]{3}-[2-9A-Z]{4}\b")


@dataclass(frozen=True)
class Errand:
    """What a stranger takes home: the number to tell, the secret of the link."""

    number: str
    secret: str


def order(visitor: Client, *, name: str, email: str, shops: int = 2) -> Errand:
    """Put one offer of each of so many shops into the basket, choose slots, leave a contact, order."""
    fill_basket(visitor, shops=shops)
    return errand_of(press_order(visitor, *to_review(visitor, name=name, email=email)))


def fill_basket(visitor: Client, *, shops: int) -> None:
    """One offer from each of so many different shops."""
    seen: set[str] = set()
    for link in _offers(visitor):
        page = visitor.get(link)
        shop = page.link(r"/geschaefte/[^/?#]+/")
        buying = [form for form in page.forms if "/warenkorb/hinzufuegen/" in form.action]
        if shop in seen or not buying:
            continue
        added = visitor.submit(page, buying[0], quantity="1")
        if added.status == 200 and "/warenkorb/" in added.url:
            seen.add(shop)
        if len(seen) == shops:
            return
    raise Unexpected(f"Only {len(seen)} shops sell something.")


def to_review(visitor: Client, *, name: str, email: str) -> tuple[Answer, Form]:
    """From the basket to the page with the order button: the last free slot of each shop, then the contact."""
    page = visitor.get("/kasse/")
    form = next(form for form in page.forms if any(name.startswith("slot-") for name in form.choices))
    slots = {name: values[-1] for name, values in form.choices.items() if name.startswith("slot-")}
    page = visitor.submit(page, form, values=slots)
    page = visitor.submit(page, page.form(having="email"), name=name, email=email)
    page.says("zahlungspflichtig bestellen")
    return page, page.form(action="/kasse/bestellen/")


def press_order(visitor: Client, page: Answer, form: Form) -> Answer:
    """The button."""
    return visitor.submit(page, form)


def report(visitor: Client, *, text: str, address: str, email: str = "", photo: bytes | None = None) -> Errand:
    """Report something at an address, with a photo if there is one."""
    page, form = to_sending(visitor, text=text, address=address, photo=photo)
    return errand_of(visitor.submit(page, form, email=email))


def to_sending(visitor: Client, *, text: str, address: str, photo: bytes | None = None) -> tuple[Answer, Form]:
    """What, where, which kind; up to the page with the button that sends it."""
    page = visitor.get("/anliegen/neu/")
    files = {"photos": ("foto.jpg", photo)} if photo else None
    page = visitor.submit(page, page.form(having="text"), text=text, files=files)
    page = visitor.submit(page, page.form(having="address"), address=address)
    page = _choose(visitor, page, "choice")
    page = _choose(visitor, page, "category")
    page = _choose(visitor, page, "other")  # where something like it was reported close by
    return _answer_questions(visitor, page)


def follow(visitor: Client, errand: Errand, *words: str) -> Answer:
    """Open the errand by its secret link; it must say these words."""
    page = visitor.get(f"/v/{errand.secret}/")
    page.says(errand.number, *words)
    return page


def sign_in(town: str, email: str) -> Client:
    """A member of staff or of a shop signs in with address and password."""
    somebody = Client(town)
    page = somebody.get("/konto/login/")
    page = somebody.submit(page, page.form(having="password"), login=email, password=PASSWORD)
    if "/konto/login" in page.url:
        raise Unexpected(f"{email} could not sign in: status {page.status}.")
    return somebody


def photo() -> bytes:
    """A drawn photo of a pothole."""
    picture = Image.new("RGB", (1200, 900), (128, 128, 126))
    picture.paste((52, 50, 48), (380, 380, 820, 610))
    out = BytesIO()
    picture.save(out, "JPEG")
    return out.getvalue()


def _choose(visitor: Client, page: Answer, name: str) -> Answer:
    """Where the page asks to choose, take what is preselected or the first; buttons count as choices."""
    for form in page.forms:
        if form.choices.get(name):
            chosen = (form.values.get(name) or form.choices[name])[0]
            return visitor.submit(page, form, values={name: chosen})
        buttons = [button for button in form.buttons if button[0] == name]
        if buttons:
            return visitor.submit(page, form, button=buttons[0])
    return page


def _answer_questions(visitor: Client, page: Answer) -> tuple[Answer, Form]:
    """Where the category has questions of its own, the first answer to each choice; up to the page with the button that sends."""
    for _ in range(3):
        asking = [form for form in page.forms if "q-shown" in form.values]
        if not asking:
            break
        answers = {name: values[0] for name, values in asking[0].choices.items() if name.startswith("q-")}
        page = visitor.submit(page, asking[0], values=answers)
    return page, page.form(having="email")


def _offers(visitor: Client) -> list[str]:
    """Links to offers, from the market's first page and its categories."""
    market = visitor.get("/einkaufen/")
    categories = [link for link in market.links if re.fullmatch(r"/einkaufen/[a-z0-9\-]+/", link)]
    pages = [market, *(visitor.get(link) for link in dict.fromkeys(categories))]
    return list(dict.fromkeys(link for page in pages for link in page.links if "/angebot/" in link))


def errand_of(page: Answer) -> Errand:
    """The errand whose page this is; complains with the page's own words if it is none."""
    secret, number = SECRET_LINK.search(page.url), NUMBER.search(page.text)
    if not secret or not number:
        raise Unexpected(f"{page.url} (status {page.status}) is no errand's page: {_sentence(page)}")
    return Errand(number[0], secret[1])


def _sentence(page: Answer) -> str:
    """The first complaint of a page, for the person who reads the log."""
    found = re.search(r'class="[^"]*(?:error|alert)[^"]*"[^>]*>(.*?)</(?:div|section|ul|p)>', page.text, re.DOTALL)
    return re.sub(r"<[^>]+>|\s+", " ", found[1]).strip()[:300] if found else "no complaint shown"
