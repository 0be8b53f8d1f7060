"""POST Service Request. Nothing is created unless --post was given."""

from __future__ import annotations

import secrets
from typing import Any

from open311_check.checks.errors import in_json, in_xml
from open311_check.framework import SHOULD, Skipped, check, expect, some
from open311_check.server import Answer, Server, fields

WORDS = "open311_check: Prüfung äöüß ✓ <b>& "
CHOICE = {"singlevaluelist", "multivaluelist"}


def service(server: Server) -> str:
    """The service to report to: the one that was named, else the first that asks nothing."""
    if server.wanted_service:
        return server.wanted_service
    plain = [one["service_code"] for one in server.services() if one.get("metadata") == "false"]
    return some(plain, "service without questions (name one with --service-code)")[0]


def form(server: Server, **changes: str | None) -> dict[str, str]:
    """A request as it should be, with these changes; None leaves a field out."""
    lat, long = server.place or (0.0, 0.0)
    right: dict[str, str | None] = {
        "api_key": server.key,
        "service_code": service(server),
        "lat": str(lat),
        "long": str(long),
    }
    given: dict[str, str | None] = right | {"description": "open311_check"} | changes
    return {name: value for name, value in given.items() if value is not None}


def with_key(server: Server) -> None:
    if not server.key:
        raise Skipped("no --key was given")


def created(server: Server) -> dict[str, Any]:
    """One real request, made once for all checks that look at it."""
    with_key(server)
    if not server.may_post or not server.place:
        raise Skipped("creating requests needs --post, --lat and --long")
    if not server.posted:
        words = WORDS + secrets.token_hex(4)
        answer = server.post("requests.json", form(server, description=words))
        server.posted = {"answer": answer, "words": words}
    return server.posted


def told(server: Server) -> dict[str, Any]:
    answer: Answer = created(server)["answer"]
    expect(200 <= answer.status < 300, f"a right request was answered with {answer.status}: {answer.text[:200]}")
    body = answer.json()
    expect(isinstance(body, list) and len(body) == 1 and isinstance(body[0], dict), "not an array of one request")
    return body[0]


def read_back(server: Server) -> dict[str, str]:
    number = told(server).get("service_request_id")
    if not number:
        raise Skipped("the server answered with a token")
    answer = server.get(f"requests/{number}.xml", api_key=server.key)
    expect(answer.status == 200, f"{number} was created and then answered with {answer.status}")
    node = answer.xml().find("request")
    expect(node is not None, "no request in the answer")
    return fields(node) if node is not None else {}


@check("post-without-key", "403 - Missing or Invalid API Key (specify in error message)")
def no_key(server: Server) -> None:
    answer = server.post("requests.xml", form(server, api_key=None))
    expect(answer.status == 403, f"without api_key: {answer.status}")
    in_xml(answer)


@check("post-wrong-key", "403 for errors because of wrong or missing api_key.")
def wrong_key(server: Server) -> None:
    server.json("services")
    answer = server.post("requests.json", form(server, api_key="wrong-" + secrets.token_hex(8)))
    expect(answer.status == 403, f"with a wrong api_key: {answer.status}")
    in_json(answer)


@check("post-without-service", "400 - service_code or jurisdiction_id was not provided (specified in error response)")
def no_service(server: Server) -> None:
    with_key(server)
    answer = server.post("requests.xml", form(server, service_code=None))
    expect(answer.status == 400, f"without service_code: {answer.status}")
    in_xml(answer)


@check("post-unknown-service", "404 - service_code or jurisdiction_id was not found (specified in error response)")
def unknown_service(server: Server) -> None:
    with_key(server)
    answer = server.post("requests.xml", form(server, service_code="no-such-service-0"))
    expect(answer.status == 404, f"with an unknown service_code: {answer.status}")
    in_xml(answer)


@check("post-without-place", "A full location parameter must be submitted.")
def no_place(server: Server) -> None:
    with_key(server)
    answer = server.post("requests.xml", form(server, lat=None, long=None))
    expect(answer.status == 400, f"without any place: {answer.status}")


@check("post-half-a-place", "lat & long both need to be sent even though they are sent as two separate parameters.")
def half_a_place(server: Server) -> None:
    with_key(server)
    answer = server.post("requests.xml", form(server, long=None))
    expect(answer.status == 400, f"with lat and without long: {answer.status}")


@check("post-empty-is-absent", "A null parameter should be treated as equivalent to a non-declared parameter.")
def empty_place(server: Server) -> None:
    with_key(server)
    answer = server.post("requests.xml", form(server, lat="", long="", service_code=""))
    expect(answer.status == 400, f"with empty fields: {answer.status}")


@check("post-wrong-place", "Latitude using the (WGS84) projection.")
def wrong_place(server: Server) -> None:
    with_key(server)
    answer = server.post("requests.xml", form(server, lat="north", long="west"))
    expect(answer.status == 400, f"with lat=north: {answer.status}")


@check(
    "post-attribute-missing",
    "This is only required if the service_code requires a service definition with required fields.",
)
def attribute_missing(server: Server) -> None:
    with_key(server)
    for one in server.services():
        code = one.get("service_code", "")
        if one.get("metadata") == "true":
            found = server.xml(f"services/{code}").findall("attributes/attribute")
            if any(a.findtext("required") == "true" and a.findtext("variable") == "true" for a in found):
                answer = server.post("requests.xml", form(server, service_code=code))
                expect(answer.status == 400, f"without the required attribute of {code}: {answer.status}")
                return
    raise Skipped("no service has a required attribute")


@check("post-too-long", "Otherwise, this is free form text limited to 4,000 characters.", level=SHOULD)
def too_long(server: Server) -> None:
    created(server)
    answer = server.post("requests.xml", form(server, description="x" * 4001))
    expect(answer.status == 400, f"4,001 characters were answered with {answer.status}")


@check("post-creates", "Create service requests (the response is an array of one request).")
def creates(server: Server) -> None:
    told(server)


@check("post-id-or-token", "This should not be returned if token is returned.")
def id_or_token(server: Server) -> None:
    answer = told(server)
    number, token = answer.get("service_request_id"), answer.get("token")
    expect(bool(number) != bool(token), "not exactly one of service_request_id and token")


@check(
    "post-realtime",
    "realtime: the service request ID will be returned immediately after the service request is submitted.",
)
def realtime(server: Server) -> None:
    code = service(server)
    kinds = {one["service_code"]: one.get("type") for one in server.services()}
    if kinds.get(code) != "realtime":
        raise Skipped(f"{code} is not a realtime service")
    expect(told(server).get("service_request_id"), "a realtime service gave no service_request_id")


@check("post-token", "If returned, use this to call GET service_request_id from a token.")
def token(server: Server) -> None:
    given = told(server).get("token")
    if not given:
        raise Skipped("the server answers with ids at once")
    expect(server.get(f"tokens/{given}.xml").status == 200, "the token leads nowhere")


@check("post-read-back", "The unique ID of the service request created (GET Service Request, with the api_key).")
def can_be_read(server: Server) -> None:
    expect(read_back(server).get("service_code") == service(server), "another service_code")


@check("post-read-back-text", "All text received by the service from the client will be assumed to be UTF-8.")
def text_is_kept(server: Server) -> None:
    known, words = read_back(server).get("description", ""), created(server)["words"]
    expect(known == words, f"{words!r} became {known!r}")


@check("post-read-back-place", "lat, long: using the (WGS84) projection.")
def place_is_kept(server: Server) -> None:
    known = read_back(server)
    lat, long = server.place or (0.0, 0.0)
    near = abs(float(known.get("lat") or 0) - lat) < 0.001 and abs(float(known.get("long") or 0) - long) < 0.001
    expect(near, f"lat {known.get('lat')}, long {known.get('long')}")


@check("post-xml", "service_requests: request (Formats returned: XML)")
def answered_in_xml(server: Server) -> None:
    created(server)
    answer = server.post("requests.xml", form(server, description="open311_check (XML) " + secrets.token_hex(4)))
    expect(200 <= answer.status < 300, f"a right request was answered with {answer.status}")
    root = answer.xml()
    expect(
        root.tag == "service_requests" and len(root.findall("request")) == 1, "not service_requests with one request"
    )
