"""Everything a process of Stadtplatz loads before it does anything; for `warm`, whose processes are forked from one that has it."""

import importlib
import os

import django

os.environ["STADTPLATZ_MODE"] = "test"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stadtplatz.settings")
django.setup()
for module in (
    "benchmarks.scratch",
    "stadtplatz.operate.cli",
    "stadtplatz.operate.management.commands.restore",
    "stadtplatz.orders.tests.town",
    "stadtplatz.tickets.actions",
):
    importlib.import_module(module)
