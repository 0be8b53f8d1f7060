"""Orders. Everything a buyer and a seller agreed on is copied here; later changes of offers and shops do not touch it."""

from django.db import models

from stadtplatz.catalogue.rules import most_by_weight, price_by_weight
from stadtplatz.kit.errands import Errand
from stadtplatz.kit.fields import MoneyField
from stadtplatz.kit.money import Money, VatLine, vat_by_rate
from stadtplatz.orders import flow

_BOUND = models.ExpressionWrapper(
    models.F("price") * models.F("quantity") * models.Value(110) / models.Value(100), output_field=models.IntegerField()
)
"""The same as catalogue.rules.most_by_weight, for the database."""


class Order(Errand):
    """One order over one or more shops. Its money and its contract live in the parts; it only sums them."""

    number_prefix = "B"

    guest = models.ForeignKey("accounts.Guest", null=True, blank=True, on_delete=models.SET_NULL, related_name="orders")
    person = models.ForeignKey(
        "accounts.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="orders"
    )
    """Set when the buyer was signed in."""
    contact_key = models.CharField(max_length=40, blank=True, db_index=True)
    """Keyed hash of mail or phone, for the caps; empty after erasure."""
    checkout_key = models.CharField(max_length=32, unique=True, editable=False)
    hold = models.OneToOneField("pools.Hold", on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=5, default="de")
    placed_at = models.DateTimeField(db_index=True)
    goods = MoneyField()
    deposit = MoneyField()

    class Meta:
        indexes = [models.Index(fields=["guest", "-placed_at"]), models.Index(fields=["person", "-placed_at"])]
        constraints = [
            models.CheckConstraint(condition=models.Q(goods__gte=0, deposit__gte=0), name="order_not_negative")
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def total(self) -> Money:
        """What is to be paid at all shops together: goods and deposit."""
        return self.goods + self.deposit


class OrderPart(models.Model):
    """The goods of one shop: one contract, one slot, one collection code. `flow.py` says how `state` may change."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="parts")
    shop = models.ForeignKey("shops.Shop", on_delete=models.PROTECT, related_name="order_parts")
    position = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=flow.STATES, default=flow.PLACED)
    state_since = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    slot = models.ForeignKey("delivery.Slot", on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    pickup_name = models.CharField(max_length=120)
    pickup_address = models.CharField(max_length=260, blank=True)
    pickup_note = models.CharField(max_length=300, blank=True)

    shop_name = models.CharField(max_length=80)
    seller_name = models.CharField(max_length=160)
    seller_address = models.CharField(max_length=260)
    seller_represented_by = models.CharField(max_length=160, blank=True)
    seller_email = models.EmailField(blank=True)
    seller_phone = models.CharField(max_length=40, blank=True)
    seller_tax = models.CharField(max_length=80, blank=True)
    small_business = models.BooleanField(default=False)
    terms_version = models.CharField(max_length=20)

    collection_code = models.CharField(max_length=6)
    collected_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)
    """Why the shop declined, in its own words."""
    reminded_at = models.DateTimeField(null=True, blank=True)
    goods = MoneyField()
    deposit = MoneyField()

    class Meta:
        ordering = ["position"]
        indexes = [models.Index(fields=["shop", "state", "starts_at"]), models.Index(fields=["state", "ends_at"])]
        constraints = [
            models.UniqueConstraint(fields=["order", "shop"], name="one_part_per_order_and_shop"),
            models.CheckConstraint(condition=models.Q(goods__gte=0, deposit__gte=0), name="order_part_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.order_id}/{self.position}"

    @property
    def total(self) -> Money:
        """What is to be paid at this shop: goods and deposit."""
        return self.goods + self.deposit

    @property
    def is_open(self) -> bool:
        """Whether goods still wait to be handed over."""
        return self.state in flow.OPEN

    def vat(self) -> list[VatLine]:
        """The VAT contained in this seller's part, per rate; empty for a small business."""
        if self.small_business:
            return []
        return vat_by_rate((line.vat_rate, line.amount + line.deposit_amount) for line in self.lines.all())


class OrderLine(models.Model):
    """One thing ordered, exactly as it was offered at that moment."""

    part = models.ForeignKey(OrderPart, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField()
    offer = models.ForeignKey("catalogue.Offer", null=True, on_delete=models.SET_NULL, related_name="+")
    stock_key = models.CharField(max_length=80)
    """The pool the goods came from and go back to."""
    title = models.CharField(max_length=120)
    content = models.CharField(max_length=40, blank=True)
    """`500 g`, `0,75 l`: what one piece or portion holds."""
    quantity = models.PositiveSmallIntegerField()
    price = MoneyField()
    """Gross, for one."""
    unit_price = models.CharField(max_length=60, blank=True)
    vat_rate = models.PositiveSmallIntegerField()
    deposit = MoneyField()
    """For one, on top of the price; taxed like the goods."""
    withdrawal = models.CharField(max_length=14)
    """`none` for no exception, else why there is no right of withdrawal."""
    age_limit = models.PositiveSmallIntegerField(default=0)
    grams = models.PositiveIntegerField(null=True, blank=True)
    """The estimated weight of all portions of loose goods; None for what is not weighed."""
    weighed = models.PositiveIntegerField(null=True, blank=True)
    """The grams that the shop's scales showed when it was packed."""
    charged = MoneyField(null=True, blank=True)
    """What all portions cost by `weighed`, see catalogue.rules.weights."""
    agreed_at = models.DateTimeField(null=True, blank=True)
    """When the buyer agreed to pay more than the bound for `weighed`."""
    as_ordered = models.BooleanField(default=False)
    """Whether the shop said that it was packed as ordered, without weighing."""

    class Meta:
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(condition=models.Q(quantity__gte=1), name="order_quantity_positive"),
            models.CheckConstraint(
                condition=models.Q(weighed__isnull=True, charged__isnull=True)
                | models.Q(grams__gte=1, weighed__gte=1, charged__gte=0),
                name="order_line_weighed_and_charged",
            ),
            models.CheckConstraint(
                condition=models.Q(charged__isnull=True)
                | models.Q(agreed_at__isnull=False)
                | models.Q(charged__lte=_BOUND),
                name="above_the_bound_only_with_consent",
            ),
            models.CheckConstraint(
                condition=models.Q(as_ordered=False) | models.Q(grams__gte=1, weighed__isnull=True),
                name="weighed_or_taken_as_ordered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} x {self.title}"

    @property
    def amount(self) -> Money:
        """Gross price of all pieces, without deposit: as ordered, or by the scales once it was weighed."""
        return self.estimate if self.charged is None else self.charged

    @property
    def estimate(self) -> Money:
        """Gross price of all pieces as ordered, without deposit."""
        return self.price * self.quantity

    @property
    def most(self) -> Money:
        """What is paid at most, without deposit: more than ordered only for what is weighed, and then by a bound."""
        return self.estimate if self.grams is None else most_by_weight(self.estimate)

    @property
    def partly_free(self) -> bool:
        """Whether more was packed than may be charged."""
        if self.grams is None or self.weighed is None or self.agreed_at:
            return False
        return price_by_weight(self.estimate, ordered=self.grams, weighed=self.weighed).partly_free

    @property
    def waits_for_scales(self) -> bool:
        """Whether it is sold by weight and nobody has weighed it or said that it is as ordered."""
        return bool(self.grams) and self.weighed is None and not self.as_ordered and not hasattr(self, "withdrawn")

    @property
    def deposit_amount(self) -> Money:
        return self.deposit * self.quantity

    @property
    def can_be_withdrawn(self) -> bool:
        """Whether the buyer has a right of withdrawal; a hygiene seal takes it away only once it is broken."""
        return self.withdrawal in {"none", "hygiene"}
