"""Everything a process of Stadtplatz loads before it does anything; for `warm`, whose processes are forked from one that has it."""

import os

os.environ["STADTPLATZ_MODE"] = "test"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stadtplatz.settings")

import django

django.setup()

import benchmarks.scratch
import stadtplatz.operate.cli
import stadtplatz.operate.management.commands.restore
import stadtplatz.orders.tests.town
import stadtplatz.tickets.actions  # noqa: F401 - loading is all it is here for
