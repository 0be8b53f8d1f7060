"""What `tickets.yaml` of a city pack may say."""

CODE = {"type": "string", "pattern": "^[a-z0-9-]{2,40}$", "description": "a code of small letters, digits and dashes"}
TEXTS = {
    "type": "object",
    "required": ["de"],
    "additionalProperties": {"type": "string"},
    "description": "texts by language, at least in German (de)",
}
DAYS = {"type": "integer", "minimum": 0, "maximum": 4000, "description": "a number of days"}
WORKING_DAYS = {"type": "integer", "minimum": 0, "maximum": 250, "description": "a number of working days"}

CATEGORY = {
    "type": "object",
    "required": ["code", "names", "duty"],
    "additionalProperties": False,
    "properties": {
        "code": CODE,
        "names": TEXTS,
        "helps": TEXTS,
        "picture": CODE,
        "duty": {"type": "string", "pattern": r"^[a-z0-9.\-]{2,80}$", "description": "a code of duties.yaml"},
        "first_answer_days": WORKING_DAYS,
        "done_days": WORKING_DAYS,
        "retention_days": DAYS,
        "keywords": {"type": "array", "items": {"type": "string"}, "description": "a list of words"},
        "active": {"type": "boolean"},
        "release": {"enum": ["automatic", "staff", "never"], "description": "automatic, staff or never"},
        "accuses": {"type": "boolean"},
        "place": {"type": "boolean", "description": "whether such a report needs a place"},
    },
}
REPLY = {
    "type": "object",
    "required": ["code", "names", "bodies"],
    "additionalProperties": False,
    "properties": {
        "code": CODE,
        "names": TEXTS,
        "bodies": TEXTS,
        "move": {
            "enum": ["ask", "done", "declined", "not_our_duty", "duplicate"],
            "description": "ask, done, declined, not_our_duty or duplicate",
        },
    },
}
TICKETS = {
    "type": "object",
    "required": ["categories"],
    "additionalProperties": False,
    "properties": {
        "guidance": {
            "type": "object",
            "additionalProperties": False,
            "properties": {"danger": TEXTS, "outside": TEXTS},
        },
        "categories": {"type": "array", "minItems": 1, "items": CATEGORY},
        "replies": {"type": "array", "items": REPLY},
    },
}
