"""Service discovery: the file that leads to endpoints."""

from __future__ import annotations

from open311_check.framework import DISCOVERY, SHOULD, Skipped, check, expect
from open311_check.server import Server, fields

V2 = "wiki.open311.org/GeoReport_v2"
MIME = {"text/xml": "xml", "application/json": "json"}


def endpoints(server: Server) -> list[dict]:
    """The endpoints of the XML file, with their formats as a list."""
    root = server.discovery("xml").xml()
    return [
        fields(node) | {"formats": [(f.text or "").strip() for f in node.findall("formats/format")]}
        for node in root.findall("endpoints/endpoint")
    ]


@check("discovery-xml", "Format must be both: xml and json.", source=DISCOVERY)
def in_xml(server: Server) -> None:
    answer = server.discovery("xml")
    expect(answer.status == 200, f"{answer.url} answered {answer.status}")
    expect(answer.xml().tag == "discovery", f"the root element is {answer.xml().tag}, not discovery")


@check("discovery-json", "Format must be both: xml and json.", source=DISCOVERY)
def in_json(server: Server) -> None:
    answer = server.discovery("json")
    expect(answer.status == 200, f"{answer.url} answered {answer.status}")
    expect(isinstance(answer.json(), dict), "the discovery file is not an object")


@check("discovery-fields", "All fields are required.", source=DISCOVERY)
def has_all_fields(server: Server) -> None:
    known = fields(server.discovery("xml").xml())
    missing = [name for name in ("changeset", "contact", "key_service") if not known.get(name)]
    expect(not missing, f"without {', '.join(missing)}")
    expect(endpoints(server), "no endpoint is named")


@check("discovery-endpoint-fields", "All fields are required.", source=DISCOVERY)
def endpoints_have_all_fields(server: Server) -> None:
    for one in endpoints(server):
        missing = [name for name in ("specification", "url", "changeset", "type", "formats") if not one.get(name)]
        expect(not missing, f"the endpoint {one.get('url') or '?'} has no {', '.join(missing)}")


@check(
    "discovery-endpoint-type",
    'Either "production" or "test" defines whether the information is live and will be acted upon.',
    source=DISCOVERY,
)
def live_or_not(server: Server) -> None:
    for one in endpoints(server):
        expect(one.get("type") in {"production", "test"}, f"the type is {one.get('type')!r}")


@check(
    "discovery-names-georeport",
    "In general the format is a URL that identifies the specification and version number.",
    source=DISCOVERY,
)
def names_georeport(server: Server) -> None:
    expect(any(V2 in one.get("specification", "") for one in endpoints(server)), "no endpoint of GeoReport v2")


@check("discovery-formats-served", "Data structure of supported MIME types.", source=DISCOVERY)
def formats_are_served(server: Server) -> None:
    here = [one for one in endpoints(server) if one.get("url", "").rstrip("/") == server.base]
    if not here:
        raise Skipped("the discovery file does not name the address that was checked")
    for kind in here[0]["formats"]:
        ending = MIME.get(kind.split(";")[0].strip())
        expect(ending, f"{kind} is no format of the specification")
        expect(server.get(f"services.{ending}").status == 200, f"{kind} is promised and not served")


@check(
    "discovery-json-same",
    "The JSON structure is meant to follow a programmatic mapping based on the XML structure.",
    level=SHOULD,
    source=DISCOVERY,
)
def both_say_the_same(server: Server) -> None:
    known = server.discovery("json").json()
    expect(isinstance(known.get("endpoints"), list), "endpoints is not an array")
    expect(
        [one.get("url") for one in known["endpoints"]] == [one.get("url") for one in endpoints(server)], "other URLs"
    )
