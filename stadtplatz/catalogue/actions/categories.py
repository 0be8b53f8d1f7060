"""What the operator does with the tree of categories."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from stadtplatz.audit.actions import record
from stadtplatz.catalogue import categories, facts, pack, tree
from stadtplatz.catalogue.models import CategoryAddress, CategoryEntry, ColumnMapping, Import, Offer, Product
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.names import slugify_german
from stadtplatz.kit.refusals import ActionRefused, NotAllowed, Stale
from stadtplatz.shops import rules as shop_rules

EDITABLE = frozenset({"de", "en", "slug", "parent", "own", "google", "words"})


@transaction.atomic
def add_category(*, de: str, en: str, parent: str, by: Actor, **details: Any) -> CategoryEntry:
    """The category stands in the tree, last below `parent` (empty: at the top). Its code is made from the English name and stays.

    Refused: to all but the market desk; for a name, code or address another one has; below what already is the third step.
    """
    _may(by)
    plant()
    code = (slugify_german(en) or slugify_german(de))[:40]
    if CategoryEntry.objects.filter(code=code).exists():
        raise ActionRefused(_("There is or was a category with this English name."), code="taken")
    last = CategoryEntry.objects.order_by("-order").first()
    entry = CategoryEntry(code=code, parent="", de="", en="", slug="", order=(last.order if last else 0) + 10)
    _say(entry, {"de": de, "en": en, "parent": parent, **details})
    entry.save()
    record(facts.CATEGORY_ADDED, subject=entry, by=by, category=code)
    tree.look_now()
    return entry


@transaction.atomic
def edit_category(*, code: str, version: int, changes: dict[str, Any], by: Actor) -> CategoryEntry:
    """The category is called, stands and asks as `changes` say; its old address leads to the new one, and the search follows.

    Offers on sale that lack what it newly asks for stay on sale for some days: their shops are told, see `actions.lacking`;
    `queries.if_changed` names them before. Refused: to all but the market
    desk; Stale if somebody changed it meanwhile; a name or address another one has; a move below itself or beyond the third step.
    """
    _may(by)
    plant()
    entry = _locked(code, version)
    wanted = {name: value for name, value in changes.items() if name in EDITABLE}
    changed = sorted(name for name, value in wanted.items() if getattr(entry, name) != value)
    if not changed:
        return entry
    before = entry.slug
    _say(entry, {name: wanted[name] for name in changed})
    entry.version += 1
    entry.save()
    if entry.slug != before:
        _keep_address(before, code)
    record(facts.CATEGORY_CHANGED, subject=entry, by=by, category=code, fields=changed)
    tree.look_now()
    _follow(categories.branch(code))
    return entry


@transaction.atomic
def dissolve_category(*, code: str, version: int, into: str, by: Actor) -> int:
    """The category is gone: its offers, products and remembered columns belong to `into`, what stood below it stands below `into`, and
    its address leads there. Returns how many offers went along.

    Refused: to all but the market desk; Stale; into itself or what stands below it; if what stands below it would not fit there.
    """
    _may(by)
    plant()
    entry = _locked(code, version)
    known = categories.all_categories()
    if into not in known or into in categories.branch(code):
        raise ActionRefused(
            _("Please choose a category that is not the same one and does not stand below it."), code="into"
        )
    for child in categories.children_of(code):
        _fits(child.code, into)
    CategoryEntry.objects.filter(parent=code, successor="").update(parent=into, version=F("version") + 1)
    CategoryEntry.objects.filter(pk=entry.pk).update(successor=into, version=F("version") + 1)
    below = categories.branch(code)
    offers = Offer.objects.filter(category=code).update(category=into, version=F("version") + 1)
    Product.objects.filter(category=code).update(category=into)
    _follow_in_columns(code, into)
    record(facts.CATEGORY_RETIRED, subject=entry, by=by, category=code, successor=into, offers=offers)
    tree.look_now()
    _follow([into, *below])
    return offers


def plant() -> None:
    """The tree stands in the database, if it did not yet: as the shipped file has it."""
    if not CategoryEntry.objects.exists():
        CategoryEntry.objects.bulk_create(pack.shipped_entries())
    tree.look_now()


def _may(by: Actor) -> None:
    if not shop_rules.may_decide(by):
        raise NotAllowed(_("Only the market desk may change the categories."))


def _locked(code: str, version: int) -> CategoryEntry:
    rows = CategoryEntry.objects.filter(code=code, successor="")
    if not rows.filter(version=version).update(version=F("version")):
        words = _("Somebody else changed this category in the meantime. Nothing was saved; please compare.")
        raise Stale(words, current=rows.first())
    return rows.get()


def _say(entry: CategoryEntry, values: dict[str, Any]) -> None:
    for name in ("de", "en"):
        if name in values:
            values[name] = " ".join(values[name].split())[:80]
            _name_is_free(entry, name, values[name])
    if "parent" in values:
        _fits(entry.code, values["parent"])
    if not values.get("slug") and not entry.slug:
        values["slug"] = slugify_german(values["de"])[:80]
    if "slug" in values:
        _address_is_free(entry, values["slug"])
    for name, value in values.items():
        setattr(entry, name, value)


def _name_is_free(entry: CategoryEntry, field: str, name: str) -> None:
    if len(name) < 2:
        raise ActionRefused(_("Please give a name in both languages."), code="name")
    others = [one for one in categories.all_categories().values() if one.code != entry.code]
    if name.casefold() in {getattr(one, field).casefold() for one in others}:
        raise ActionRefused(_("There is another category called “{name}”.").format(name=name), code="taken")


def _address_is_free(entry: CategoryEntry, slug: str) -> None:
    taken = CategoryEntry.objects.filter(slug=slug).exclude(code=entry.code).exists()
    if slug == "alles" or taken or CategoryAddress.objects.filter(slug=slug).exclude(code=entry.code).exists():
        raise ActionRefused(_("Another category has or had this address."), code="taken")
    CategoryAddress.objects.filter(slug=slug, code=entry.code).delete()


def _keep_address(slug: str, code: str) -> None:
    CategoryAddress.objects.update_or_create(slug=slug, defaults={"code": code})


def _fits(code: str, parent: str) -> None:
    """Whether the category, with all below it, may stand below `parent`."""
    if parent and parent not in categories.all_categories():
        raise ActionRefused(_("There is no such category to stand below."), code="parent")
    if parent in categories.branch(code):
        raise ActionRefused(_("A category cannot stand below itself."), code="parent")
    if len(categories.path_to(parent)) + _height(code) > categories.DEPTH:
        raise ActionRefused(_("The tree has at most three steps."), code="deep")


def _height(code: str) -> int:
    return 1 + max((_height(child.code) for child in categories.children_of(code)), default=0)


def _follow_in_columns(code: str, into: str) -> None:
    mappings = list(ColumnMapping.objects.filter(defaults__category=code))
    runs = list(Import.objects.filter(defaults__category=code))
    for mapping in mappings:
        mapping.defaults = {**mapping.defaults, "category": into}
    for run in runs:
        run.defaults = {**run.defaults, "category": into}
    ColumnMapping.objects.bulk_update(mappings, ["defaults"])
    Import.objects.bulk_update(runs, ["defaults"])


def _follow(codes: Iterable[str]) -> None:
    """The search follows, and shops whose offers lack something now are told."""
    from stadtplatz.catalogue.jobs import find_under_category, look_for_lacking

    find_under_category.enqueue(sorted(codes))
    look_for_lacking.enqueue(sorted(codes))
