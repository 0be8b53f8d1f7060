"""Where models are kept: the city's own in the state folder, else the one that comes with Stadtplatz."""

from __future__ import annotations

import logging
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from stadtplatz.tickets.suggesting.corpus import MODEL
from stadtplatz.tickets.suggesting.model import Model, ModelBroken, from_file

logger = logging.getLogger(__name__)


def own_path() -> Path:
    """The model trained on the city's own reports."""
    return Path(settings.VAR) / "models/suggestion.model"


def current() -> Model | None:
    """The model to ask; a newly trained one is seen at once. None when neither can be read."""
    for path in (own_path(), MODEL):
        try:
            stamp = path.stat()
        except OSError:
            continue
        if found := _loaded(path, stamp.st_mtime_ns, stamp.st_size):
            return found
    return None


def keep(model: Model, path: Path | None = None) -> Path:
    """The model is in place, whole: whoever asks meanwhile gets the old one or the new one."""
    path = path or own_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_bytes(model.to_bytes())
    fresh.replace(path)
    return path


@lru_cache(maxsize=2)
def _loaded(path: Path, _changed: int, _size: int) -> Model | None:
    try:
        return from_file(path)
    except (OSError, ModelBroken) as error:
        logger.warning("suggestion model %s cannot be used: %s", path.name, error)
        return None
