"""Tests speak to a small German town; see docs/testing.md."""

import os

os.environ["STADTPLATZ_MODE"] = "test"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stadtplatz.settings")

import django

from stadtplatz.kit.messages import compile_stale

compile_stale()  # before Django reads the translations
django.setup()  # only now, so that the settings see the test mode
