"""How answers are written: types, encoding, declarations."""

from __future__ import annotations

import re

from open311_check.framework import SHOULD, Skipped, check, expect
from open311_check.server import Server

PAGES = ("services", "requests")


def is_utf8(content_type: str) -> bool:
    return "charset=utf-8" in content_type.lower().replace('"', "").replace(" ", "")


@check("xml-offered", "XML is a required format, but JSON can be provided at the discretion of the API provider.")
def xml_is_there(server: Server) -> None:
    for page in PAGES:
        answer = server.get(f"{page}.xml")
        expect(answer.status == 200, f"{answer.url} answered {answer.status}")


@check("xml-content-type", "XML: Content-Type: text/xml; charset=utf-8")
def xml_type(server: Server) -> None:
    for page in PAGES:
        kind = server.get(f"{page}.xml").content_type
        expect(kind.split(";")[0].strip().lower() == "text/xml" and is_utf8(kind), f"{page}.xml is {kind or 'untyped'}")


@check("json-content-type", "JSON: Content-Type: application/json; charset=utf-8")
def json_type(server: Server) -> None:
    for page in PAGES:
        server.json(page)
        kind = server.get(f"{page}.json").content_type
        right = kind.split(";")[0].strip().lower() == "application/json" and is_utf8(kind)
        expect(right, f"{page}.json is {kind or 'untyped'}")


@check(
    "xml-declaration",
    'The root element must be preceded with the XML declaration including the encoding="UTF-8" attribute.',
)
def xml_is_declared(server: Server) -> None:
    for page in PAGES:
        head = server.get(f"{page}.xml").text.lstrip("\ufeff")[:120]
        right = re.match(r"""<\?xml[^>]*encoding=["']utf-8["'][^>]*\?>""", head, re.IGNORECASE)
        expect(right, f"{page}.xml begins with {head[:60]!r}")


@check("utf8", "All text returned by the service MUST be encoded as UTF-8.")
def is_in_utf8(server: Server) -> None:
    for page in PAGES:
        expect(server.get(f"{page}.xml").text is not None, "unreadable")
        if server.has_json:
            expect(server.get(f"{page}.json").text is not None, "unreadable")


@check(
    "xml-no-namespace",
    "The XML output currently defined is schemaless and without a namespace declaration.",
    level=SHOULD,
)
def without_namespace(server: Server) -> None:
    for page in PAGES:
        root = server.xml(page)
        foreign = [node.tag for node in root.iter() if str(node.tag).startswith("{")]
        expect(not foreign, f"{page}.xml uses {foreign[:1]}")


@check("json-as-xml", "JSON support is based on a programmatic mapping of the XML format using the Spark Convention.")
def arrays_are_bare(server: Server) -> None:
    for page in PAGES:
        answer = server.json(page)
        complaint = (
            f"{page}.json is an object with {sorted(answer)[:3]}, not an array" if isinstance(answer, dict) else ""
        )
        expect(isinstance(answer, list), complaint or f"{page}.json is not an array")


@check("no-key-for-reading", "Requires API Key: No")
def reading_needs_no_key(server: Server) -> None:
    for page in PAGES:
        status = server.get(f"{page}.xml").status
        expect(status not in {401, 403}, f"{page}.xml answered {status} without a key")


@check(
    "jurisdiction-unknown",
    "404 - jurisdiction_id provided was not found; may be ignored if the implementation only serves one jurisdiction.",
)
def unknown_jurisdiction(server: Server) -> None:
    answer = server.get("services.xml", jurisdiction_id="nowhere.example")
    expect(answer.status in {200, 404}, f"an unknown jurisdiction was answered with {answer.status}")


@check("jurisdiction-empty", "A null parameter should be treated as equivalent to a non-declared parameter.")
def empty_jurisdiction(server: Server) -> None:
    if server.jurisdiction:
        raise Skipped("this endpoint serves several jurisdictions")
    answer = server.get("services.xml", jurisdiction_id="")
    expect(answer.status == 200, f"an empty jurisdiction_id was answered with {answer.status}")
    expect(answer.xml().findall("service"), "an empty jurisdiction_id hides the services")
