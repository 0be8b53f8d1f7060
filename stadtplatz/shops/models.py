"""Shops, the people who work in them, and what the town asks about entries from the map."""

from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from stadtplatz.kit import media
from stadtplatz.shops import categories


class Shop(models.Model):
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
    IN_REGISTER = frozenset({"registered", "ohg", "kg", "gmbh", "ug", "ag", "eg", "ev"})
    """Legal forms that stand in a register, so that its number must be named."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=80)
    place = models.ForeignKey("city.Place", null=True, blank=True, on_delete=models.SET_NULL, related_name="shops")
    """The entry on the map that this shop answers for."""
    category = models.CharField(max_length=40, db_index=True)
    description = models.TextField(blank=True)
    state = models.CharField(max_length=8, choices=STATES, default=DRAFT, db_index=True)

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
    pause_note = models.CharField(max_length=200, blank=True)
    """What people read while the shop pauses or is on holiday."""
    pickup_note = models.CharField(max_length=200, blank=True)
    picture = models.CharField(max_length=200, blank=True)
    """Path of the stored picture; without one the page draws one by category."""
    picture_small = models.CharField(max_length=200, blank=True)

    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)

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
    def picture_url(self) -> str:
        """The shop's large picture, or the one drawn for its category."""
        return media.public_url(self.picture) or categories.drawing_of(self.category)

    @property
    def card_picture_url(self) -> str:
        """The picture in the size of a card."""
        return media.public_url(self.picture_small) or self.picture_url

    @property
    def address(self) -> str:
        """`Marktplatz 3, 71083 Musterstadt` as far as it is known."""
        return ", ".join(part for part in (self.street, f"{self.postcode} {self.town}".strip()) if part)

    @property
    def is_listed(self) -> bool:
        """Whether everybody may see the shop: open, or pausing with its note."""
        return self.state in self.LISTED

    @cached_property
    def tax_line(self) -> str:
        """VAT id or the small-business note, as it stands in the imprint."""
        if self.small_business:
            return str(_("Small business, no VAT shown (§ 19 UStG)"))
        return str(_("VAT ID {number}")).format(number=self.vat_id) if self.vat_id else ""


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


class Request(models.Model):
    """Abstract: something somebody without an account asks about an entry of the map, and what the market desk decided."""

    NEW, GRANTED, DECLINED = "new", "granted", "declined"
    STATES = [(NEW, _("New")), (GRANTED, _("Granted")), (DECLINED, _("Declined"))]

    place = models.ForeignKey("city.Place", on_delete=models.CASCADE, related_name="+")
    contact = models.ForeignKey("accounts.Guest", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    message = models.TextField(blank=True)
    state = models.CharField(max_length=8, choices=STATES, default=NEW, db_index=True)
    reason = models.CharField(max_length=300, blank=True)
    """Why the desk decided so; sent to the contact."""
    created_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=40, blank=True)

    class Meta:
        abstract = True


class ClaimRequest(Request):
    """'This is my business': who answers for it and what they are there."""

    position = models.CharField(max_length=80)
    """What the person is in the business: owner, manager, employee."""
    shop = models.ForeignKey(Shop, null=True, blank=True, on_delete=models.SET_NULL, related_name="claims")

    def __str__(self) -> str:
        return f"claim {self.pk} ({self.state})"


class RemovalRequest(Request):
    """'Please take this entry off.' Needs no account and no reason."""

    def __str__(self) -> str:
        return f"removal {self.pk} ({self.state})"
