"""The way to pages of signing in and of one's account that no plain address shows: after a code was sent, a link pressed, a second factor asked for."""

import base64
import hmac
import re
import secrets
import time
from collections.abc import Callable

from stadtplatz.accounts.demo import APP_KEY, CAREFUL, CITIZEN
from stadtplatz.operate.demo.keys import PASSWORD
from tests.journeys.town import Visitor

SECONDS = 30
"""How long a code of the authenticator app is shown."""
INSIDE: dict[str, list] = {}
"""What a browser keeps that has passed the second door of a town: typed once per process."""


def looks(find: Callable[[Visitor], None], start: str) -> Callable[[Visitor], None]:
    """This way may be gone at any time, by anybody, again and again."""
    find.start = start
    return find


def submit(visitor: Visitor, path: str, **typed: str) -> None:
    """Open a form, type this into its fields, and send it off."""
    visitor.page.goto(path)
    form = visitor.page.locator("main form").filter(has=visitor.page.locator(f"input[name={next(iter(typed))}]"))
    for name, words in typed.items():
        form.locator(f"input[name={name}]").fill(words)
    with visitor.page.expect_navigation():
        form.locator("button[type=submit]").first.click()


def code_sent(visitor: Visitor) -> None:
    visitor.context.clear_cookies()
    submit(visitor, "/konto/login/code/", email=f"{secrets.token_hex(4)}@example.org")


def wrong_code(visitor: Visitor) -> None:
    code_sent(visitor)
    submit(visitor, visitor.page.url, code="000000")


def signed_up(visitor: Visitor) -> None:
    visitor.context.clear_cookies()
    submit(visitor, "/konto/signup/", email=f"{secrets.token_hex(4)}@example.org", password1="ein langer neuer Satz")


def choose_password(visitor: Visitor) -> None:
    """What the link of the mail leads to."""
    visitor.context.clear_cookies()
    submit(visitor, "/konto/password/reset/", email=CITIZEN)
    link = re.compile(r"/konto/password/reset/key/[\w-]+/")
    for _try in range(40):
        visitor.page.goto(f"/demo/briefkasten/?art=mail&wort={CITIZEN}")
        visitor.page.locator(".mails a").first.click()
        if found := link.search(visitor.page.content()):
            visitor.page.goto(found[0])
            return
        visitor.page.wait_for_timeout(200)
    raise LookupError("no mail with a new password came")


def proved(path: str) -> Callable[[Visitor], None]:
    """A page before which somebody signed in for some minutes types the password once more."""

    def find(visitor: Visitor) -> None:
        visitor.page.goto(path)
        prove(visitor)

    return looks(find, path)


def prove(visitor: Visitor) -> None:
    if "/konto/reauthenticate/" in visitor.page.url:
        submit(visitor, visitor.page.url, password=PASSWORD)


def one_time_code(key: str, at: float) -> str:
    """What an authenticator app shows at this time (RFC 6238)."""
    told = hmac.digest(base64.b32decode(key), int(at // SECONDS).to_bytes(8, "big"), "sha1")
    start = told[-1] & 15
    return f"{(int.from_bytes(told[start : start + 4], 'big') & 0x7FFFFFFF) % 10**6:06}"


def second_door(visitor: Visitor) -> None:
    """The password was right, the code of the app is asked for."""
    visitor.context.clear_cookies()
    visitor.sign_in(CAREFUL)


def behind_the_second_door(path: str) -> Callable[[Visitor], None]:
    def find(visitor: Visitor) -> None:
        if visitor.town in INSIDE:
            visitor.context.clear_cookies()
            visitor.context.add_cookies(INSIDE[visitor.town])
        visitor.page.goto(path)
        if "/login/" in visitor.page.url or "/authenticate/" in visitor.page.url:
            _type_a_code(visitor)
            INSIDE[visitor.town] = visitor.context.cookies()
            visitor.page.goto(path)
        prove(visitor)

    return looks(find, path)


def _type_a_code(visitor: Visitor) -> None:
    """Each code opens only once, and few may be wrong: somebody else may have taken the one of now, then a neighbour does."""
    second_door(visitor)
    for at in (0, SECONDS, -SECONDS):
        submit(visitor, visitor.page.url, code=one_time_code(APP_KEY, time.time() + at))
        if "/authenticate/" not in visitor.page.url:
            return
    raise LookupError("no code opened the second door")
