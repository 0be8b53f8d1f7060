"""A visitor without a browser: follows links, fills in forms, keeps cookies. Used by `demo-check` and the kill proof."""

import http.cookiejar
import re
import urllib.error
import urllib.parse
import urllib.request
import uuid
from dataclasses import dataclass, field
from html.parser import HTMLParser

Upload = tuple[str, bytes]
"""File name and content."""


class Unexpected(Exception):
    """A page answered something else than it should; the message names the page."""


@dataclass
class Form:
    """A form as it stands in a page: where it goes, what is already filled in, which buttons it has."""

    action: str
    method: str
    multipart: bool
    values: dict[str, list[str]] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)
    """What each group of radio buttons, check boxes or options offers, those disabled left out."""
    buttons: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Answer:
    url: str
    status: int
    text: str
    forms: list[Form]
    links: list[str]

    def form(self, *, action: str = "", having: str = "") -> Form:
        """The first form whose address contains `action` and which has the field or button value `having`."""
        for form in self.forms:
            known = set(form.values) | {value for pair in form.buttons for value in pair}
            if action in form.action and (not having or having in known):
                return form
        raise Unexpected(f"{self.url} has no form with action {action!r} and field {having!r} (status {self.status}).")

    def link(self, pattern: str) -> str:
        """The first link whose address matches the pattern somewhere."""
        for link in self.links:
            if re.search(pattern, link):
                return link
        raise Unexpected(f"{self.url} has no link like {pattern!r}.")

    def expect(self, status: int) -> None:
        if self.status != status:
            raise Unexpected(f"{self.url} answered {self.status} instead of {status}.")

    def says(self, *words: str) -> None:
        for word in words:
            if word not in self.text:
                raise Unexpected(f"{self.url} (status {self.status}) does not say {word!r}.")


class Client:
    """One visitor with cookies of their own."""

    def __init__(self, town: str, *, address: str = ""):
        """`address` is the network address this visitor claims through a trusted proxy; only measurements need it."""
        self.town = town
        self.headers = {"X-Forwarded-For": address} if address else {}
        self.cookies = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))

    def get(self, path: str) -> Answer:
        return self._open(urllib.request.Request(urllib.parse.urljoin(self.town, path)))  # noqa: S310 - our own town

    def submit(
        self,
        page: Answer,
        form: Form,
        *,
        button: tuple[str, str] | None = None,
        files: dict[str, Upload] | None = None,
        values: dict[str, str] | None = None,
        **more: str,
    ) -> Answer:
        """Send the form as a browser would: what stands in it, with these values changed, and the button that was pressed.

        Fields whose names are no words of Python go into `values`.
        """
        fields = {name: list(found) for name, found in form.values.items()} | {
            name: [value] for name, value in {**(values or {}), **more}.items()
        }
        if button:
            fields[button[0]] = [button[1]]
        pairs = [(name, value) for name, found in fields.items() for value in found]
        target = urllib.parse.urljoin(page.url, form.action or page.url)
        if form.method == "get":
            return self.get(f"{target}?{urllib.parse.urlencode(pairs)}")
        content_type, body = _multipart(pairs, files or {}) if form.multipart else _urlencoded(pairs)
        headers = {"Content-Type": content_type, "Referer": page.url, "Origin": self.town.rstrip("/")}
        return self._open(urllib.request.Request(target, data=body, headers=headers))  # noqa: S310 - our own town

    def _open(self, request: urllib.request.Request) -> Answer:
        for name, value in self.headers.items():
            request.add_header(name, value)
        try:
            with self.opener.open(request, timeout=30) as response:
                return _read(response.url, response.status, response.read())
        except urllib.error.HTTPError as error:
            return _read(error.url, error.code, error.read())


def _read(url: str, status: int, content: bytes) -> Answer:
    text = content.decode("utf-8", "replace")
    reader = _Reader()
    reader.feed(text)
    return Answer(url, status, text, reader.forms, reader.links)


def _urlencoded(pairs: list[tuple[str, str]]) -> tuple[str, bytes]:
    return "application/x-www-form-urlencoded", urllib.parse.urlencode(pairs).encode()


def _multipart(pairs: list[tuple[str, str]], files: dict[str, Upload]) -> tuple[str, bytes]:
    boundary = uuid.uuid4().hex
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in pairs
    ]
    for name, (filename, content) in files.items():
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"; filename="{filename}"\r\nContent-Type: image/jpeg\r\n\r\n'
        parts.append(head.encode() + content + b"\r\n")
    return f"multipart/form-data; boundary={boundary}", b"".join([*parts, f"--{boundary}--\r\n".encode()])


class _Reader(HTMLParser):
    """Collects forms with their present values, and links."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[str] = []
        self._form: Form | None = None
        self._textarea: str | None = None
        self._select: str | None = None

    def handle_starttag(self, tag, attrs):
        found = {name: value or "" for name, value in attrs}
        if tag == "a" and found.get("href"):
            self.links.append(found["href"])
        elif tag == "form":
            multipart = "multipart" in found.get("enctype", "")
            self._form = Form(found.get("action", ""), found.get("method", "get").lower(), multipart)
            self.forms.append(self._form)
        elif self._form is not None:
            self._field(self._form, tag, found, dict(attrs))

    def _field(self, form: Form, tag: str, found: dict[str, str], attributes: dict) -> None:
        name = found.get("name", "")
        if tag == "button" or (tag == "input" and found.get("type") == "submit"):
            form.buttons.append((name, found.get("value", "")))
        elif tag == "textarea" and name:
            self._textarea = name
            form.values[name] = [""]
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select:
            if "disabled" not in attributes:
                form.choices.setdefault(self._select, []).append(found.get("value", ""))
            if "selected" in attributes or self._select not in form.values:
                form.values[self._select] = [found.get("value", "")]
        elif tag == "input" and name and "disabled" not in attributes:
            kind = found.get("type", "text")
            if kind in {"file", "reset", "button", "image"}:
                return
            if kind in {"checkbox", "radio"}:
                form.choices.setdefault(name, []).append(found.get("value", "on"))
            if kind not in {"checkbox", "radio"} or "checked" in attributes:
                form.values.setdefault(name, []).append(found.get("value", "on" if kind == "checkbox" else ""))

    def handle_endtag(self, tag):
        if tag == "form":
            self._form = None
        elif tag == "textarea":
            self._textarea = None
        elif tag == "select":
            self._select = None

    def handle_data(self, data):
        if self._textarea and self._form is not None:
            self._form.values[self._textarea][0] += data
