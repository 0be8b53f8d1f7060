"""A town of a hundred lines that speaks GeoReport v2 as it should, and wrongly in the ways it is told to."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

from open311_check.server import moment, w3

KEY = "town-key"
PLACE = (48.6, 8.87)
CONTAINERS = {"services": "service", "service_requests": "request", "attributes": "attribute", "values": "value"}
CONTAINERS |= {"endpoints": "endpoint", "formats": "format", "errors": "error"}
LIMIT = timedelta(days=90)


class Refused(Exception):
    def __init__(self, status: int, words: str):
        self.status, self.words = status, words


class Town:
    """`faults` are names of what this town does wrongly."""

    def __init__(self, *faults: str):
        self.faults = set(faults)
        self.now = datetime.now(UTC).replace(microsecond=0)
        self.url = ""
        self.services = [
            {
                "service_code": "hole",
                "service_name": "Schlagloch",
                "description": "Löcher & Risse",
                "metadata": False,
                "type": "realtime",
                "keywords": "Loch, Straße",
                "group": "Straße",
            },
            {
                "service_code": "lamp",
                "service_name": "Laterne",
                "description": "",
                "metadata": True,
                "type": "realtime",
                "keywords": "",
                "group": "Licht",
            },
        ]
        self.definition = {
            "service_code": "lamp",
            "attributes": [
                {
                    "variable": True,
                    "code": "kind",
                    "datatype": "singlevaluelist",
                    "required": True,
                    "datatype_description": "",
                    "order": 1,
                    "description": "Was?",
                    "values": [{"key": "dark", "name": "dunkel"}, {"key": "flicker", "name": "flackert"}],
                },
                {
                    "variable": True,
                    "code": "note",
                    "datatype": "text",
                    "required": False,
                    "datatype_description": "",
                    "order": 2,
                    "description": "Noch etwas?",
                },
            ],
        }
        ages = [2, 20, 40, 60, 80, 120]
        self.requests = [self._request(str(n), days, n) for n, days in enumerate(ages, start=1)]
        self.spoil()

    def _request(self, number: str, days: int, n: int) -> dict:
        at = self.now - timedelta(days=days)
        return {
            "service_request_id": number,
            "status": "open" if n % 2 else "closed",
            "status_notes": "",
            "service_name": "Schlagloch",
            "service_code": "hole" if n % 3 else "lamp",
            "description": f"Nummer {number} <ä>",
            "agency_responsible": "Tiefbauamt",
            "requested_datetime": w3(at),
            "updated_datetime": w3(at),
            "address": "Hauptstraße 1",
            "lat": 48.6,
            "long": 8.87,
        }

    def has(self, fault: str) -> bool:
        return fault in self.faults

    def spoil(self) -> None:
        """Faults that lie in the data."""
        first, attribute = self.services[0], self.definition["attributes"][0]
        changes = {
            "service without name": lambda: first.update(service_name=""),
            "service of no type": lambda: first.update(type="instant"),
            "service metadata as word": lambda: first.update(metadata="yes"),
            "service twice": lambda: self.services.append(dict(first)),
            "service without group": lambda: first.pop("group"),
            "keywords as list": lambda: first.update(keywords=["Loch", "Straße"]),
            "no services": self.services.clear,
            "definition of another": lambda: self.definition.update(service_code="other"),
            "attribute of no type": lambda: attribute.update(datatype="select"),
            "attribute required as word": lambda: attribute.update(required="yes"),
            "attribute order twice": lambda: attribute.update(order=2),
            "attribute without order": lambda: attribute.pop("order"),
            "values without key": lambda: attribute["values"][0].pop("key"),
            "status in progress": lambda: self.requests[0].update(status="in progress"),
            "dates without zone": lambda: self.requests[0].update(requested_datetime="2026-11-01T10:00:00"),
            "coordinates swapped out": lambda: self.requests[0].update(lat=5_400_000),
            "long description": lambda: self.requests[0].update(description="x" * 4001),
            "id twice": lambda: self.requests[1].update(service_request_id="1"),
            "request without status": lambda: self.requests[0].pop("status"),
            "foreign fields": lambda: self.requests[0].update(title="#1", requestor_name="N"),
            "agency as object": lambda: self.requests[0].update(agency_responsible={"recipient": ["Amt A"]}),
            "too many": lambda: self.requests.extend(self._request(f"m{n}", 1, n) for n in range(1000)),
        }
        for fault in self.faults & set(changes):
            changes[fault]()

    # --- answers -----------------------------------------------------------------------------------------------------
    def answer(self, method: str, path: str, given: dict[str, str]) -> tuple[str, object]:
        """The name of the root element and what is in it."""
        if not self.has("empty is something"):
            given = {name: value for name, value in given.items() if value}
        parts = [part for part in path.split("/") if part]
        match method, parts:
            case "GET", ["discovery"]:
                return "discovery", self.discovery()
            case "GET", ["services"]:
                if self.has("jurisdiction breaks") and "jurisdiction_id" in given:
                    raise Refused(500, "broken")
                if self.has("reading needs a key") and "api_key" not in given:
                    raise Refused(403, "key")
                return "services", self.services
            case "GET", ["services", code]:
                if code != "lamp" and not self.has("any definition"):
                    raise Refused(404, "no such service")
                return "service_definition", self.definition
            case "GET", ["requests"]:
                return "service_requests", self.listed(given)
            case "GET", ["requests", number]:
                found = [one for one in self.requests if one["service_request_id"] == number]
                if not found and not self.has("missing is empty"):
                    raise Refused(400 if self.has("missing is 400") else 404, "no such request")
                return "service_requests", self.requests[:2] if self.has("single gives two") else found
            case "GET", ["tokens", _token]:
                raise Refused(404, "no such token")
            case "POST", ["requests"]:
                return "service_requests", [self.open(given)]
        raise Refused(404, "nothing here")

    def discovery(self) -> dict:
        endpoint = {
            "specification": "http://wiki.open311.org/GeoReport_v2",
            "url": self.url,
            "changeset": "2026-01-01 10:00",
            "type": "live" if self.has("discovery type") else "test",
            "formats": ["text/xml", "text/csv" if self.has("discovery format") else "application/json"],
        }
        known = {"changeset": "2026-01-01 10:00", "contact": "Rathaus", "key_service": "Rathaus"}
        if self.has("discovery without contact"):
            known["contact"] = ""
        return known | {"endpoints": [endpoint]}

    def listed(self, given: dict[str, str]) -> list[dict]:
        if "service_request_id" in given:
            wanted = given["service_request_id"].split(",")
            if self.has("only one id"):
                wanted = wanted[:1]
            found = [one for one in self.requests if one["service_request_id"] in wanted]
            if self.has("ids do not override") and "status" in given:
                found = [one for one in found if one["status"] == given["status"]]
            return found
        start, end = (self.date(given.get(name)) for name in ("start_date", "end_date"))
        if start and end and end - start > LIMIT and not self.has("any range"):
            raise Refused(400, "more than 90 days")
        if start and end and end - start >= LIMIT and self.has("89 days"):
            raise Refused(400, "too much")
        end = end or self.now
        start = start or end - (timedelta(days=365) if self.has("a year by default") else LIMIT)
        found = [one for one in self.requests if self.within(one, start, end)]
        for name in ("status", "service_code"):
            if name in given and not self.has(f"ignores {name}"):
                wanted = [given[name]] if self.has("one value only") else given[name].split(",")
                if name == "status" and set(wanted) - {"open", "closed"} and not self.has("any status"):
                    raise Refused(400, "no such status")
                found = [one for one in found if one.get(name) in wanted]
        return found

    def within(self, one: dict, start: datetime, end: datetime) -> bool:
        at = moment(one["requested_datetime"])
        return at is None or self.has("ignores dates") or start <= at <= end

    def date(self, text: str | None) -> datetime | None:
        if not text:
            return None
        at = moment(text[:19] + "Z" if self.has("offset ignored") else text)
        if at is None and not self.has("any date"):
            raise Refused(400, "no such date")
        return at

    def open(self, given: dict[str, str]) -> dict:
        if given.get("api_key") != KEY and not self.has("any key"):
            raise Refused(401 if self.has("401 for keys") else 403, "api_key")
        code = given.get("service_code")
        if not code:
            raise Refused(400, "service_code")
        if code not in {"hole", "lamp"}:
            raise Refused(400 if self.has("unknown service is 400") else 404, "no such service")
        try:
            lat, long = float(given["lat"]), float(given["long"])
        except (KeyError, ValueError):
            if not self.has("any place"):
                raise Refused(400, "place") from None
            lat, long = 0.0, 0.0
        if code == "lamp" and "attribute[kind]" not in given and not self.has("any attributes"):
            raise Refused(400, "attribute kind")
        if len(given.get("description", "")) > 4000 and not self.has("any length"):
            raise Refused(400, "too long")
        number = str(len(self.requests) + 1)
        text = given.get("description", "")
        if self.has("loses umlauts"):
            text = text.encode("ascii", "replace").decode()
        row = self._request(number, 0, 1) | {"service_code": code, "lat": lat, "long": long, "description": text}
        self.requests.append(row)
        told = {"service_request_id": number, "service_notice": "", "account_id": None}
        if self.has("id and token"):
            told["token"] = "t1"
        if self.has("token that leads nowhere"):
            told = {"token": "t1"}
        return told

    # --- how it is written -------------------------------------------------------------------------------------------
    def write(self, ending: str, root: str, body: object) -> tuple[str, bytes]:
        charset = "" if self.has("no charset") else "; charset=utf-8"
        coding = "latin-1" if self.has("latin") else "utf-8"
        if ending == "json":
            if isinstance(body, list) and (
                self.has("wrapped lists") or (root == "errors" and self.has("wrapped errors"))
            ):
                body = {root: body}
            kind = "text/html" if self.has("json as html") else "application/json"
            return kind + charset, json.dumps(body, ensure_ascii=False).encode(coding)
        declaration = "" if self.has("no declaration") else '<?xml version="1.0" encoding="UTF-8"?>'
        name = "response" if self.has("other root") else root
        space = ' xmlns="http://wiki.open311.org/GeoReport_v2"' if self.has("namespace") else ""
        inside = element(CONTAINERS.get(root, ""), body)
        kind = "application/xml" if self.has("application/xml") else "text/xml"
        return kind + charset, f"{declaration}<{name}{space}>{inside}</{name}>".encode(coding)


def element(child: str, value: object) -> str:
    if isinstance(value, list):
        return "".join(f"<{child}>{element('', one)}</{child}>" for one in value)
    if isinstance(value, dict):
        return "".join(f"<{name}>{element(CONTAINERS.get(name, name), one)}</{name}>" for name, one in value.items())
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else escape(str(value))


@contextmanager
def standing(town: Town) -> Iterator[str]:
    """The town answers at the address that is given, until the end."""

    class Door(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            self.speak("GET", {name: values[0] for name, values in self.query().items()})

        def do_POST(self):
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            self.speak("POST", {name: values[0] for name, values in parse_qs(body, keep_blank_values=True).items()})

        def query(self):
            return parse_qs(urlsplit(self.path).query, keep_blank_values=True)

        def speak(self, method, given):
            path, _, ending = urlsplit(self.path).path.rpartition(".")
            status = 200
            if ending not in {"xml", "json"} or (ending == "json" and town.has("no json")):
                status, ending, root, body = 404, "xml", "errors", [{"code": 404, "description": "format"}]
            else:
                try:
                    root, body = town.answer(method, path, given)
                except Refused as refusal:
                    status = 200 if town.has("always 200") else refusal.status
                    root, body = "errors", [{"code": refusal.status, "description": refusal.words}]
            if root == "errors" and town.has("errors in html"):
                kind, content = "text/html", b"<h1>Oh</h1>"
            else:
                kind, content = town.write(ending, root, body)
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_args):
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    town.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield town.url
    finally:
        server.shutdown()
        server.server_close()
