"""The code that the documents show to receivers does check our messages."""

import re
import time
from pathlib import Path

from stadtplatz.audit.webhooks import signature_headers

PAGE = Path(__file__).resolve().parents[3] / "docs" / "api.md"


def test_the_documented_code_knows_genuine_messages_from_others():
    shown: dict = {}
    [code] = [one for one in re.findall(r"```python\n(.*?)```", PAGE.read_text(), re.DOTALL) if "def genuine" in one]
    exec(code, shown)  # noqa: S102 - our own document
    body = b'{"id":1}'
    headers = signature_headers("new", body, old_secret="old")
    assert shown["genuine"](headers, body, "new")
    assert shown["genuine"](headers, body, "old")
    assert not shown["genuine"](headers, body, "other")
    assert not shown["genuine"](headers, body + b" ", "new")
    late = signature_headers("new", body, int(time.time()) - 400)
    assert not shown["genuine"](late, body, "new")
