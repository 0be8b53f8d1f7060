"""What programs send and get under /api/v1/ about reports: every field, with its limits."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import AfterValidator, Field, StringConstraints

from stadtplatz.kit.rest import Moment, whole
from stadtplatz.tickets.queries import records

Language = Literal["de", "en"]
Secret = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_\-]{22}$")]
Number = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9\-]{8,12}$")]
Codes = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_,\-]{0,400}$")]
Box = Annotated[str, StringConstraints(pattern=r"^(-?\d{1,3}(\.\d{1,20})?,){3}-?\d{1,3}(\.\d{1,20})?$")]
Line = Annotated[str, StringConstraints(max_length=200), AfterValidator(whole)]
Text = Annotated[str, StringConstraints(max_length=60_000), AfterValidator(whole)]
Answer = bool | int | Line | list[Line]


class OptionOut(Schema):
    value: str
    label: str


class QuestionOut(Schema):
    """`when` is the condition under which it is asked; empty for always."""

    name: str
    kind: Literal["choice", "choices", "yes_no", "number", "text"]
    label: str
    help: str
    required: bool
    options: list[OptionOut]
    when: dict[str, Any] | None


class CategoryOut(Schema):
    """What can be reported. Days are working days."""

    code: str
    name: str
    help: str
    group: str
    first_answer_days: int
    done_days: int
    keywords: list[str]
    questions: list[QuestionOut]


class PhotoOut(Schema):
    url: str
    width: int
    height: int
    words: str


class TicketOut(Schema):
    """A published report; nothing of who sent it."""

    number: str
    status: Literal["open", "closed"]
    state: str
    state_label: str
    category: str
    category_name: str
    text: str
    unit: str
    received_at: datetime
    changed_at: datetime
    closed_at: datetime | None
    expected_at: datetime | None
    address: str
    district: str
    lon: float | None
    lat: float | None
    photos: list[PhotoOut]


class TicketList(Schema):
    items: list[TicketOut]
    page: int
    more: bool


class TicketFilter(Schema):
    """Codes are separated by commas. `box` is west, south, east, north in degrees."""

    category: Codes = ""
    status: Literal["open", "closed", ""] = ""
    received_after: Moment | None = None
    received_before: Moment | None = None
    changed_after: Moment | None = None
    changed_before: Moment | None = None
    box: Box | Literal[""] = ""
    page: int = Field(1, ge=1, le=100_000)
    page_size: int = Field(100, ge=1, le=records.MOST)
    lang: Language = "de"


class TicketIn(Schema):
    """A new report: a place as `lon` and `lat`, or as a typed `address`. The same `token` a second time leads to the same report."""

    text: Text
    category: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_\-]{1,40}$")]
    lon: float | None = Field(None, ge=-180, le=180)
    lat: float | None = Field(None, ge=-90, le=90)
    address: Line = ""
    place_note: Line = ""
    answers: dict[Line, Answer] = Field(default_factory=dict)
    name: Line = ""
    email: Line = ""
    phone: Line = ""
    language: Language = "de"
    token: Line = ""


class OpenedOut(Schema):
    """The way to the new report. Who has `secret` (or `typed_code` with the number) can read it and write to the city."""

    number: str
    secret: str
    typed_code: str
    url: str
    unit: str


class PhotosOut(Schema):
    """How many pictures belong to the report now in addition; those that a virus scanner has not seen yet stay closed until then."""

    number: str
    added: int
    not_scanned_yet: int


class EntryOut(Schema):
    at: datetime
    sentence: str
    who: str
    body: str
    kind: str


class OwnTicketOut(Schema):
    """A report as its reporter sees it; `moves` are what can be done now: answer, reopen, withdraw."""

    number: str
    text: str
    category: str
    sentence: str
    who: str
    until: datetime | None
    overdue: bool
    finished: bool
    can_write: bool
    moves: list[str]
    timeline: list[EntryOut]


class MessageIn(Schema):
    body: Text
