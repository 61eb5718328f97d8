"""The follow-up of a sitting: its tracked decisions, and who was told of them."""

from django.db import models
from django.db.models import F, Q, Value

from anwang.cases.models.derived import Derived
from anwang.conferences.models import Decision
from anwang.directory.models import Unit
from anwang.foundation.uuid7 import uuid7
from anwang.minutes.models import DecisionText, Sitting
from anwang.tracking.states import DueHow, HowTold, Part


class Follow(models.Model):
    """The follow-up of what one sitting decided (決議追蹤): shares the key of its matter, whose acting worker keeps it.

    It is the `source` of the decisions tracked from that sitting's minutes.
    """

    id = models.UUIDField(primary_key=True)
    matter_kind = Derived(expression=Value("meeting"), output_field=models.CharField(max_length=16), db_persist=True)
    sitting = models.OneToOneField(Sitting, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    """The unit that keeps the minutes."""
    at = models.DateTimeField()
    by = models.UUIDField()
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "matter_kind", "sitting", "unit", "at", "by", "recorded_at")


class Track(models.Model):
    """What the minutes add to a tracked decision: the sentence, how the day was put, whether a change was asked for.

    `asks_change`: it is released only with a live `Change`, or with `unchanged_because` (also held by the database).
    A co-unit's `SHARE`, the `CONDITION` of a release and the next `ROUND` of something that recurs hang on `of`.
    """

    decision = models.OneToOneField(Decision, models.PROTECT, primary_key=True, related_name="+")
    follow = models.ForeignKey(Follow, models.PROTECT, related_name="+")
    text = models.ForeignKey(DecisionText, models.PROTECT, related_name="+")
    part = models.CharField(max_length=12, choices=Part.choices)
    of = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    round = models.PositiveSmallIntegerField(default=1)
    asks_change = models.BooleanField(default=False)
    unchanged_because = models.CharField(max_length=200, blank=True)
    due_how = models.CharField(max_length=8, choices=DueHow.choices, blank=True)
    due_printed = models.CharField(max_length=60, blank=True)
    every_months = models.PositiveSmallIntegerField(null=True)
    """How often it comes again (每半年: 6); None where it is done once."""
    every_printed = models.CharField(max_length=40, blank=True)
    stopped_at = models.DateTimeField(null=True)
    stopped_because = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    by = models.UUIDField()

    class Privacy:
        plain = (
            "decision", "follow", "text", "part", "of", "round", "asks_change", "unchanged_because", "due_how",
            "due_printed", "every_months", "every_printed", "stopped_at", "stopped_because", "at", "by",
        )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(part__in=Part.values), name="track_part_known"),
            models.CheckConstraint(
                condition=Q(part=Part.MAIN, of__isnull=True) | ~Q(part=Part.MAIN) & Q(of__isnull=False),
                name="only_the_main_part_stands_alone",
            ),
            models.CheckConstraint(condition=~Q(of=F("decision")), name="track_does_not_hang_on_itself"),
            models.CheckConstraint(
                condition=Q(every_months__isnull=True) | Q(every_months__gte=1), name="track_comes_again_in_months"
            ),
            models.CheckConstraint(
                condition=Q(stopped_at__isnull=True, stopped_because="")
                | Q(every_months__isnull=False, stopped_at__isnull=False) & ~Q(stopped_because=""),
                name="stopped_recurrence_says_why",
            ),
            models.UniqueConstraint(fields=["text"], condition=Q(part=Part.MAIN), name="sentence_tracked_once"),
            models.UniqueConstraint(fields=["of", "round"], condition=Q(part=Part.ROUND), name="one_next_round"),
        ]
        indexes = [
            models.Index(fields=["follow"], name="tracks_of_follow"),
            models.Index(fields=["of"], name="tracks_below"),
        ]


class Relay(models.Model):
    """布達: a unit was told what a sitting decided, and says that it has it; off the system, by proxy."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    follow = models.ForeignKey(Follow, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    told_at = models.DateTimeField()
    told_how = models.CharField(max_length=8, choices=HowTold.choices)
    told_words = models.CharField(max_length=120, blank=True)
    """The number of the letter, or who was called."""
    told_by = models.UUIDField()
    received_at = models.DateTimeField(null=True)
    received_how = models.CharField(max_length=8, choices=HowTold.choices, blank=True)
    received_words = models.CharField(max_length=120, blank=True)
    received_by = models.UUIDField(null=True)
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = (
            "id", "follow", "unit", "told_at", "told_how", "told_words", "told_by", "received_at", "received_how",
            "received_words", "received_by", "recorded_at",
        )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["follow", "unit"], name="unit_told_once"),
            models.CheckConstraint(
                condition=Q(received_at__isnull=True, received_how="", received_by__isnull=True)
                | Q(received_at__gte=F("told_at"), received_by__isnull=False) & ~Q(received_how=""),
                name="received_after_told_says_how",
            ),
            models.CheckConstraint(
                condition=Q(told_how=HowTold.SYSTEM) | ~Q(told_words=""), name="told_by_proxy_says_how"
            ),
            models.CheckConstraint(
                condition=Q(received_how__in=["", HowTold.SYSTEM]) | ~Q(received_words=""),
                name="received_by_proxy_says_how",
            ),
        ]
        indexes = [models.Index(fields=["unit"], name="relays_to_unit")]
