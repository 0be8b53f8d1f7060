"""GET Service Requests: what a list looks like."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from open311_check.framework import SHOULD, check, expect, some
from open311_check.server import Server, moment

NEEDED = ("service_request_id", "status", "service_code", "requested_datetime")
NAMES = [
    "service_request_id",
    "status",
    "status_notes",
    "service_name",
    "service_code",
    "description",
    "agency_responsible",
    "service_notice",
    "requested_datetime",
    "updated_datetime",
    "expected_datetime",
    "address",
    "address_id",
    "zipcode",
    "lat",
    "long",
    "media_url",
]
WRITTEN = ("status_notes", "description", "agency_responsible", "service_notice", "address", "service_name")
DATES = ("requested_datetime", "updated_datetime", "expected_datetime")


@check("requests-structure", "service_requests: request")
def structure(server: Server) -> None:
    root = server.xml("requests")
    expect(root.tag == "service_requests", f"the root element is {root.tag}, not service_requests")
    strange = {node.tag for node in root} - {"request"}
    expect(not strange, f"beside request there is {sorted(strange)}")


@check("requests-fields", "service_request_id: the unique ID of the service request created.")
def needed_fields(server: Server) -> None:
    for one in some(server.requests(), "request"):
        missing = [name for name in NEEDED if not one.get(name)]
        expect(not missing, f"the request {one.get('service_request_id') or '?'} has no {', '.join(missing)}")


@check(
    "requests-only-known-fields",
    "It is recommended to adhere to the specification and not include foreign tags.",
    level=SHOULD,
)
def known_fields(server: Server) -> None:
    found = {child.tag for node in some(server.xml("requests").findall("request"), "request") for child in node}
    expect(found <= set(NAMES), f"foreign: {sorted(found - set(NAMES))}")


@check("requests-ids-unique", "service_request_id: the unique ID")
def unique(server: Server) -> None:
    ids = [one.get("service_request_id") for one in some(server.requests(), "request")]
    expect(len(set(ids)) == len(ids), "one id stands there twice")


@check("requests-status", "status: options: open, closed")
def statuses(server: Server) -> None:
    for one in some(server.requests(), "request"):
        expect(one.get("status") in {"open", "closed"}, f"the status is {one.get('status')!r}")


@check("requests-dates", "Timezone information (either Z meaning UTC, or an HH:MM offset from UTC) must be included.")
def dates(server: Server) -> None:
    for one in some(server.requests(), "request"):
        for name in DATES:
            if one.get(name):
                expect(moment(one[name]), f"{name} is {one[name]!r}")


@check("requests-default-range", "When not specified, the range defaults to most recent 90 days.")
def default_range(server: Server) -> None:
    oldest = datetime.now(UTC) - timedelta(days=91)
    for one in some(server.requests(), "request"):
        at = moment(one.get("requested_datetime", ""))
        expect(at is None or at >= oldest, f"{one.get('requested_datetime')} is older than 90 days")


@check(
    "requests-most", "Default query limit is a span of 90 days or first 1000 requests returned, whichever is smallest."
)
def at_most_1000(server: Server) -> None:
    count = len(server.xml("requests").findall("request"))
    expect(count <= 1000, f"{count} requests at once")


@check("requests-coordinates", "lat, long: using the (WGS84) projection.")
def coordinates(server: Server) -> None:
    for one in some(server.requests(), "request"):
        if one.get("lat") or one.get("long"):
            try:
                lat, long = float(one.get("lat", "")), float(one.get("long", ""))
            except ValueError:
                lat = long = 999.0
            expect(-90 <= lat <= 90 and -180 <= long <= 180, f"lat {one.get('lat')!r}, long {one.get('long')!r}")


@check("requests-texts", "This is free form text; every field is one text.")
def texts(server: Server) -> None:
    for one in some(server.json("requests"), "request"):
        for name in WRITTEN:
            value = one.get(name)
            expect(value is None or isinstance(value, str), f"{name} is {type(value).__name__}, not text")


@check("requests-description", "Otherwise, this is free form text limited to 4,000 characters.")
def descriptions(server: Server) -> None:
    for one in some(server.requests(), "request"):
        expect(len(one.get("description", "")) <= 4000, f"{one['service_request_id']} is longer than 4,000 characters")


@check("requests-same-in-json", "If you have an XML file, you can easily generate the JSON version.")
def same_in_both(server: Server) -> None:
    in_json = {str(one.get("service_request_id")) for one in server.json("requests")}
    in_xml = {one.get("service_request_id") for one in server.requests()}
    expect(in_json == in_xml, "XML and JSON list other requests")
