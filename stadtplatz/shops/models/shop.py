"""Shops, their further places, and the people who work in them."""

from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from stadtplatz.kit.pictured import Pictured
from stadtplatz.shops import categories


class Shop(Pictured, models.Model):
    """A seller of this town: who it is, where it is, when it is open. Exists only after somebody answered for it."""

    DRAFT, OPEN, PAUSED, CLOSED = "draft", "open", "paused", "closed"
    STATES = [(DRAFT, _("Draft")), (OPEN, _("Visible")), (PAUSED, _("Paused")), (CLOSED, _("Given up"))]
    LEGAL_FORMS = [
        ("sole", _("Sole trader")),
        ("registered", _("Registered merchant (e. K.)")),
        ("gbr", _("Civil-law partnership (GbR)")),
        ("ohg", _("General partnership (OHG)")),
        ("kg", _("Limited partnership (KG)")),
        ("gmbh", _("Limited company (GmbH)")),
        ("ug", _("Entrepreneurial company (UG)")),
        ("ag", _("Public limited company (AG)")),
        ("eg", _("Cooperative (eG)")),
        ("ev", _("Registered association (e. V.)")),
        ("public", _("Public body")),
    ]
    LISTED = (OPEN, PAUSED)
    NEW, KNOWN, APPROVED, SUSPENDED = "new", "known", "approved", "suspended"
    STANDINGS = [
        (NEW, _("Not checked yet")),
        (KNOWN, _("Identity checked: may show and put aside")),
        (APPROVED, _("Approved: may sell")),
        (SUSPENDED, _("Suspended")),
    ]
    SHOWING = (KNOWN, APPROVED)
    """Standings with which a visible shop may show offers and put things aside without obligation."""
    COUNTER, STALL, HOME, MOBILE = "counter", "stall", "home", "mobile"
    PREMISES = [
        (COUNTER, _("A shop, workshop or practice that people can walk into")),
        (STALL, _("A stall on the weekly market")),
        (HOME, _("A kitchen, workshop or farm that is not open to the public")),
        (MOBILE, _("I come to the people")),
    ]
    IN_REGISTER = frozenset({"registered", "ohg", "kg", "gmbh", "ug", "ag", "eg", "ev"})
    """Legal forms that stand in a register, so that its number must be named."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=80)
    place = models.ForeignKey("city.Place", null=True, blank=True, on_delete=models.SET_NULL, related_name="shops")
    """The entry on the map that this shop answers for."""
    category = models.CharField(max_length=40, db_index=True)
    description = models.TextField(blank=True)
    state = models.CharField(max_length=8, choices=STATES, default=DRAFT, db_index=True)
    standing = models.CharField(max_length=9, choices=STANDINGS, default=NEW, db_index=True)
    """What the market desk knows about the seller; decides what may be shown and sold. Written by claims and sellers alone."""
    premises = models.CharField(max_length=8, choices=PREMISES, default=COUNTER)

    legal_name = models.CharField(max_length=160, blank=True)
    legal_form = models.CharField(max_length=12, choices=LEGAL_FORMS, blank=True)
    represented_by = models.CharField(max_length=160, blank=True)
    register_entry = models.CharField(max_length=120, blank=True)
    """Court and number, such as "Amtsgericht Stuttgart, HRB 12345"; needed by the forms in IN_REGISTER."""
    vat_id = models.CharField(max_length=20, blank=True)
    small_business = models.BooleanField(default=False)
    """Shows no VAT (§ 19 UStG); then a VAT id is not needed."""

    street = models.CharField(max_length=120, blank=True)
    """Street and house number."""
    postcode = models.CharField(max_length=5, blank=True)
    town = models.CharField(max_length=80, blank=True)
    district = models.CharField(max_length=80, blank=True, db_index=True)
    """Name of the district as the city knew it when the place was set; a filter, not an address."""
    lon = models.FloatField(null=True, blank=True)
    lat = models.FloatField(null=True, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    website = models.URLField(blank=True)

    hours = models.CharField(max_length=255, blank=True)
    """Opening hours in OpenStreetMap's syntax."""
    special_days = models.JSONField(default=list, blank=True)
    """Days that differ from `hours`, as `hours.special.SpecialDays.as_json` writes them: holidays, bridge days, longer evenings."""
    pause_note = models.CharField(max_length=200, blank=True)
    """What people read while the shop pauses or is on holiday."""
    pause_until = models.DateField(null=True, blank=True)
    """The last day of the pause; the shop is visible as open again on the day after. Empty: until somebody ends it."""
    pickup_note = models.CharField(max_length=200, blank=True)
    reserve_hours = models.PositiveSmallIntegerField(null=True, blank=True)
    """How long things are put aside without obligation; None: until closing on the next day, 0: not at all. See shops.queries.aside."""
    picture = models.CharField(max_length=200, blank=True)
    """Path of the stored picture; without one the page draws one by category."""
    picture_small = models.CharField(max_length=200, blank=True)
    preview = models.CharField(max_length=400, blank=True)
    """The picture in twenty pixels, shown while it is on its way; see kit.renditions."""

    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    """When the shop was given up; six months later its seller data are deleted (Art. 30 (5) DSA)."""
    forgotten_at = models.DateTimeField(null=True, blank=True)
    """When that was done; only the bare row is left, because orders point to it."""

    class Meta:
        indexes = [models.Index(fields=["state", "name"])]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("shop", args=[self.slug])

    @property
    def category_name(self) -> str:
        """The category in the reader's language."""
        return categories.name_of(self.category)

    @property
    def drawing_url(self) -> str:
        """The picture drawn for the category."""
        return categories.drawing_of(self.category)

    @property
    def address(self) -> str:
        """`Marktplatz 3, 71083 Musterstadt` as far as it is known."""
        return ", ".join(part for part in (self.street, f"{self.postcode} {self.town}".strip()) if part)

    @property
    def is_listed(self) -> bool:
        """Whether everybody may see the shop: open, or pausing with its note, and not suspended."""
        return self.state in self.LISTED and self.standing != self.SUSPENDED

    @property
    def shows_offers(self) -> bool:
        """Whether people see its offers and may have things put aside: visible, and the market desk knows who it is."""
        return self.state == self.OPEN and self.standing in self.SHOWING

    @property
    def has_counter(self) -> bool:
        """Whether people can walk in, so that the shop stands on the map."""
        return self.premises == self.COUNTER

    @cached_property
    def tax_line(self) -> str:
        """VAT id or the small-business note, as it stands in the imprint."""
        if self.small_business:
            return str(_("Small business, no VAT shown (§ 19 UStG)"))
        return str(_("VAT ID {number}")).format(number=self.vat_id) if self.vat_id else ""


class Branch(models.Model):
    """A further place of the same seller: one profile, several doors."""

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="branches")
    place = models.ForeignKey("city.Place", null=True, blank=True, on_delete=models.SET_NULL, related_name="branches")
    """The entry on the map that this branch answers for."""
    name = models.CharField(max_length=80)
    street = models.CharField(max_length=120)
    postcode = models.CharField(max_length=5)
    town = models.CharField(max_length=80)
    lon = models.FloatField(null=True, blank=True)
    lat = models.FloatField(null=True, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    hours = models.CharField(max_length=255, blank=True)
    """Opening hours in OpenStreetMap's syntax."""

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def address(self) -> str:
        """`Marktplatz 3, 71083 Musterstadt`."""
        return f"{self.street}, {self.postcode} {self.town}"


class Membership(models.Model):
    """What a person may do in a shop: the owner everything, staff everything but the team, packers see and hand out orders."""

    OWNER, STAFF, PACKER = "owner", "staff", "packer"
    ROLES = [(OWNER, _("Owner")), (STAFF, _("Staff of the shop")), (PACKER, _("Packing and handing out"))]

    person = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, related_name="shop_memberships")
    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=8, choices=ROLES)
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "shop"], name="one_role_per_person_and_shop")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.role} of {self.shop_id}"
