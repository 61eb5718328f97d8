"""What the day hands to the night and one shift to the next."""

from django.db import models
from django.db.models import Q

from anwang.directory.models import Desk, Unit, Worker
from anwang.foundation.uuid7 import uuid7
from anwang.intake.states import NoteKind, WatchOutcome
from anwang.matters.models import Matter


class TonightWatch(models.Model):
    """今晚關注名單: a matter that a day unit asks the night desk to keep an eye on, and what came of it."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    desk = models.ForeignKey(Desk, models.PROTECT, related_name="+")
    night_on = models.DateField()
    why = models.CharField(max_length=200)
    do_if = models.CharField(max_length=300)
    """What to do when something happens: whom to ring, what not to say."""
    handed_by = models.ForeignKey(Worker, models.PROTECT, related_name="+")
    handed_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    outcome = models.CharField(max_length=12, choices=WatchOutcome.choices, blank=True)
    outcome_words = models.CharField(max_length=300, blank=True)
    outcome_at = models.DateTimeField(null=True)
    outcome_by = models.UUIDField(null=True)

    class Privacy:
        plain = (
            "id",
            "matter",
            "desk",
            "night_on",
            "handed_by",
            "handed_unit",
            "recorded_at",
            "outcome",
            "outcome_at",
            "outcome_by",
        )
        sensitive = ("why", "do_if", "outcome_words")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter", "night_on"], name="watched_once_a_night"),
            models.CheckConstraint(condition=~Q(why="") & ~Q(do_if=""), name="watch_says_why_and_what_to_do"),
            models.CheckConstraint(
                condition=Q(outcome="", outcome_at__isnull=True) | (~Q(outcome="") & Q(outcome_at__isnull=False)),
                name="watch_outcome_has_its_instant",
            ),
        ]
        indexes = [models.Index(fields=["desk", "night_on"], name="watched_at_desk")]


class ShiftNote(models.Model):
    """A line of a desk's hand-over sheet. `log_id` is the desk: reading follows its log."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    log_id = models.UUIDField()
    desk = models.ForeignKey(Desk, models.PROTECT, related_name="+")
    ends_at = models.DateTimeField()
    """End of the shift that writes it: the sheet it belongs to."""
    kind = models.CharField(max_length=12, choices=NoteKind.choices)
    matter = models.ForeignKey(Matter, models.PROTECT, null=True, related_name="+")
    text = models.CharField(max_length=500)
    by = models.UUIDField()
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "log_id", "desk", "ends_at", "kind", "matter", "by", "recorded_at")
        sensitive = ("text",)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="shift_note_says_something"),
            models.CheckConstraint(condition=Q(log_id=models.F("desk")), name="shift_note_stands_in_its_desks_log"),
        ]
        indexes = [models.Index(fields=["desk", "ends_at"], name="shift_notes_of_sheet")]
