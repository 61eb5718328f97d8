"""Somebody leaves hospital, prison or court; and what his victim's worker does before he is home."""

from django.db import models
from django.db.models import Q

from anwang.foundation.uuid7 import uuid7
from anwang.matters.models import Matter
from anwang.people.models import Person


class Departure(models.Model):
    """A notice that somebody leaves (or has left) an institution, and what follows on his own case."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    from_what = models.CharField(max_length=12)
    """Code of `care.leaving`."""
    institution = models.CharField(max_length=60)
    severe = models.CharField(max_length=8)
    noticed_at = models.DateTimeField()
    expected_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    planned_at = models.DateTimeField(null=True)
    """When somebody of the authority took part in the plan."""
    plan_received_at = models.DateTimeField(null=True)
    called_off_at = models.DateTimeField(null=True)
    words = models.CharField(max_length=400, blank=True)
    by = models.UUIDField()
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "matter", "noticed_at", "plan_received_at", "planned_at", "called_off_at", "by", "recorded_at")
        linked = ("person",)
        sensitive = ("from_what", "institution", "severe", "expected_at", "left_at", "words")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expected_at__isnull=False) | Q(left_at__isnull=False), name="departure_says_when"
            ),
            models.CheckConstraint(
                condition=Q(called_off_at__isnull=True) | Q(left_at__isnull=True), name="left_is_not_called_off"
            ),
        ]
        indexes = [models.Index(fields=["matter", "noticed_at"], name="departures_of_case")]


class Homecoming(models.Model):
    """He comes home: on the case of whom he may hurt. Says when, never whence, why, or who told."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    """Her case."""
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    """The other party, as her file has him."""
    source_key = models.BinaryField()
    """Keyed mark of the notice: another day of the same takes the place of this row, which is kept called off."""
    expected_at = models.DateTimeField(null=True)
    """Empty: any time now."""
    call_by = models.DateTimeField()
    announced_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    told_how = models.CharField(max_length=12, blank=True)
    told_words = models.CharField(max_length=400, blank=True)
    told_by = models.UUIDField(null=True)
    plan_gone_through = models.BooleanField(default=False)
    """Whether the safety plan was gone through with her in that call."""
    called_off_at = models.DateTimeField(null=True)
    notice = models.ForeignKey(Matter, models.PROTECT, null=True, related_name="+")
    """The notice on her case that tells of the same coming home: whoever answers that has told her (ADR 0145)."""
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "matter", "announced_at", "call_by", "told_at", "told_by", "plan_gone_through", "called_off_at",
                 "recorded_at")  # fmt: skip
        linked = ("person", "source_key", "notice")
        sensitive = ("expected_at", "told_how", "told_words")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(told_at__isnull=True, told_how="") | (Q(told_at__isnull=False) & ~Q(told_how="")),
                name="told_of_homecoming_says_how",
            ),
            models.UniqueConstraint(
                fields=["matter", "source_key"],
                condition=Q(called_off_at__isnull=True),
                name="homecoming_of_a_notice_once",
            ),
        ]
        indexes = [models.Index(fields=["matter", "announced_at"], name="homecomings_of_case")]
