"""Tests speak to a small German town; see docs/testing.md."""

import os

os.environ["STADTPLATZ_MODE"] = "test"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stadtplatz.settings")

import django
from hypothesis import settings

from stadtplatz.kit.messages import compile_stale

compile_stale()  # before Django reads the translations
django.setup()  # only now, so that the settings see the test mode

# Examples have no time limit of their own: a busy machine is no fault of the code.
settings.register_profile("fast", deadline=None, max_examples=40)
settings.register_profile("proof", deadline=None, max_examples=1_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fast"))
