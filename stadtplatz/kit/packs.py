"""City packs: reading their YAML files with line numbers, checking them, and loading rows that staff may change later.

Each domain that has something in a pack offers in its `pack.py`:

    def check(folder: Path) -> list[Problem]        # reads, changes nothing
    def load(folder: Path, by: Actor) -> Report     # idempotent; leaves alone what staff changed at the desk
    def diff(folder: Path, by: Actor) -> Report     # optional: what load would do; without it load is rehearsed
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, TypeVar

import yaml
from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext as _
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from stadtplatz.kit.actors import Actor

Part = tuple[str | int, ...]
Row = TypeVar("Row", bound=models.Model)


class FromPack(Protocol):
    """A row that remembers what the pack last said about it."""

    from_pack: Any


@dataclass(frozen=True)
class Problem:
    """Something in a pack that must be mended first: where it stands and what is expected."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


@dataclass
class Report:
    """What a load did (or would do), as names for people. `kept` is what staff changed at the desk and the pack left alone."""

    created: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def __iadd__(self, other: "Report") -> "Report":
        for name in ("created", "changed", "removed", "kept", "notes"):
            getattr(self, name).extend(getattr(other, name))
        return self

    @property
    def is_empty(self) -> bool:
        """Nothing was created, changed or removed."""
        return not (self.created or self.changed or self.removed)


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # the quick one where PyYAML has it
    """Safe YAML in which days stay texts and only true and false are truth values (so that `NO` stays a text)."""


_Loader.yaml_implicit_resolvers = {
    letter: [(tag, rule) for tag, rule in rules if tag not in {"tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool"}]
    for letter, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))


class PackBroken(Exception):
    """The pack cannot be loaded as it stands; `problems` says why."""

    def __init__(self, problems: list[Problem]):
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


@dataclass(frozen=True)
class Document:
    """A YAML file of a pack: its data, and the line on which each part stands."""

    file: str
    data: Any
    lines: dict[Part, int]

    def line(self, *path: str | int) -> int:
        """The line of this part, or of the nearest part around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def problem(self, message: str, *path: str | int) -> Problem:
        """A problem at this part of the file."""
        return Problem(self.file, self.line(*path), message)


def folder_of(name: str) -> Path:
    """The folder of a pack, by its slug or by a path. FileNotFoundError if there is none."""
    candidates = [Path(name), *(root / name for root in settings.CITY_PACKS)]
    for folder in candidates:
        if (folder / "city.yaml").is_file():
            return folder.resolve()
    raise FileNotFoundError(_("There is no city pack “%(name)s” (a folder with a city.yaml).") % {"name": name})


def read(path: Path, schema: dict | None = None) -> Document:
    """Read one YAML file and check it against a JSON schema. PackBroken if it cannot be read or does not fit."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise PackBroken([Problem(path.name, 1, _("This file is missing."))]) from None
    except UnicodeDecodeError:
        raise PackBroken([Problem(path.name, 1, _("The file must be UTF-8 text."))]) from None
    try:
        tree = yaml.compose(text, Loader=_Loader)
        data = yaml.load(text, Loader=_Loader)  # nosec B506  # noqa: S506 - a SafeLoader with fewer guesses
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        message = _("This is not valid YAML: %(why)s.") % {"why": getattr(error, "problem", None) or error}
        raise PackBroken([Problem(path.name, mark.line + 1 if mark else 1, message)]) from None
    lines: dict[Part, int] = {}
    doubled = list(_number_lines(tree, (), lines)) if tree else []
    document = Document(path.name, data, lines)
    problems = [document.problem(_("“%(key)s” stands here twice.") % {"key": at[-1]}, *at) for at in doubled]
    if schema:
        problems += _fit(document, schema)
    if problems:
        raise PackBroken(problems)
    return document


def rehearse(load: Callable[[Path, Actor], Report], folder: Path, by: Actor) -> Report:
    """What the load would do: it is done and taken back."""
    with transaction.atomic():
        report = load(folder, by)
        transaction.set_rollback(True)
    return report


def fingerprint(values: Any) -> str:
    """A hash of plain data; the same data in another order of keys has the same one."""
    return hashlib.sha256(json.dumps(values, sort_keys=True, default=str).encode()).hexdigest()[:40]


def keep_row(model: type[Row], key: dict, values: dict, report: Report, *, name: str = "") -> Row:
    """Make the row with this key say what the pack says, unless staff changed it since the pack last spoke.

    The model has a `from_pack` column, which keeps the fingerprint of the pack's values. Rows made or changed at the
    desk are counted as kept and stay as they are.
    """
    wanted = {**key, **values}
    digest = fingerprint(_plain(wanted))
    row: Any = model._default_manager.filter(**key).first()
    if row is None:
        row = model._default_manager.create(**wanted, from_pack=digest)
        report.created.append(name or str(row))
        return row
    present = fingerprint(_plain({field: getattr(row, field) for field in wanted}))
    if present == digest:
        if row.from_pack != digest:
            model._default_manager.filter(pk=row.pk).update(from_pack=digest)
    elif present != row.from_pack:
        report.kept.append(name or str(row))
    else:
        for attribute, value in values.items():
            setattr(row, attribute, value)
        row.from_pack = digest
        if hasattr(row, "version"):
            row.version += 1
        row.save()
        report.changed.append(name or str(row))
    return row


def untouched(row: FromPack, fields: list[str]) -> bool:
    """Whether the row still says what the pack last said. `fields` are those that were given to `keep_row`."""
    return bool(row.from_pack) and fingerprint(_plain({name: getattr(row, name) for name in fields})) == row.from_pack


def _plain(values: dict) -> dict:
    return {name: value.pk if isinstance(value, models.Model) else value for name, value in values.items()}


def _number_lines(node: yaml.Node, at: Part, lines: dict[Part, int]) -> Iterator[Part]:
    """Fill in the line of each part; yields the parts whose key stands twice."""
    lines.setdefault(at, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        seen = set()
        for key, value in node.value:
            here = (*at, str(key.value))
            if here in seen:
                yield here
            seen.add(here)
            lines[here] = key.start_mark.line + 1
            yield from _number_lines(value, here, lines)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            yield from _number_lines(value, (*at, index), lines)


def _fit(document: Document, schema: dict) -> list[Problem]:
    errors = sorted(
        Draft202012Validator(schema).iter_errors(document.data), key=lambda error: list(map(str, error.path))
    )
    return [document.problem(_in_words(error), *_where(error)) for error in errors]


def _where(error: ValidationError) -> Part:
    path = tuple(error.absolute_path)
    if error.validator == "additionalProperties" and isinstance(error.instance, dict):
        unknown = sorted(set(error.instance) - set(error.schema.get("properties", {})), key=str)
        return (*path, unknown[0]) if unknown else path
    return path


def _in_words(error: ValidationError) -> str:
    name = ".".join(str(part) for part in error.absolute_path) or _("the file")
    values = {"name": name, "value": repr(error.instance)[:60], "expected": _expected(error)}
    if error.validator == "required":
        missing = [key for key in error.validator_value if key not in error.instance]
        return _("%(name)s: “%(missing)s” is missing.") % {"name": name, "missing": ", ".join(missing)}
    if error.validator == "additionalProperties":
        known = ", ".join(sorted(error.schema.get("properties", {})))
        unknown = _where(error)[-1]
        return _("“%(unknown)s” is not known here. Known are: %(known)s.") % {"unknown": unknown, "known": known}
    return _("%(name)s: %(expected)s is expected, not %(value)s.") % values


def _expected(error: ValidationError) -> str:
    if hint := error.schema.get("description"):
        return str(hint)
    kinds = {
        "string": _("a text (in quotes)"),
        "integer": _("a whole number"),
        "number": _("a number"),
        "boolean": _("true or false"),
        "array": _("a list"),
        "object": _("a block of named values"),
    }
    if error.validator == "type":
        return str(kinds.get(error.validator_value, error.validator_value))
    if error.validator == "enum":
        return _("one of %(values)s") % {"values": ", ".join(map(str, error.validator_value))}
    return f"{error.validator} {error.validator_value}"
