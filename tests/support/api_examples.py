"""Trying the REST interface with whatever its document allows, and with what it does not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.config import SchemathesisConfig
from schemathesis.generation.modes import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from stadtplatz.wsgi import application

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    response_headers_conformance,
]
UNHURRIED = [
    HealthCheck.too_slow,
    HealthCheck.filter_too_much,
    HealthCheck.data_too_large,
    HealthCheck.function_scoped_fixture,
]


@contextmanager
def one_connection() -> Iterator[None]:
    """Requests in this process use the connection of the test, whose transaction must not be closed with them."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


@one_connection()
def document() -> Any:
    """The interface as its own document describes it, called without a network."""
    return _document()


def _document() -> Any:
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application, config=SchemathesisConfig())


@one_connection()
def tries(examples: int) -> int:
    """So many requests per address and kind, right ones and wrong ones; returns how many were made.

    Each answer must be one that the document names, in the shape it names, and never an error of ours.
    """
    made = 0
    for operation in (found.ok() for found in _document().get_all_operations()):
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):

            @settings(
                max_examples=examples,
                deadline=None,
                database=None,
                suppress_health_check=UNHURRIED,
                phases=[Phase.generate],
                derandomize=examples < 50,
            )
            @given(case=operation.as_strategy(generation_mode=mode))
            def one(case: Any) -> None:
                nonlocal made
                made += 1
                case.call_and_validate(checks=CHECKS)

            try:
                one()
            except schemathesis.errors.SchemathesisError as nothing_to_spoil:
                if mode is GenerationMode.POSITIVE:
                    raise AssertionError(operation.label) from nothing_to_spoil
    return made
