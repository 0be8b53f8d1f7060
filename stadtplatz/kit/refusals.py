"""Refusals: an action that may not or cannot happen says so in words for people, and has changed nothing."""


class ActionRefused(Exception):
    """An action was refused. The message is shown to the person as it stands; `code` is for machines and tests."""

    code = "refused"
    status = 409

    def __init__(self, message: object, *, code: str | None = None):
        super().__init__(message)
        self.message = message
        if code:
            self.code = code

    def __str__(self) -> str:
        return str(self.message)


class NotAllowed(ActionRefused):
    """The acting person may not do this. Shown as 403, or as 404 where even the existence is nobody's business."""

    code = "not-allowed"
    status = 403


class TooOften(ActionRefused):
    """A limit on how often something may be done was reached. `retry_after` is in seconds."""

    code = "too-often"
    status = 429

    def __init__(self, message: object, *, retry_after: int):
        super().__init__(message)
        self.retry_after = retry_after


class Stale(ActionRefused):
    """Somebody else changed the thing since this person opened it. `current` is what it says now, so both can be shown."""

    code = "stale"

    def __init__(self, message: object, *, current: object = None):
        super().__init__(message)
        self.current = current
