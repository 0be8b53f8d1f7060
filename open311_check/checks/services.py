"""GET Service List."""

from __future__ import annotations

from open311_check.framework import SHOULD, check, expect, some
from open311_check.server import Server

NEEDED = ("service_code", "service_name", "metadata", "type")
USUAL = ("description", "keywords", "group")


@check("services-structure", "services: service (URL: https://[API endpoint]/services.[format])")
def structure(server: Server) -> None:
    root = server.xml("services")
    expect(root.tag == "services", f"the root element is {root.tag}, not services")
    strange = {node.tag for node in root} - {"service"}
    expect(not strange, f"beside service there is {sorted(strange)}")


@check("services-some", "Provide a list of acceptable 311 service request types and their associated service codes.")
def there_are_some(server: Server) -> None:
    expect(server.services(), "nothing can be reported here")


@check("services-fields", "service_code: the unique identifier for the service request type")
def needed_fields(server: Server) -> None:
    for one in some(server.services(), "service"):
        missing = [name for name in NEEDED if not one.get(name)]
        expect(not missing, f"the service {one.get('service_code') or '?'} has no {', '.join(missing)}")


@check(
    "services-usual-fields", "description, keywords, group: a category to group this service type within", level=SHOULD
)
def usual_fields(server: Server) -> None:
    for node in some(server.xml("services").findall("service"), "service"):
        missing = [name for name in USUAL if node.find(name) is None]
        expect(not missing, f"the service {node.findtext('service_code')} has no {', '.join(missing)}")


@check("services-codes-unique", "service_code: the unique identifier for the service request type.")
def unique(server: Server) -> None:
    codes = [one.get("service_code") for one in some(server.services(), "service")]
    twice = sorted({str(code) for code in codes if codes.count(code) > 1})
    expect(not twice, f"{twice} stand there twice")


@check("services-metadata", "metadata: possible values: true, false.")
def metadata(server: Server) -> None:
    for one in some(server.services(), "service"):
        expect(one.get("metadata") in {"true", "false"}, f"metadata is {one.get('metadata')!r}")


@check("services-metadata-json", "metadata: possible values: true, false. (JSON)", level=SHOULD)
def metadata_in_json(server: Server) -> None:
    for one in some(server.json("services"), "service"):
        expect(isinstance(one.get("metadata"), bool), f"metadata is {one.get('metadata')!r}, not a truth value")


@check("services-type", "type: possible values: realtime, batch, blackbox.")
def types(server: Server) -> None:
    for one in some(server.services(), "service"):
        expect(one.get("type") in {"realtime", "batch", "blackbox"}, f"the type is {one.get('type')!r}")


@check(
    "services-keywords",
    "A comma separated list of tags or keywords to help users identify the request type.",
    level=SHOULD,
)
def keywords(server: Server) -> None:
    for one in some(server.json("services"), "service"):
        words = one.get("keywords")
        expect(words is None or isinstance(words, str), f"keywords is {type(words).__name__}, not text")


@check("services-same-in-json", "If you have an XML file, you can easily generate the JSON version.")
def same_in_both(server: Server) -> None:
    in_json = [str(one.get("service_code")) for one in server.json("services")]
    in_xml = [one.get("service_code") for one in server.services()]
    expect(in_json == in_xml, "XML and JSON list other services")
