"""What a unit publishes of itself as a receiver: for which kind, how many it can take, whom to ring."""

from django.db import models
from django.db.models import Q

from anwang.directory.models import Unit
from anwang.foundation.uuid7 import uuid7


class Reception(models.Model):
    """收案窗口: a unit receives one kind of referral. Capacity is what the unit says of itself, with its day."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=32)
    """Code of `referral.kinds`."""
    places = models.PositiveSmallIntegerField(null=True)
    """How many more it can take now; empty: not said."""
    waiting_days = models.PositiveSmallIntegerField(null=True)
    says = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=24, blank=True)
    as_of = models.DateField()
    until_on = models.DateField(null=True)
    by = models.UUIDField()
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = (
            "id", "unit", "kind", "places", "waiting_days", "says", "phone", "as_of", "until_on", "by", "recorded_at",
        )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "kind"], condition=Q(until_on__isnull=True), name="one_reception_of_a_kind"
            )
        ]
        indexes = [models.Index(fields=["kind"], condition=Q(until_on__isnull=True), name="receptions_of_kind")]
