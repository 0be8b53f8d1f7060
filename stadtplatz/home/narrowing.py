"""The box to narrow results down, and what has been chosen in it."""

from collections.abc import Callable

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stadtplatz.catalogue.queries import category_name as offer_category
from stadtplatz.home.asking import ORGANIC, SWITCHES, Asked
from stadtplatz.kit.forms import LongSelect
from stadtplatz.search.queries import Results
from stadtplatz.shops.models import Shop
from stadtplatz.shops.queries import category_name as shop_category

MOST_CHOICES = 30


class NarrowForm(forms.Form):
    """Choices with how many results each would leave."""

    use_required_attribute = False

    category = forms.ChoiceField(label=gettext_lazy("Category"), required=False, widget=LongSelect)
    district = forms.ChoiceField(label=gettext_lazy("District"), required=False, widget=LongSelect)
    shop = forms.ChoiceField(label=gettext_lazy("Shop"), required=False, widget=LongSelect)
    near = forms.CharField(
        label=gettext_lazy("Near (street and number)"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    open = forms.BooleanField(label=gettext_lazy("Open now"), required=False)
    today = forms.BooleanField(label=gettext_lazy("Collect today"), required=False)
    organic = forms.BooleanField(label=gettext_lazy("Organic"), required=False)

    def __init__(self, asked: Asked, results: Results):
        super().__init__(dict(asked.given), prefix=None)
        for name, label in (("from", gettext_lazy("Price from (euros)")), ("to", gettext_lazy("to (euros)"))):
            amount = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
            self.fields[name] = forms.CharField(label=label, required=False, max_length=12, widget=amount)
        self.order_fields(["category", "district", "shop", "from", "to", "near", "open", "today", "organic"])
        self._count_switches(asked, results)
        shops = _shop_names([*results.facets.shop, asked.given.get("shop", "")])
        names: dict[str, Callable[[str], str]] = {
            "category": category_name,
            "district": str,
            "shop": lambda slug: shops.get(slug, slug),
        }
        for name, named in names.items():
            counts = dict(list(getattr(results.facets, name).items())[:MOST_CHOICES])
            chosen = asked.given.get(name, "")
            if chosen and chosen not in counts:
                counts[chosen] = 0
            choices = [(value, f"{named(value)} ({count})") for value, count in counts.items()]
            self.fields[name].choices = [("", _("All")), *choices]  # type: ignore[attr-defined]  # they are choice fields
            if not choices:
                del self.fields[name]

    def _count_switches(self, asked: Asked, results: Results) -> None:
        """What would leave nothing is not offered; the others say how much they leave."""
        organic, shops = results.facets.label.get(ORGANIC, 0), results.facets.shop
        one = asked.given.get("shop", "")
        opened = sum(count for slug, count in shops.items() if slug in asked.open_shops and one in ("", slug))
        for name, count in (("organic", organic), ("open", opened)):
            if name not in asked.given and not count:
                del self.fields[name]
            elif name not in asked.given:
                self.fields[name].label = f"{self.fields[name].label} ({count})"
        if "today" not in asked.given and not shops:
            del self.fields["today"]


def category_name(code: str) -> str:
    """The name of a category of offers or of shops."""
    return offer_category(code) or shop_category(code)


def chosen(asked: Asked, form: NarrowForm) -> list[tuple[str, str]]:
    """What has been chosen, in words, each with the address without it."""
    found = []
    for name, value in asked.given.items():
        if name == "kind":
            continue
        words = _words(asked, form, name, value)
        if words:
            found.append((words, asked.address(**{name: ""})))
    return found


def _words(asked: Asked, form: NarrowForm, name: str, value: str) -> str:
    if name in SWITCHES:
        return str(form.fields[name].label)
    if name == "near":
        return _("near {place}").format(place=asked.near[1]) if asked.near else ""
    if name in ("from", "to"):
        limit = asked.narrow.price_from if name == "from" else asked.narrow.price_to
        words = _("from {price} €") if name == "from" else _("to {price} €")
        return words.format(price=value) if limit is not None else ""
    labels = dict(form.fields[name].choices) if name in form.fields else {}  # type: ignore[attr-defined]  # as above
    return str(labels.get(value, value)).rsplit(" (", 1)[0]


def _shop_names(slugs: list[str]) -> dict[str, str]:
    return dict(Shop.objects.filter(slug__in=slugs[: MOST_CHOICES + 1]).values_list("slug", "name"))
