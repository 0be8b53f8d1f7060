"""New processes without the wait: each is forked from one that has loaded everything and done nothing else.

Starting Python and Django costs more than a second of a processor, a fork a few hundredths. Before it does anything, the new
process reads all settings from its own environment, as a started one does. What is proved about starting itself still starts.
"""

import importlib
import multiprocessing
import os
import runpy
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

FORKED = multiprocessing.get_context("forkserver")
FORKED.set_forkserver_preload(["tests.support.loaded"])


class Done(NamedTuple):
    returncode: int
    stdout: str
    stderr: str


def run_module(module: str, *words: str, environment: dict[str, str], timeout: float = 300) -> Done:
    """What `python -m module words...` says and how it ends."""
    with tempfile.TemporaryDirectory(prefix="stadtplatz-said-") as folder:
        said, wrong = Path(folder) / "stdout", Path(folder) / "stderr"
        process = FORKED.Process(target=_main, args=(module, words, environment, said, wrong))
        process.start()
        process.join(timeout)
        if process.is_alive():
            process.kill()
            process.join()
        return Done(process.exitcode or 0, said.read_text(), wrong.read_text())


def _main(module: str, words: Sequence[str], environment: dict[str, str], said: Path, wrong: Path) -> None:
    for number, path in ((1, said), (2, wrong)):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT), number)
    sys.stdout, sys.stderr = open(1, "w", closefd=False), open(2, "w", closefd=False)  # noqa: SIM115 - the process ends with them
    os.environ.clear()
    os.environ.update(environment)
    read_settings_again()
    sys.argv = [module, *words]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


def read_settings_again() -> None:
    """What Django was told at its start no longer counts: all settings are those of the environment as it is now."""
    import django
    from django.conf import Settings, settings
    from django.db import connections

    importlib.reload(importlib.import_module("stadtplatz.settings"))
    settings._wrapped = Settings("stadtplatz.settings")
    connections._settings = None
    connections.__dict__.pop("settings", None)
    with suppress(AttributeError):
        del connections["default"]
    django.setup()
