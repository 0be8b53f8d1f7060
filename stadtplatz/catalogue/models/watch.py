"""Who wants to be told when something sold out is there again."""

from django.db import models

from stadtplatz.kit import codes


class Watch(models.Model):
    """One address waits for one offer. Counts only once the address was confirmed, tells once, and ends by itself.

    A job deletes it with the contact: two days after it was asked for without being confirmed, two weeks after it told, and at
    `expires_at`.
    """

    offer = models.ForeignKey("catalogue.Offer", on_delete=models.CASCADE, related_name="watches")
    guest = models.ForeignKey("accounts.Guest", null=True, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey("accounts.Person", null=True, on_delete=models.CASCADE, related_name="+")
    """Instead of a guest contact, who was signed in and asked for the account's own address."""
    secret = models.CharField(max_length=32, unique=True, default=codes.new_secret, editable=False)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(db_index=True)
    told_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["told_at", "confirmed_at"])]

    def __str__(self) -> str:
        return f"watch {self.pk} of {self.offer_id}"
