"""Model fields every domain may use."""

from django.db import models

from stadtplatz.kit.money import Money


class MoneyField(models.IntegerField):
    """Stores integer cents, gives and takes `Money`."""

    description = "Amount in euro cents"

    # What the type checker is told: models take and give Money.
    _pyi_private_set_type: Money | None  # type: ignore[assignment]  # the stub fixes what every integer field takes
    _pyi_private_get_type: Money  # type: ignore[assignment]  # and what it gives

    def from_db_value(self, value, expression, connection):
        return None if value is None else Money(value)

    def to_python(self, value):
        if value is None or isinstance(value, Money):
            return value
        return Money(int(value))

    def get_prep_value(self, value):
        return value.cents if isinstance(value, Money) else super().get_prep_value(value)

    def value_to_string(self, obj):
        return str(self.get_prep_value(self.value_from_object(obj)))
