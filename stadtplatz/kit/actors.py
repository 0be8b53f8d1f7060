"""Who acts. Actions take `by=`, an `Actor`; facts remember its pseudonymous key, which only `accounts` can resolve."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, TypeVar

Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Actor:
    """`key` is what facts keep: `p:<random>` for a person with an account, `g:<random>` for a guest contact,
    `link` for somebody who holds a secret link, `anonymous`, or `system`."""

    kind: str  # person, guest, link, anonymous, system
    key: str
    person_id: int | None = None
    guest_id: int | None = None
    second_factor: bool = False
    """True when this person signed in with a second factor in this session."""
    operator: bool | None = field(default=None, compare=False)
    """Whether this person runs the installation, as far as the maker of this actor knew it; None if nobody looked."""
    memo: dict[str, Any] | None = field(default=None, compare=False, repr=False)
    """What rules found out during one web request; None everywhere else, so that nothing is remembered for longer."""

    @property
    def is_person(self) -> bool:
        return self.person_id is not None


SYSTEM = Actor("system", "system")
ANONYMOUS = Actor("anonymous", "anonymous")
LINK_HOLDER = Actor("link", "link")


def once_a_request(rule: Callable[[Actor], Answer]) -> Callable[[Actor], Answer]:
    """For questions about an actor that many parts of one page ask: the answer is worked out once per web request."""
    name = f"{rule.__module__}.{rule.__qualname__}"

    @wraps(rule)
    def asked(actor: Actor) -> Answer:
        if actor.memo is None:
            return rule(actor)
        if name not in actor.memo:
            actor.memo[name] = rule(actor)
        return actor.memo[name]

    return asked
