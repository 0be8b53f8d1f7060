"""Journeys use the demo's own words, which stand in Django's apps: set up here, also for `make screens`."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stadtplatz.settings")
os.environ.setdefault("STADTPLATZ_MODE", "test")
django.setup()
