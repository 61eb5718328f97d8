"""Words about a case: notes of the team, and incident notes that a colleague may write without reading."""

from django.db import models
from django.db.models import Q

from anwang.access.states import Zone
from anwang.directory.models import Unit, Worker
from anwang.foundation.uuid7 import uuid7
from anwang.matters.models import Matter


class Note(models.Model):
    """A note by anyone on the team, in the zone its author chose. Corrected only by its author, by a further note."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    zone = models.CharField(max_length=12, choices=Zone.choices, default=Zone.CASE)
    text = models.TextField()
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(Worker, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "matter", "zone", "corrects", "at", "by", "unit", "recorded_at")
        sensitive = ("text",)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(zone__in=[Zone.WORK, Zone.CASE, Zone.SPECIAL, Zone.SAFETY]), name="note_zone_known"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="note_has_words"),
        ]
        indexes = [models.Index(fields=["matter", "at"], name="notes_of_case")]


class IncidentNote(models.Model):
    """通知便箋: a colleague reports what he saw without being able to read the file, or to learn whether there is one.

    `file_id` is the matter when the case was found, else the note itself: then the author's own supervisors hold it
    and pass it on, as another note that `forwards` this one.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    file_id = models.UUIDField()
    matter = models.ForeignKey(Matter, models.PROTECT, null=True, related_name="+")
    about = models.CharField(max_length=120)
    """The number or name as typed."""
    text = models.TextField()
    forwards = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(Worker, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "file_id", "matter", "forwards", "at", "by", "unit", "recorded_at")
        sensitive = ("about", "text")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="incident_note_has_words"),
            models.CheckConstraint(
                condition=Q(matter__isnull=True) | Q(file_id=models.F("matter_id")), name="incident_note_in_its_file"
            ),
        ]
        indexes = [models.Index(fields=["file_id"], name="incident_notes_of_file")]


class IncidentRead(models.Model):
    """Who read an incident note, and when: what stops its duty. Only grows."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    note = models.ForeignKey(IncidentNote, models.PROTECT, related_name="+")
    file_id = models.UUIDField()
    by = models.ForeignKey(Worker, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Privacy:
        plain = ("id", "note", "file_id", "by", "at")
