"""Only one thing that pyproject.toml cannot say: a wheel carries compiled translations."""

import runpy
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

HERE = Path(__file__).parent


class BuildWithMessages(build_py):
    def run(self):
        messages = runpy.run_path(str(HERE / "stadtplatz" / "kit" / "messages.py"))
        messages["compile_stale"]()
        super().run()


setup(cmdclass={"build_py": BuildWithMessages})
