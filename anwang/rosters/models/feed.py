"""A roster that is expected again and again from one sender, and the alarms that were raised."""

from django.db import models
from django.db.models import F, Q

from anwang.directory.models import Jurisdiction, Unit
from anwang.foundation.uuid7 import uuid7
from anwang.rosters.states import AlarmKind


class RosterFeed(models.Model):
    """One kind of roster from one sender to one county. The next file is expected by policy (`roster.every.<kind>`)."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    county = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16)
    """Code of `roster.kind`."""
    sender = models.CharField(max_length=60)
    """The sending office as it calls itself; never a person."""
    since_at = models.DateTimeField()
    """From when it is expected: the first file, or when somebody said so."""
    until_at = models.DateTimeField(null=True)
    ended_because = models.CharField(max_length=200, blank=True)
    recorded_by = models.UUIDField(null=True)
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = (
            "id", "county", "kind", "sender", "since_at", "until_at", "ended_because", "recorded_by", "recorded_at",
        )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["county", "kind", "sender"], name="roster_feed_once"),
            models.CheckConstraint(condition=~Q(kind="") & ~Q(sender=""), name="roster_feed_says_what_and_whose"),
            models.CheckConstraint(
                condition=Q(until_at__isnull=True, ended_because="")
                | (Q(until_at__gte=F("since_at")) & ~Q(ended_because="")),
                name="roster_feed_ends_with_a_reason",
            ),
        ]


class RosterAlarm(models.Model):
    """That something was wrong was noticed, whom it reached, when. Append-only; what stands is derived each time."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    kind = models.CharField(max_length=16, choices=AlarmKind.choices)
    about_id = models.UUIDField()
    """The feed, the file or the row."""
    county = models.CharField(max_length=5)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    due_at = models.DateTimeField()
    raised_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "kind", "about_id", "county", "unit", "due_at", "raised_at")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=AlarmKind.values), name="roster_alarm_kind_known"),
            models.UniqueConstraint(fields=["kind", "about_id", "due_at"], name="roster_alarm_raised_once"),
        ]
