"""What pools refuse, and the numbers behind it."""

from django.utils.translation import gettext_lazy as _

from stadtplatz.kit.refusals import ActionRefused

MAX_EXTENSIONS = 10
"""How often one hold can be extended. WCAG 2.2.1 asks for at least ten simple extensions of a time limit."""


class SoldOut(ActionRefused):
    """There is not enough. `short` maps each missing key to (wanted, available)."""

    code = "sold-out"

    def __init__(self, short: dict[str, tuple[int, int]]):
        super().__init__(_("There is not enough left."))
        self.short = short


class CapReached(ActionRefused):
    """This contact already holds too much unconfirmed. `over` maps each key to (wanted, still allowed)."""

    code = "cap-reached"

    def __init__(self, over: dict[str, tuple[int, int]]):
        super().__init__(_("You cannot reserve that many at once."))
        self.over = over


class HoldEnded(ActionRefused):
    """The hold is no longer there to be extended, confirmed or given back."""

    code = "hold-ended"

    def __init__(self) -> None:
        super().__init__(_("The time for this reservation is over. Nothing was ordered."))


class ExtendedTooOften(ActionRefused):
    """A hold can be extended only so often."""

    code = "extended-too-often"

    def __init__(self) -> None:
        super().__init__(_("This reservation cannot be extended any further."))
