"""GET Service Definition."""

from __future__ import annotations

from open311_check.framework import SHOULD, check, expect, some
from open311_check.server import Element, Server

DATATYPES = {"string", "number", "datetime", "text", "singlevaluelist", "multivaluelist"}
LISTS = {"singlevaluelist", "multivaluelist"}
UNKNOWN = "no-such-service-0"
MOST = 25
"""Definitions looked at; a town with hundreds of services is not asked for each."""


def codes(server: Server) -> list[str]:
    found = [one["service_code"] for one in server.services() if one.get("metadata") == "true"]
    return some(found, "service with metadata")[:MOST]


def attributes(server: Server) -> list[Element]:
    return [node for code in codes(server) for node in server.xml(f"services/{code}").findall("attributes/attribute")]


@check("definition-structure", "service_definition: service_code, attributes: attribute")
def structure(server: Server) -> None:
    for code in codes(server):
        root = server.xml(f"services/{code}")
        expect(root.tag == "service_definition", f"the root element is {root.tag}, not service_definition")
        expect(root.find("attributes") is not None, f"{code} has no attributes")


@check("definition-json", "service_definition: service_code, attributes (JSON is an object with an array)")
def in_json(server: Server) -> None:
    for code in codes(server):
        answer = server.json(f"services/{code}")
        expect(isinstance(answer, dict), f"{code} is not an object")
        expect(isinstance(answer.get("attributes"), list), f"the attributes of {code} are not an array")


@check(
    "definition-code", "Returns the service_code associated with the definition, the same one submitted for this call."
)
def same_code(server: Server) -> None:
    for code in codes(server):
        told = server.xml(f"services/{code}").findtext("service_code")
        expect(told == code, f"asked for {code}, got {told}")


@check("definition-metadata", "metadata true: this service request type requires additional metadata.", level=SHOULD)
def has_attributes(server: Server) -> None:
    for code in codes(server):
        expect(server.xml(f"services/{code}").findall("attributes/attribute"), f"{code} has metadata and no attribute")


@check("definition-attribute-fields", "attribute: variable, code, datatype, required, order, description")
def attribute_fields(server: Server) -> None:
    for node in some(attributes(server), "attribute"):
        names = ("variable", "code", "datatype", "required", "datatype_description", "order", "description")
        missing = [name for name in names if node.find(name) is None]
        expect(not missing, f"the attribute {node.findtext('code')} has no {', '.join(missing)}")


@check("definition-datatype", "datatype: options: string, number, datetime, text, singlevaluelist, multivaluelist.")
def datatypes(server: Server) -> None:
    for node in some(attributes(server), "attribute"):
        expect(node.findtext("datatype") in DATATYPES, f"the datatype is {node.findtext('datatype')!r}")


@check("definition-truth", "variable, required: possible values: true, false.")
def truth_values(server: Server) -> None:
    for node in some(attributes(server), "attribute"):
        for name in ("variable", "required"):
            expect(node.findtext(name) in {"true", "false"}, f"{name} is {node.findtext(name)!r}")


@check("definition-order", "Any positive integer not used for other attributes in the same service_code.")
def order(server: Server) -> None:
    for code in codes(server):
        places = [node.findtext("order") or "" for node in server.xml(f"services/{code}").iter("attribute")]
        expect(all(place.isdigit() and int(place) > 0 for place in places), f"{code}: {places} are not positive")
        expect(len(set(places)) == len(places), f"{code}: {places} are not unique")


@check(
    "definition-values", "key: the unique identifier associated with an option for singlevaluelist or multivaluelist."
)
def values(server: Server) -> None:
    lists = [node for node in attributes(server) if node.findtext("datatype") in LISTS]
    for node in some(lists, "attribute with a list of values"):
        options = [(value.findtext("key"), value.findtext("name")) for value in node.findall("values/value")]
        code = node.findtext("code")
        expect(options and all(key and name for key, name in options), f"{code} has options without key or name")
        expect(len({key for key, _name in options}) == len(options), f"{code} has one key twice")


@check(
    "definition-unknown", "404 - service_code or jurisdiction_id provided were not found (specify in error response)"
)
def unknown(server: Server) -> None:
    answer = server.get(f"services/{UNKNOWN}.xml")
    expect(answer.status == 404, f"{answer.url} answered {answer.status}")
