"""A shop's offers as its page shows them: few in one list, many in groups that one can jump to."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from stadtplatz.catalogue import categories
from stadtplatz.catalogue.models import Offer
from stadtplatz.catalogue.queries.offers import Card, find
from stadtplatz.shops.models import Shop

FEW = 8
"""So many goods stand in one list; more are grouped by category."""
REST = "rest"
_KINDS: dict[str, tuple[Promise, frozenset[str]]] = {
    "termine": (_("By appointment"), frozenset({Offer.SERVICE})),
    "waren": (_("Goods"), frozenset({Offer.GOODS, Offer.LOOSE, Offer.MADE, Offer.SURPRISE})),
    "anfrage": (_("Price on request"), frozenset({Offer.QUOTE})),
    "im-laden": (_("Only in the shop"), frozenset({Offer.SHOWCASE})),
}


@dataclass(frozen=True)
class Group:
    """One group: its anchor on the page, how many offers it has, and how many stand before it."""

    anchor: str
    name: str | Promise
    count: int
    condition: Q
    before: int = 0

    def address(self, per_page: int) -> str:
        """Where it begins, on the page that shows its first offer."""
        page = self.before // per_page + 1
        return f"?page={page}#g-{self.anchor}" if page > 1 else f"#g-{self.anchor}"


def window_of(shop: Shop) -> tuple[QuerySet[Offer], int, list[Group]]:
    """All offers of the shop in the order of its groups, the newest of each first; how many; and the groups, none if it has few of one kind.

    One query, and that for the offers.
    """
    offers = find(shop=shop.slug)
    rows = offers.order_by().values_list("kind", "category").annotate(Count("pk"))
    counts = Counter({(kind, category): number for kind, category, number in rows})
    groups = _groups(counts)
    if len(groups) < 2:
        return offers, counts.total(), []
    place = Case(
        *(When(group.condition, then=Value(at)) for at, group in enumerate(groups)), output_field=IntegerField()
    )
    return offers.annotate(place=place).order_by("place", "-published_at", "-pk"), counts.total(), groups


def in_groups(cards: Iterable[Card], groups: list[Group]) -> list[tuple[Group, list[Card]]]:
    """The cards of one page under the groups they belong to."""
    placed = groupby(cards, key=lambda card: getattr(card.offer, "place", 0))
    return [(groups[at], list(some)) for at, some in placed]


def _groups(counts: Counter[tuple[str, str]]) -> list[Group]:
    found: list[Group] = []
    for anchor, (name, kinds) in _KINDS.items():
        of_kind: Counter[str] = Counter()
        for (kind, category), number in counts.items():
            if kind in kinds:
                of_kind[category] += number
        if of_kind.total() > FEW and anchor == "waren":
            found += _by_category(of_kind, Q(kind__in=kinds))
        elif of_kind:
            found.append(Group(anchor, name, of_kind.total(), Q(kind__in=kinds)))
    before = 0
    for at, group in enumerate(found):
        found[at] = replace(group, before=before)
        before += group.count
    return found


def _by_category(counts: Counter[str], among: Q) -> list[Group]:
    """Goods under the names of the tree at which the shop's categories part, in the order of the tree; unknown ones at the end."""
    paths = {code: categories.path_to(code) for code in counts}
    level = _parting(paths.values())
    branches: dict[str, tuple[str | Promise, list[str]]] = {}
    order = list(categories.all_categories())
    for code in sorted(counts, key=lambda code: order.index(code) if code in order else len(order)):
        path = paths[code]
        branch = path[min(level, len(path) - 1)] if path else None
        key, name = (branch.slug, branch.name) if branch else (REST, _("More"))
        branches.setdefault(key, (name, []))[1].append(code)
    return [
        Group(slug, name, sum(counts[code] for code in codes), among & Q(category__in=codes))
        for slug, (name, codes) in branches.items()
    ]


def _parting(paths: Iterable[list[categories.Category]]) -> int:
    """How deep in the tree the paths first differ."""
    level = 0
    known = [path for path in paths if path]
    while known and all(len(path) > level + 1 for path in known) and len({path[level].code for path in known}) == 1:
        level += 1
    return level
