"""Who acts. Actions take `by=`, an `Actor`; facts remember its pseudonymous key, which only `accounts` can resolve."""

from dataclasses import dataclass, field


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

    @property
    def is_person(self) -> bool:
        return self.person_id is not None


SYSTEM = Actor("system", "system")
ANONYMOUS = Actor("anonymous", "anonymous")
LINK_HOLDER = Actor("link", "link")
