"""What the shops offer."""

from datetime import date

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from stadtplatz.catalogue import categories, units, vat
from stadtplatz.catalogue.exemptions import EXEMPT
from stadtplatz.kit import clock
from stadtplatz.kit.fields import MoneyField
from stadtplatz.kit.pictured import Pictured


class Offer(Pictured, models.Model):
    """One thing a shop sells, in one size, for one price including VAT. What can still be sold is its pool, `rules.stock_key`."""

    GOODS, LOOSE, MADE, SHOWCASE, QUOTE, SURPRISE = "goods", "loose", "made", "showcase", "quote", "surprise"
    SERVICE = "service"
    KINDS = [
        (GOODS, pgettext_lazy("kind of offer", "Goods")),
        (LOOSE, _("Loose goods")),
        (MADE, _("Made to order")),
        (SHOWCASE, _("Only in the shop")),
        (QUOTE, _("Price on request")),
        (SURPRISE, _("Surprise bag")),
        (SERVICE, _("Service by appointment")),
    ]
    NOT_ORDERED = frozenset({SHOWCASE, QUOTE, SERVICE})
    """Kinds that are shown and cannot be put into a basket."""
    ON_THE_SHELF = frozenset({GOODS, LOOSE, SHOWCASE, SURPRISE})
    """Kinds of which a counted piece can be put aside without obligation."""
    DRAFT, PUBLISHED, WITHDRAWN = "draft", "published", "withdrawn"
    STATES = [(DRAFT, _("Draft")), (PUBLISHED, _("On sale")), (WITHDRAWN, _("Off sale"))]
    WITHDRAWAL = [
        ("none", _("Can be returned within 14 days")),
        ("perishable", _("No right of withdrawal: spoils quickly")),
        ("made_to_order", _("No right of withdrawal: made to the customer's wishes")),
        ("hygiene", _("No right of withdrawal once the hygiene seal is broken")),
        ("on_site", _("Nothing is bought here: the contract is made in the shop")),
    ]
    AGES = [(0, _("No age limit")), (16, _("From 16 years")), (18, _("From 18 years"))]

    shop = models.ForeignKey("shops.Shop", on_delete=models.CASCADE, related_name="offers")
    kind = models.CharField(max_length=8, choices=KINDS, default=GOODS)
    state = models.CharField(max_length=10, choices=STATES, default=DRAFT)
    title = models.CharField(max_length=120)
    slug = models.SlugField(max_length=140)
    description = models.TextField(blank=True)
    category = models.CharField(max_length=40, db_index=True)
    sku = models.CharField(max_length=40, blank=True)
    """The shop's own article number."""
    gtin = models.CharField(max_length=14, blank=True)
    """The number behind the barcode, with its check digit."""
    brand = models.CharField(max_length=80, blank=True)
    picture = models.CharField(max_length=200, blank=True)
    """Path of the stored picture; without one the page draws one by category."""
    picture_small = models.CharField(max_length=200, blank=True)
    preview = models.CharField(max_length=400, blank=True)
    """The picture in twenty pixels, shown while it is on its way; see kit.renditions."""

    price = MoneyField()
    """Gross, for one piece or one portion."""
    vat_class = models.CharField(max_length=12, choices=vat.CLASSES, default=vat.STANDARD)
    deposit = MoneyField(null=True, blank=True)
    """Shown apart from the price (§ 7 PAngV)."""
    content_amount = models.DecimalField(max_digits=10, decimal_places=3, null=True, blank=True)
    content_unit = models.CharField(max_length=6, choices=units.CHOICES, blank=True)
    drained_amount = models.DecimalField(max_digits=10, decimal_places=3, null=True, blank=True)
    """Drained weight, in the content's unit; the unit price then counts this one (§ 5 Abs. 4 PAngV)."""
    unit_price_exempt = models.CharField(max_length=10, choices=EXEMPT, blank=True)
    """Why no unit price is shown although it is sold by measure (§ 4 Abs. 3 PAngV)."""
    reduced_since = models.DateTimeField(null=True, blank=True)
    """When the present reduction was announced; the 30 days of § 11 PAngV are counted back from here."""
    reference_price = MoneyField(null=True, blank=True)
    """The lowest price of the 30 days before the announced reduction."""
    price_before = MoneyField(null=True, blank=True)
    """What it cost right before a reduction because it will not keep; those are measured against nothing (§ 11 Abs. 4 PAngV)."""
    price_steps = models.JSONField(default=list, blank=True)
    """[[from how many pieces, cents a piece], ...], fewest first; see rules.steps."""

    withdrawal = models.CharField(max_length=14, choices=WITHDRAWAL, blank=True)
    """Empty means: not decided, and not to be published."""
    age_limit = models.PositiveSmallIntegerField(choices=AGES, default=0)
    lead_days = models.PositiveSmallIntegerField(default=0)
    """Working days it takes to make, for what is made to order."""
    window = models.CharField(max_length=80, blank=True)
    """When a surprise bag is collected, in the shop's words."""
    availability = models.JSONField(default=dict, blank=True)
    """When it can be had, and how many on one day; empty: always. See rules.availability."""
    cooled = models.BooleanField(default=False)
    bulky = models.BooleanField(default=False)
    pickup_only = models.BooleanField(default=False)
    particulars = models.JSONField(default=dict, blank=True)
    """What else is said, by name; see catalogue.particulars."""
    variant_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="variants")
    """The offer on whose page this one is chosen; that one is a variant itself."""
    variant = models.CharField(max_length=60, blank=True)
    """What makes it differ: `M, rot`."""
    food_info = models.TextField(blank=True)
    """Ingredients, origin, storage: what the food information regulation asks for before ordering."""
    allergens = models.CharField(max_length=300, blank=True)

    counted_at = models.DateTimeField(null=True, blank=True)
    """When the shop last said how many there are; None if it never did."""

    blocked = models.CharField(max_length=12, blank=True)
    """Number of the notice for which the desk took it off sale; so long it cannot be published."""
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["state", "-published_at"]),
            models.Index(fields=["state", "category", "-published_at"]),
            models.Index(fields=["shop", "state", "-published_at"]),
            models.Index(fields=["gtin", "state"]),
            models.Index(fields=["state", "price"]),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(price__gte=0), name="offer_price_not_negative"),
            models.CheckConstraint(
                condition=~models.Q(state="published") | models.Q(blocked=""), name="blocked_offer_is_off_sale"
            ),
            models.UniqueConstraint(
                fields=["shop", "sku"], condition=~models.Q(sku=""), name="one_offer_per_shop_and_article_number"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("offer", args=[self.pk, self.slug])

    @property
    def full_title(self) -> str:
        """The title with what makes this variant differ, as baskets and orders name it."""
        return f"{self.title}, {self.variant}" if self.variant else self.title

    @property
    def can_be_ordered(self) -> bool:
        """Whether this kind of offer may lie in a basket."""
        return self.kind not in self.NOT_ORDERED

    @property
    def is_on_sale(self) -> bool:
        """Whether everybody may see it: published, in a visible shop whose seller is known. Needs the shop to be loaded."""
        return self.state == self.PUBLISHED and self.shop.shows_offers

    @property
    def category_name(self) -> str:
        """The category in the reader's language."""
        return categories.name_of(self.category)

    @property
    def drawing_url(self) -> str:
        """The picture drawn for the category."""
        return categories.drawing_of(self.category)

    @property
    def vat_rate(self) -> int:
        """Per cent of VAT contained in the price today; 0 for a small business, which shows none."""
        return self.vat_rate_on(clock.today())

    def vat_rate_on(self, day: date) -> int:
        """Per cent of VAT contained in the price on that day."""
        return 0 if self.shop.small_business else vat.percent(self.vat_class, day)
