"""What was done about uploading. What is owed is not here: it is worked out from the reports and cases themselves."""

from django.db import models
from django.db.models import F, Q

from anwang.foundation.uuid7 import uuid7
from anwang.matters.models import Matter

from .states import Failure, Outcome, Way


class Mark(models.Model):
    """One attempt: it went in under a central number, or it failed for a coded reason. Only grows.

    `seen_at` is when the contents that went in were looked at: what changed later is not covered by this upload.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    way = models.CharField(max_length=10, choices=Way.choices)
    central_number = models.CharField(max_length=40, blank=True)
    failure = models.CharField(max_length=12, choices=Failure.choices, blank=True)
    at = models.DateTimeField()
    seen_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    by = models.UUIDField()

    class Privacy:
        plain = ("id", "matter", "outcome", "way", "failure", "at", "seen_at", "recorded_at", "by")
        linked = ("central_number",)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome=Outcome.UPLOADED, failure="") & ~Q(central_number="")
                | Q(outcome=Outcome.FAILED, central_number="") & ~Q(failure=""),
                name="upload_has_a_number_or_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(central_number__regex=r"^[A-Z0-9-]{0,40}$"), name="upload_number_is_a_number"
            ),
            models.CheckConstraint(
                condition=Q(at__lte=F("recorded_at")) & Q(seen_at__lte=F("at")), name="upload_follows_its_reading"
            ),
        ]
        indexes = [models.Index(fields=["matter", "at"], name="uploads_of_matter")]
