"""The other party's programme: ordered or taken up, planned, attended or not, ended."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from anwang.foundation.uuid7 import uuid7
from anwang.matters.models import Matter
from anwang.treatment.states import Came


class Programme(models.Model):
    """處遇計畫 of the client of a case on his own side. Court and number are those of the order he was given."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    ground = models.CharField(max_length=24)
    """Code of `treatment.ground`."""
    court = models.CharField(max_length=60, blank=True)
    number = models.CharField(max_length=60, blank=True)
    items = ArrayField(models.CharField(max_length=24))
    """Codes of `treatment.item`."""
    hours = models.PositiveSmallIntegerField(null=True)
    """Hours ordered; empty where the order has none."""
    complete_by = models.DateField(null=True)
    received_at = models.DateTimeField()
    provider = models.CharField(max_length=80, blank=True)
    begins_on = models.DateField(null=True)
    plan = models.TextField(blank=True)
    planned_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=24, blank=True)
    """Code of `treatment.outcome`."""
    outcome_words = models.TextField(blank=True)
    reported_at = models.DateTimeField(null=True)
    reported_to = models.CharField(max_length=120, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()

    class Privacy:
        plain = ("id", "matter", "received_at", "planned_at", "ended_at", "reported_at", "recorded_at", "recorded_by")
        sensitive = (
            "ground", "court", "number", "items", "hours", "complete_by", "provider", "begins_on", "plan", "outcome",
            "outcome_words", "reported_to",
        )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["matter"], condition=Q(ended_at__isnull=True), name="one_programme_of_a_case_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(items=[]), name="programme_has_items"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, outcome="") | (Q(ended_at__isnull=False) & ~Q(outcome="")),
                name="ended_programme_has_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(reported_at__isnull=True) | Q(ended_at__isnull=False, reported_at__gte=F("ended_at")),
                name="outcome_reported_after_the_end",
            ),
        ]
        indexes = [models.Index(fields=["matter"], name="programmes_of_case")]


class Session(models.Model):
    """One appointment of a programme, and whether he came."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    item = models.CharField(max_length=24)
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    came = models.CharField(max_length=8, choices=Came.choices, default=Came.UNKNOWN)
    words = models.TextField(blank=True)
    marked_at = models.DateTimeField(null=True)
    marked_by = models.UUIDField(null=True)
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "programme", "matter", "marked_at", "marked_by", "recorded_at")
        sensitive = ("item", "starts_at", "minutes", "came", "words")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "starts_at"], name="one_session_at_a_time"),
            models.CheckConstraint(condition=Q(minutes__gt=0), name="session_has_minutes"),
            models.CheckConstraint(
                condition=Q(came=Came.UNKNOWN, marked_at__isnull=True)
                | (~Q(came=Came.UNKNOWN) & Q(marked_at__isnull=False)),
                name="attendance_has_its_instant",
            ),
        ]
        indexes = [models.Index(fields=["matter"], name="sessions_of_case")]


class Missed(models.Model):
    """He did not report, did not come, or went against the plan: told to the authority, which decides."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    session = models.OneToOneField(Session, models.PROTECT, null=True, related_name="+")
    how = models.CharField(max_length=24)
    """Code of `treatment.missed`."""
    words = models.TextField(blank=True)
    at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    told_to = models.CharField(max_length=120, blank=True)
    told_how = models.CharField(max_length=60, blank=True)
    told_by = models.UUIDField(null=True)
    then = models.CharField(max_length=24, blank=True)
    """Code of `treatment.then`."""
    then_words = models.TextField(blank=True)
    then_at = models.DateTimeField(null=True)
    then_by = models.UUIDField(null=True)
    by = models.UUIDField()
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "programme", "matter", "session", "at", "told_at", "told_by", "then_at", "then_by", "by",
                 "recorded_at")  # fmt: skip
        sensitive = ("how", "words", "told_to", "told_how", "then", "then_words")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(told_at__isnull=True, told_to="") | (Q(told_at__isnull=False) & ~Q(told_to="")),
                name="told_of_missing_says_whom",
            ),
            models.CheckConstraint(
                condition=Q(then_at__isnull=True, then="")
                | (Q(then_at__isnull=False, told_at__isnull=False) & ~Q(then="")),
                name="decided_after_told",
            ),
        ]
        indexes = [models.Index(fields=["programme"], name="missed_of_programme")]


class Threat(models.Model):
    """Threats or violence that came up in the treatment, and who was warned."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    words = models.TextField()
    happened_at = models.DateTimeField()
    at = models.DateTimeField()
    by = models.UUIDField()
    warned_at = models.DateTimeField(null=True)
    warned_whom = models.CharField(max_length=120, blank=True)
    warned_by = models.UUIDField(null=True)
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "programme", "matter", "happened_at", "at", "by", "warned_at", "warned_by", "recorded_at")
        sensitive = ("words", "warned_whom")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="threat_has_words"),
            models.CheckConstraint(
                condition=Q(warned_at__isnull=True, warned_whom="") | (Q(warned_at__isnull=False) & ~Q(warned_whom="")),
                name="warned_says_whom",
            ),
        ]
        indexes = [models.Index(fields=["programme"], name="threats_in_programme")]
