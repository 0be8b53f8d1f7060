"""What `tickets.yaml` of a city pack may say."""

from stadtplatz.questionnaires.rules import NOTATION

CODE = {"type": "string", "pattern": "^[a-z0-9-]{2,40}$", "description": "a code of small letters, digits and dashes"}
TEXTS = {
    "type": "object",
    "required": ["de"],
    "additionalProperties": {"type": "string"},
    "description": "texts by language, at least in German (de)",
}
DAYS = {"type": "integer", "minimum": 0, "maximum": 4000, "description": "a number of days"}
WORKING_DAYS = {"type": "integer", "minimum": 0, "maximum": 250, "description": "a number of working days"}

DANGER = {
    "type": "object",
    "required": ["code", "names", "question"],
    "additionalProperties": False,
    "properties": {
        "code": CODE,
        "names": TEXTS,
        "words": {"type": "array", "items": {"type": "string"}, "description": "a list of phrases"},
        "categories": {"type": "array", "items": CODE, "description": "a list of codes of categories"},
        "question": TEXTS,
        "advice": TEXTS,
        "phone": {
            "type": "string",
            "pattern": r"^[0-9+][0-9 ()/\-]{1,28}$",
            "description": "a telephone number (in quotes)",
        },
        "phone_name": TEXTS,
        "duty": {"type": "string", "pattern": r"^[a-z0-9.\-]{2,80}$", "description": "a code of duties.yaml"},
        "category": CODE,
    },
}
POINTER = {
    "type": "object",
    "required": ["code", "names", "words", "text"],
    "additionalProperties": False,
    "properties": {
        "code": CODE,
        "names": TEXTS,
        "words": {"type": "array", "items": {"type": "string"}, "description": "a list of phrases"},
        "text": TEXTS,
        "url": {"type": "string", "pattern": r"^https://", "description": "an address that begins with https://"},
    },
}
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
        "photo_days": DAYS,
        "delete_days": DAYS,
        "keywords": {"type": "array", "items": {"type": "string"}, "description": "a list of words"},
        "active": {"type": "boolean"},
        "nearby_metres": {"type": "integer", "minimum": 0, "maximum": 500, "description": "0 to 500 metres"},
        "nearby_days": {"type": "integer", "minimum": 1, "maximum": 365, "description": "1 to 365 days"},
        "questions": NOTATION,
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
COUNT = {"type": "integer", "minimum": 1, "description": "a number of people"}
RESIDENTS = {
    "type": "object",
    "required": ["source"],
    "additionalProperties": False,
    "properties": {
        "source": {"type": "string", "minLength": 5, "description": "who counted, and when"},
        "town": COUNT,
        "districts": {
            "type": "object",
            "additionalProperties": COUNT,
            "description": "people by the slug of a district",
        },
        "invented": {
            "type": "array",
            "items": {"type": "string"},
            "description": "the slugs of districts whose number was made up, for a demo",
        },
    },
}
OPEN_DATA = {
    "type": "object",
    "required": ["licence"],
    "additionalProperties": False,
    "properties": {
        "licence": {"type": "string", "minLength": 3, "description": "the name of the licence"},
        "url": {"type": "string", "pattern": "^https://", "description": "an https address"},
        "attribution": {"type": "string", "description": "how the city wants to be named"},
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
        "dangers": {"type": "array", "items": DANGER},
        "pointers": {"type": "array", "items": POINTER},
        "open_data": OPEN_DATA,
        "residents": RESIDENTS,
        "categories": {"type": "array", "minItems": 1, "items": CATEGORY},
        "replies": {"type": "array", "items": REPLY},
    },
}
