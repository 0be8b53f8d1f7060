"""GET Service Request, and tokens."""

from __future__ import annotations

from open311_check.framework import check, expect, some
from open311_check.server import Server, fields


def any_id(server: Server) -> str:
    return some(server.requests(), "request")[0]["service_request_id"]


@check("request-xml", "service_requests: request (URL: https://[API endpoint]/requests/[service_request_id].[format])")
def in_xml(server: Server) -> None:
    root = server.xml(f"requests/{any_id(server)}")
    expect(root.tag == "service_requests", f"the root element is {root.tag}, not service_requests")
    expect(len(root.findall("request")) == 1, f"{len(root.findall('request'))} requests instead of one")


@check("request-json", "service_requests: request (the response is an array, for one request as well)")
def in_json(server: Server) -> None:
    answer = server.json(f"requests/{any_id(server)}")
    expect(isinstance(answer, list) and len(answer) == 1, "not an array of one request")


@check("request-right-one", "The service_request_id is specified in the main URL path.")
def right_one(server: Server) -> None:
    wanted = any_id(server)
    told = server.xml(f"requests/{wanted}").findtext("request/service_request_id")
    expect(told == wanted, f"asked for {wanted}, got {told}")


@check("request-same-as-listed", "Query the current status of an individual request.")
def same_as_listed(server: Server) -> None:
    listed = some(server.requests(), "request")[0]
    node = server.xml(f"requests/{listed['service_request_id']}").find("request")
    single = fields(node) if node is not None else {}
    names = ("service_code", "requested_datetime", "lat", "long", "description")
    other = [name for name in names if single.get(name) != listed.get(name)]
    expect(not other, f"list and request differ in {', '.join(other)}")


@check("request-unknown", "The HTTP error codes should always be 404 for resources that don't exist.")
def unknown(server: Server) -> None:
    answer = server.get("requests/no-such-request-0.xml")
    expect(answer.status == 404, f"{answer.url} answered {answer.status}")


@check("token-unknown", "404 - jurisdiction_id or token not found (specified in error response)")
def unknown_token(server: Server) -> None:
    answer = server.get("tokens/no-such-token-00000000.xml")
    expect(answer.status == 404, f"{answer.url} answered {answer.status}")
