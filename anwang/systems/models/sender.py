"""For which offices a system may send lists: nobody sends in another office's name."""

from django.db import models
from django.db.models import Q

from anwang.directory.models import Jurisdiction
from anwang.foundation.uuid7 import uuid7

from .system import System


class Sender(models.Model):
    """An office in whose name a system may send lists to a county (代送機關). Ended, never changed."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    system = models.ForeignKey(System, models.PROTECT, related_name="+")
    county = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    """As the office calls itself, and as its lists are filed; never a person."""
    since_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField(null=True)
    until_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)

    class Privacy:
        plain = (
            "id", "system", "county", "name", "since_at", "recorded_at", "recorded_by", "until_at", "ended_by",
        )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(name__regex=r"^\S(.*\S)?$"), name="sender_has_a_name"),
            models.CheckConstraint(
                condition=Q(until_at__isnull=True) | Q(until_at__gte=models.F("since_at")),
                name="sender_ends_after_it_began",
            ),
            models.UniqueConstraint(
                fields=["system", "county", "name"], condition=Q(until_at__isnull=True), name="sender_once_by_system"
            ),
        ]
