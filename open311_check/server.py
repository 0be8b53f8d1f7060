"""The server under test, as a patient client sees it: answers are kept, so that many checks cost few requests."""

from __future__ import annotations

import json
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

from open311_check.framework import Skipped

Element = ElementTree.Element


class Unusable(Exception):
    """The answer cannot be read as what it claims to be."""


@dataclass(frozen=True)
class Answer:
    url: str
    status: int
    headers: dict[str, str]
    """Names in small letters."""
    body: bytes

    @property
    def content_type(self) -> str:
        return self.headers.get("content-type", "")

    @property
    def text(self) -> str:
        try:
            return self.body.decode("utf-8")
        except UnicodeDecodeError:
            raise Unusable(f"{self.url} is not UTF-8") from None

    def json(self) -> Any:
        try:
            return json.loads(self.text)
        except ValueError as error:
            raise Unusable(f"{self.url} is not JSON ({error})") from None

    def xml(self) -> Element:
        if b"<!DOCTYPE" in self.body or b"<!ENTITY" in self.body:
            raise Unusable(f"{self.url} declares a document type")
        try:
            return ElementTree.fromstring(self.body)  # noqa: S314 - document types were refused above
        except ElementTree.ParseError as error:
            raise Unusable(f"{self.url} is not XML ({error})") from None


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args, **_kwargs):
        return None


class Server:
    """`base` is the endpoint; `get` and `post` speak to it, the rest are answers that many checks share."""

    def __init__(
        self,
        base: str,
        *,
        key: str = "",
        jurisdiction: str = "",
        discovery: str = "",
        may_post: bool = False,
        place: tuple[float, float] | None = None,
        service_code: str = "",
        timeout: float = 30.0,
    ) -> None:
        if not base.startswith(("http://", "https://")):
            raise ValueError("The endpoint is an http or https address.")
        self.base = base.rstrip("/")
        self.key, self.jurisdiction, self.may_post, self.timeout = key, jurisdiction, may_post, timeout
        self.place, self.wanted_service = place, service_code
        self.discovery_base = discovery.removesuffix(".json").removesuffix(".xml")
        self.posted: dict[str, Any] = {}
        self._kept: dict[str, Answer] = {}
        self._opener = urllib.request.build_opener(_NoRedirects)

    # --- speaking ----------------------------------------------------------------------------------------------------
    def get(self, path: str, **parameters: str) -> Answer:
        """GET below the endpoint; the same question is asked once."""
        given = {"jurisdiction_id": self.jurisdiction} if self.jurisdiction else {}
        return self.get_url(f"{self.base}/{path}", **given | parameters)

    def get_url(self, url: str, **parameters: str) -> Answer:
        if parameters:
            url += "?" + urllib.parse.urlencode(parameters)
        if url not in self._kept:
            self._kept[url] = self._open(urllib.request.Request(url))  # noqa: S310 - http or https, see __init__
        return self._kept[url]

    def post(self, path: str, fields: dict[str, str] | list[tuple[str, str]]) -> Answer:
        pairs = list(fields.items()) if isinstance(fields, dict) else list(fields)
        if self.jurisdiction:
            pairs.append(("jurisdiction_id", self.jurisdiction))
        kind = "application/x-www-form-urlencoded; charset=utf-8"
        request = urllib.request.Request(  # noqa: S310 - http or https, see __init__
            f"{self.base}/{path}",
            urllib.parse.urlencode(pairs).encode(),
            {"Content-Type": kind},
            method="POST",
        )
        return self._open(request)

    def answers(self) -> bool:
        """Whether somebody is there at all."""
        try:
            self.get("services.xml")
        except OSError:
            return False
        return True

    def _open(self, request: urllib.request.Request) -> Answer:
        request.add_header("User-Agent", "open311_check")
        try:
            with self._opener.open(request, timeout=self.timeout) as answer:
                return _answer(request.full_url, answer)
        except urllib.error.HTTPError as error:
            with error:
                return _answer(request.full_url, error)

    # --- answers that checks share -----------------------------------------------------------------------------------
    @property
    def has_json(self) -> bool:
        """JSON may be left out by a provider."""
        return self.get("services.json").status == 200

    def json(self, path: str, **parameters: str) -> Any:
        """The JSON answer, or skip where the provider has none."""
        if not self.has_json:
            raise Skipped("the server does not offer JSON")
        answer = self.get(f"{path}.json", **parameters)
        if answer.status != 200:
            raise Unusable(f"{answer.url} answered {answer.status}")
        return answer.json()

    def xml(self, path: str, **parameters: str) -> Element:
        answer = self.get(f"{path}.xml", **parameters)
        if answer.status != 200:
            raise Unusable(f"{answer.url} answered {answer.status}")
        return answer.xml()

    def services(self) -> list[dict[str, str]]:
        """The services as the XML tells them: every server has XML."""
        return [fields(node) for node in self.xml("services").findall("service")]

    def requests(self, **parameters: str) -> list[dict[str, str]]:
        return [fields(node) for node in self.xml("requests", **parameters).findall("request")]

    def discovery(self, ending: str) -> Answer:
        """The discovery file beside the endpoint or one level above, unless its address was given."""
        above = self.base.rsplit("/", 1)[0]
        places = [f"{self.base}/discovery"] + ([f"{above}/discovery"] if above.count("/") > 1 else [])
        if self.discovery_base:
            places = [self.discovery_base]
        found = self.get_url(f"{places[0]}.{ending}")
        return found if found.status == 200 or len(places) == 1 else self.get_url(f"{places[1]}.{ending}")


def _answer(url: str, answer: Any) -> Answer:
    return Answer(url, answer.status, {k.lower(): v for k, v in answer.headers.items()}, answer.read())


def fields(node: Element) -> dict[str, str]:
    """The leaves of an element; empty and absent text are the same."""
    return {child.tag: (child.text or "").strip() for child in node if len(child) == 0}


def moment(text: str) -> datetime | None:
    """A date and time with its zone; None for anything else."""
    try:
        found = datetime.fromisoformat(text.replace("Z", "+00:00").replace("z", "+00:00"))
    except ValueError:
        return None
    return found.astimezone(UTC) if found.tzinfo and "T" in text else None


def w3(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
