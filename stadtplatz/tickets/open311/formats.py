"""One answer in two spellings: XML as the specification draws it, and JSON by its Spark convention (lists are bare arrays)."""

from __future__ import annotations

import json
import re
from html import escape
from typing import Any

from django.http import HttpResponse

TYPES = {"xml": "text/xml; charset=utf-8", "json": "application/json; charset=utf-8"}
_ITEMS = {
    "services": "service",
    "attributes": "attribute",
    "values": "value",
    "service_requests": "request",
    "errors": "error",
    "endpoints": "endpoint",
    "formats": "format",
    "photos": "photo",
}
"""What the entries of each list are called in XML."""
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def answer(root: str, body: Any, ending: str, *, status: int = 200) -> HttpResponse:
    """The body under its root element, or as it is in JSON. Pages of other sites may read it."""
    if ending == "json":
        content = json.dumps(body, ensure_ascii=False)
    else:
        content = f'<?xml version="1.0" encoding="UTF-8"?>\n{_element(root, body)}\n'
    response = HttpResponse(content.encode("utf-8", "replace"), content_type=TYPES[ending], status=status)
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = "Link"
    return response


def refusal(status: int, *descriptions: str, ending: str) -> HttpResponse:
    """One error for each description; all have the status as their code."""
    return answer("errors", [{"code": status, "description": one} for one in descriptions], ending, status=status)


def _element(name: str, value: Any) -> str:
    if isinstance(value, list):
        inside = "".join(_element(_ITEMS[name], one) for one in value)
    elif isinstance(value, dict):
        inside = "".join(_element(key, one) for key, one in value.items())
    else:
        inside = _text(value)
    return f"<{name}>{inside}</{name}>" if inside else f"<{name}/>"


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return escape(_NO_XML.sub("", str(value)), quote=False)
