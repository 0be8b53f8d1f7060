"""What people without an account ask about entries from the map, and what the market desk decided."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from stadtplatz.shops.models.shop import Shop


class Request(models.Model):
    """Abstract: something somebody without an account asks about an entry of the map, and what the market desk decided."""

    NEW, GRANTED, DECLINED = "new", "granted", "declined"
    STATES = [(NEW, _("New")), (GRANTED, _("Granted")), (DECLINED, _("Declined"))]

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
    """'This is my business': who answers for it and what they are there. Without a place: a business the map does not know."""

    CALL, LETTER, DOCUMENT = "call", "letter", "document"
    WAYS = [
        (CALL, _("The desk calls me in the business")),
        (LETTER, _("A letter with a code to the address of the business")),
        (DOCUMENT, _("I show a document, such as the trade registration")),
    ]

    place = models.ForeignKey("city.Place", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    business = models.CharField(max_length=80, blank=True)
    """Name of a business that the map does not know."""
    category = models.CharField(max_length=40, blank=True)
    premises = models.CharField(max_length=8, choices=Shop.PREMISES, default=Shop.COUNTER)
    street = models.CharField(max_length=120, blank=True)
    postcode = models.CharField(max_length=5, blank=True)
    town = models.CharField(max_length=80, blank=True)
    way = models.CharField(max_length=8, choices=WAYS, default=CALL)
    """How the claimant wants to be checked."""
    document = models.CharField(max_length=200, blank=True)
    """Path of the private file; deleted with the decision."""
    branch_of = models.ForeignKey(Shop, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    """The shop that gets the entry as a further place, instead of a new shop."""
    position = models.CharField(max_length=80)
    """What the person is in the business: owner, manager, employee."""
    shop = models.ForeignKey(Shop, null=True, blank=True, on_delete=models.SET_NULL, related_name="claims")

    def __str__(self) -> str:
        return f"claim {self.pk} ({self.state})"

    @property
    def business_name(self) -> str:
        """What the business is called, on the map or by its owner."""
        return self.place.name if self.place else self.business


class RemovalRequest(Request):
    """'Please take this entry off.' Needs no account and no reason; the desk can undo it."""

    place = models.ForeignKey("city.Place", on_delete=models.CASCADE, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.CharField(max_length=40, blank=True)

    def __str__(self) -> str:
        return f"removal {self.pk} ({self.state})"


class ClaimLetter(models.Model):
    """A letter to the address of an entry: with its code the business is taken over, with its QR code the entry removed."""

    TRIES = 5

    place = models.ForeignKey("city.Place", on_delete=models.CASCADE, related_name="+")
    claim = models.ForeignKey(ClaimRequest, null=True, blank=True, on_delete=models.SET_NULL, related_name="letters")
    """The request that asked for it; none if the desk wrote by itself."""
    code_hash = models.CharField(max_length=64)
    removal_hash = models.CharField(max_length=64, unique=True)
    """Keyed hashes: the code and the secret stand on paper alone."""
    tries = models.PositiveSmallIntegerField(default=0)
    """Wrong codes typed for it; with TRIES of them the letter is void."""
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"letter {self.pk} to {self.place_id}"
