"""What the town knows about who sells: the file behind a shop, who checked it, and complaints about that."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from stadtplatz.shops.models.shop import Shop


class Seller(models.Model):
    """The file of one seller (Art. 30 DSA): what only the desk reads, the seller's own texts, and the two people who looked at it.

    The public part of the identity stands on the shop itself. The row is deleted six months after the shop was given up.
    """

    FILLING, SUBMITTED, RETURNED, APPROVED, SUSPENDED = "filling", "submitted", "returned", "approved", "suspended"
    STATES = [
        (FILLING, _("Being filled in")),
        (SUBMITTED, _("Waits for the market desk")),
        (RETURNED, _("Sent back")),
        (APPROVED, _("Approved")),
        (SUSPENDED, _("Suspended")),
    ]
    CALL, LETTER, DOCUMENT, VISIT = "call", "letter", "document", "visit"
    WAYS = [
        (CALL, _("by a call in the business")),
        (LETTER, _("by the code of a letter")),
        (DOCUMENT, _("by a document")),
        (VISIT, _("by a visit")),
    ]
    PACKAGING = [
        ("lucid", _("I pack goods for sending; my LUCID number is below")),
        ("service", _("I only use service packaging that was licensed before I bought it")),
        ("none", _("I put no packaging into circulation")),
    ]
    PICKUP, BRINGING = "pickup", "bringing"
    HANDING_OVER = [(PICKUP, _("People collect at my place")), (BRINGING, _("I bring or have it brought"))]

    shop = models.OneToOneField(Shop, on_delete=models.CASCADE, related_name="seller")
    state = models.CharField(max_length=9, choices=STATES, default=FILLING, db_index=True)

    identity_way = models.CharField(max_length=8, choices=WAYS, blank=True)
    identity_by = models.CharField(max_length=40, blank=True)
    identity_at = models.DateTimeField(null=True, blank=True)

    account_holder = models.CharField(max_length=120, blank=True)
    iban = models.CharField(max_length=34, blank=True)
    packaging = models.CharField(max_length=8, choices=PACKAGING, blank=True)
    lucid = models.CharField(max_length=20, blank=True)
    """Number in the packaging register, such as DE1234567890123."""
    safety_name = models.CharField(max_length=120, blank=True)
    safety_contact = models.CharField(max_length=120, blank=True)
    """Mail address or phone number for authorities and customers about dangerous products (Art. 22 GPSR)."""
    handing_over = models.JSONField(default=list, blank=True)
    certified_at = models.DateTimeField(null=True, blank=True)
    """When the seller declared to offer only what keeps to the law (Art. 30 (1) (e) DSA)."""
    certified_by = models.CharField(max_length=40, blank=True)

    imprint = models.TextField(blank=True)
    terms = models.TextField(blank=True)
    withdrawal = models.TextField(blank=True)
    privacy = models.TextField(blank=True)
    """The seller's own texts; where one is empty, the town's template is shown with the seller's data."""
    texts_at = models.DateTimeField(null=True, blank=True)
    """When the seller last looked through the four texts and took them over."""

    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.CharField(max_length=40, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    """Of what was submitted; an approval of anything else is refused."""
    first_by = models.CharField(max_length=40, blank=True)
    first_at = models.DateTimeField(null=True, blank=True)
    second_by = models.CharField(max_length=40, blank=True)
    second_at = models.DateTimeField(null=True, blank=True)
    reasons = models.TextField(blank=True)
    """Why it was sent back or suspended; the seller reads it."""
    notice = models.CharField(max_length=12, blank=True)
    """Number of the notice for which it is suspended; then the complaint goes to those who look after notices."""
    decided_by = models.CharField(max_length=40, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(second_by="") | (~Q(first_by="") & ~Q(first_by=F("second_by"))),
                name="two_different_approvers",
            ),
            models.CheckConstraint(
                condition=~Q(state="approved") | ~Q(second_by=""), name="approved_means_a_second_pair_of_eyes"
            ),
        ]

    def __str__(self) -> str:
        return f"seller of {self.shop_id} ({self.state})"


class Complaint(models.Model):
    """A seller says that a suspension or a file sent back is wrong; somebody else than who decided looks at it again."""

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="complaints")
    text = models.TextField()
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    against_by = models.CharField(max_length=40)
    """Who took the decision that is complained about."""
    upheld = models.BooleanField(null=True, blank=True)
    """Whether the seller was right; None until decided."""
    answer = models.TextField(blank=True)
    answered_by = models.CharField(max_length=40, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(answered_by=F("against_by")), name="complaints_are_decided_by_somebody_else"
            )
        ]

    def __str__(self) -> str:
        return f"complaint {self.pk} of shop {self.shop_id}"
