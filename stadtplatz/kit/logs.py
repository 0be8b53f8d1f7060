"""Structured logs: one JSON object a line, with the request's id and no personal data."""

import json
import logging
import re
from contextvars import ContextVar

request_id: ContextVar[str] = ContextVar("request_id", default="-")

_STANDARD = set(vars(logging.makeLogRecord({}))) | {"message", "asctime", "request", "taskName"}
_PERSONAL = [
    (re.compile(r"[^\s@<>\"'=(]+@[^\s@<>\"')]+\.[A-Za-z]{2,}"), "<mail>"),
    (re.compile(r"\bDETAIL:.*"), "DETAIL: <values>"),  # PostgreSQL quotes the offending row
    (re.compile(r"(?<=/)[A-Za-z0-9_-]{22}(?=[/?\s'\"]|$)"), "<secret>"),
    (re.compile(r"\b(?:\d{1,3}\.){3}\d{1,3}\b|\b(?:[0-9a-fA-F]{1,4}:){3,7}:?[0-9a-fA-F]{0,4}\b"), "<address>"),
    (re.compile(r"(?<![\w:.-])(?:\+\d{2} ?|0)\d[\d /()-]{5,}\d"), "<phone>"),
]


def without_personal_data(text: str) -> str:
    """The text without mail addresses, phone numbers, network addresses, secret links and quoted rows."""
    for pattern, word in _PERSONAL:
        text = pattern.sub(word, text)
    return text


class JsonFormatter(logging.Formatter):
    """Time, level, logger, message, request id, and whatever `extra=` named; what looks like a person is masked."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "request": request_id.get(),
            "message": without_personal_data(record.getMessage()),
        }
        line |= {key: _masked(value) for key, value in vars(record).items() if key not in _STANDARD}
        if record.exc_info:
            line["error"] = without_personal_data(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False, default=str)


def _masked(value: object) -> object:
    return value if isinstance(value, (bool, int, float, type(None))) else without_personal_data(str(value))
