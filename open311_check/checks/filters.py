"""GET Service Requests: its arguments."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from open311_check.framework import SHOULD, Skipped, check, expect, some
from open311_check.server import Server, moment, w3

UNKNOWN = "no-such-request-0"


def ids(found: list[dict[str, str]]) -> set[str]:
    return {one.get("service_request_id", "") for one in found}


def times(server: Server) -> list:
    found = [at for one in server.requests() if (at := moment(one.get("requested_datetime", "")))]
    return sorted(some(found, "request with a date"))


@check("filter-status", "Allows one to search for requests which have a specific status.")
def by_status(server: Server) -> None:
    some(server.requests(), "request")
    for status in ("open", "closed"):
        wrong = [one for one in server.requests(status=status) if one.get("status") != status]
        expect(not wrong, f"status={status} also shows {wrong[0].get('status') if wrong else ''!r}")


@check("filter-status-several", "This defaults to all statuses; can be declared multiple times, comma delimited.")
def by_both(server: Server) -> None:
    some(server.requests(), "request")
    expect(ids(server.requests(status="open,closed")) == ids(server.requests()), "status=open,closed is not everything")


@check("filter-service-code", "Specify the service type by calling the unique ID of the service_code.")
def by_service(server: Server) -> None:
    code = some(server.requests(), "request")[0].get("service_code", "")
    found = server.requests(service_code=code)
    expect(found, f"service_code={code} shows nothing")
    expect({one.get("service_code") for one in found} == {code}, f"service_code={code} shows others too")


@check(
    "filter-service-codes",
    "Defaults to all service codes when not declared; can be declared multiple times, comma delimited",
)
def by_services(server: Server) -> None:
    counts = Counter(one.get("service_code", "") for one in server.requests())
    if len(counts) < 2:
        raise Skipped("the server shows requests of one service only")
    two = [code for code, _count in counts.most_common(2)]
    found = {one.get("service_code") for one in server.requests(service_code=",".join(two))}
    expect(found == set(two), f"service_code={','.join(two)} shows {sorted(map(str, found))}")


@check("filter-range", "Earliest datetime to include in search; latest datetime to include in search.")
def by_range(server: Server) -> None:
    known = times(server)
    start, end = known[len(known) // 3], known[2 * len(known) // 3] + timedelta(seconds=1)
    found = server.requests(start_date=w3(start), end_date=w3(end))
    expect(found, f"nothing between {w3(start)} and {w3(end)}, where there is something")
    for one in found:
        at = moment(one.get("requested_datetime", ""))
        inside = at and start - timedelta(seconds=1) <= at <= end + timedelta(seconds=1)
        expect(inside, f"{one.get('requested_datetime')} is not between {w3(start)} and {w3(end)}")


@check(
    "filter-range-offset", "Timezone information (either Z meaning UTC, or an HH:MM offset from UTC) must be included."
)
def by_range_with_offset(server: Server) -> None:
    last = times(server)[-1]
    start, end = last - timedelta(minutes=1), last + timedelta(minutes=1)
    moved = [(at + timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M:%S+02:00") for at in (start, end)]
    same = ids(server.requests(start_date=w3(start), end_date=w3(end)))
    expect(ids(server.requests(start_date=moved[0], end_date=moved[1])) == same, "the same moment is not the same")


@check("filter-range-90-days", "A given range may not span more than 90 days. (Exactly 90 days is allowed.)")
def ninety_days(server: Server) -> None:
    end = times(server)[-1]
    answer = server.get("requests.xml", start_date=w3(end - timedelta(days=90)), end_date=w3(end))
    expect(answer.status == 200, f"a span of 90 days was answered with {answer.status}")


@check("filter-range-too-long", "A given range may not span more than 90 days.")
def more_than_ninety_days(server: Server) -> None:
    end = times(server)[-1] + timedelta(seconds=1)
    answer = server.get("requests.xml", start_date=w3(end - timedelta(days=200)), end_date=w3(end))
    if answer.status == 400:
        return
    expect(answer.status == 200, f"a span of 200 days was answered with {answer.status}")
    found = [moment(node.findtext("requested_datetime") or "") for node in answer.xml().findall("request")]
    known = sorted(at for at in found if at)
    span = known[-1] - known[0] if known else timedelta()
    expect(span <= timedelta(days=90, minutes=1), f"{span.days} days were shown at once")


@check("filter-date-wrong", "Must use w3 format, eg 2010-01-01T00:00:00Z; basically 400 for any other error.")
def wrong_date(server: Server) -> None:
    answer = server.get("requests.xml", start_date="yesterday")
    expect(answer.status == 400, f"start_date=yesterday was answered with {answer.status}")


@check("filter-status-wrong", "Options: open, closed; basically 400 for any other error.", level=SHOULD)
def wrong_status(server: Server) -> None:
    answer = server.get("requests.xml", status="perhaps")
    expect(answer.status == 400, f"status=perhaps was answered with {answer.status}")


@check(
    "filter-empty",
    "The response should be the same whether a parameter is passed and is empty or is not passed at all.",
)
def empty_is_absent(server: Server) -> None:
    some(server.requests(), "request")
    for name in ("status", "service_code", "start_date", "end_date", "service_request_id"):
        answer = server.get("requests.xml", **{name: ""})
        expect(answer.status == 200, f"{name}= was answered with {answer.status}")
        told = {node.findtext("service_request_id") for node in answer.xml().findall("request")}
        expect(told == ids(server.requests()), f"{name}= shows something else than no {name}")


@check(
    "filter-ids",
    "To call multiple Service Requests at once, multiple service_request_id can be declared; comma delimited.",
)
def by_ids(server: Server) -> None:
    two = [one["service_request_id"] for one in some(server.requests(), "request")[:2]]
    found = ids(server.requests(service_request_id=",".join(two)))
    expect(found == set(two), f"asked for {two}, got {sorted(found)}")


@check("filter-ids-override", "service_request_id: this overrides all other arguments.")
def ids_override(server: Server) -> None:
    one = some(server.requests(), "request")[0]
    other = "closed" if one.get("status") == "open" else "open"
    found = ids(server.requests(service_request_id=one["service_request_id"], status=other, service_code="none-such"))
    expect(found == {one["service_request_id"]}, "another argument hid the request that was named")


@check("filter-nothing", "Query the current status of multiple requests (an empty list is a list).")
def nothing_found(server: Server) -> None:
    answer = server.get("requests.xml", start_date="2000-01-01T00:00:00Z", end_date="2000-01-02T00:00:00Z")
    expect(answer.status == 200, f"a range without requests was answered with {answer.status}")
    expect(answer.xml().tag == "service_requests", f"the root element is {answer.xml().tag}")
    expect(server.json("requests", start_date="2000-01-01T00:00:00Z", end_date="2000-01-02T00:00:00Z") == [], "not []")
