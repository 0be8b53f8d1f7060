"""Errors: their status, their shape, their format."""

from __future__ import annotations

from open311_check.framework import check, expect
from open311_check.server import Answer, Server

MISSING = "requests/no-such-request-0"


def in_xml(answer: Answer) -> None:
    root = answer.xml()
    expect(root.tag == "errors", f"the root element is {root.tag}, not errors")
    found = root.findall("error")
    expect(found, "no error is told")
    for one in found:
        expect(one.findtext("code") and one.findtext("description"), "an error without code or description")


def in_json(answer: Answer) -> None:
    told = answer.json()
    expect(isinstance(told, list) and told, "the errors are not an array")
    for one in told:
        expect(isinstance(one, dict) and one.get("code") and one.get("description"), "no code or description")


@check("error-xml", "errors: error: code, description")
def told_in_xml(server: Server) -> None:
    in_xml(server.get(f"{MISSING}.xml"))


@check("error-json", "Multiple errors codes and descriptions can be returned in the body (the response is an array).")
def told_in_json(server: Server) -> None:
    server.json("services")
    in_json(server.get(f"{MISSING}.json"))


@check("error-format", "The client can specify the desired format by appending the format name to the resource.")
def in_the_format_asked(server: Server) -> None:
    kind = server.get(f"{MISSING}.xml").content_type
    expect(kind.startswith("text/xml"), f"an error asked for as xml is {kind or 'untyped'}")
    if server.has_json:
        kind = server.get(f"{MISSING}.json").content_type
        expect(kind.startswith("application/json"), f"an error asked for as json is {kind or 'untyped'}")


@check("error-400", "Basically 400 for any other error where the request can not be fulfilled as expected.")
def bad_requests_say_why(server: Server) -> None:
    answer = server.get("requests.xml", start_date="yesterday")
    expect(answer.status == 400, f"{answer.url} answered {answer.status}")
    in_xml(answer)


@check("error-status", "HTTP error codes are required.")
def status_is_an_error(server: Server) -> None:
    expect(server.get(f"{MISSING}.xml").status >= 400, "a missing request is answered as if all were well")


@check("error-unknown-format", "404 for resources that don't exist, basically 400 for any other error.")
def unknown_format(server: Server) -> None:
    status = server.get("services.csv").status
    expect(status in {200, 400, 404, 406}, f"services.csv answered {status}")
