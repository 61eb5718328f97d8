"""The words of minutes: every printed line, and what it was read as. All of it belongs to one sitting."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from anwang.directory.models import Unit
from anwang.foundation.uuid7 import uuid7
from anwang.minutes.states import ItemKind, Speaks, TrackingWord

from .sitting import Sitting


class Node(models.Model):
    """One printed line and what it was taken for; the lines together are the paper, with nothing lost."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="+")
    line = models.PositiveIntegerField()
    place = models.PositiveIntegerField()
    """The place among all nodes: a heading and the point behind it may share a line."""
    kind = models.CharField(max_length=16)
    text = models.TextField()

    class Privacy:
        plain = ("id", "sitting", "line", "place", "kind", "text")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sitting", "place"], name="one_node_at_a_place")]


class Section(models.Model):
    """A part of the minutes, as 參、報告事項; `text` is what stands in it outside its items."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    line = models.PositiveIntegerField()
    label = models.CharField(max_length=12, blank=True)
    title = models.CharField(max_length=400)
    text = models.TextField(blank=True)

    class Privacy:
        plain = ("id", "sitting", "position", "line", "label", "title", "text")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sitting", "position"], name="one_section_at_a_place")]


class Item(models.Model):
    """One point of the agenda, or one speaker of an open forum. `lead` introduces its decisions.

    `section` is the heading it stands under. `unit_words` is the reporting or proposing unit as printed, `unit` the
    unit of the directory it is, where that is known.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    line = models.PositiveIntegerField()
    section = models.CharField(max_length=400)
    label = models.CharField(max_length=20, blank=True)
    title = models.TextField()
    kind = models.CharField(max_length=12, choices=ItemKind.choices)
    unit_words = models.CharField(max_length=200, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    explanation = models.TextField(blank=True)
    speaker = models.CharField(max_length=200, blank=True)
    lead = models.TextField(blank=True)

    class Privacy:
        plain = (
            "id", "sitting", "position", "line", "section", "label", "title", "kind", "unit_words", "unit",
            "explanation", "speaker", "lead",
        )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sitting", "position"], name="one_item_of_minutes_at_a_place"),
            models.CheckConstraint(condition=Q(kind__in=ItemKind.values), name="item_kind_known"),
        ]


class Response(models.Model):
    """What somebody said on a point: a unit or the chair. What is decided of it is a `DecisionText`."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="+")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    line = models.PositiveIntegerField()
    unit_words = models.CharField(max_length=200, blank=True)
    role = models.CharField(max_length=8, choices=Speaks.choices)
    text = models.TextField(blank=True)

    class Privacy:
        plain = ("id", "sitting", "item", "position", "line", "unit_words", "role", "text")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "position"], name="one_response_at_a_place"),
            models.CheckConstraint(condition=Q(role__in=Speaks.values), name="response_role_known"),
        ]


class DecisionText(models.Model):
    """One numbered decision as printed. What follows from it (who answers, until when) is a matter of a room above.

    `number` as printed without its comma, empty where it has none; `parent` the decision it stands under. `due` is an
    ISO date or month, or the phrase as printed (會後1週內); `recurrence` as printed (每半年). `tracking` is empty where
    the cases it names fare differently or none is tracked.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="+")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    line = models.PositiveIntegerField()
    number = models.CharField(max_length=20, blank=True)
    level = models.PositiveSmallIntegerField()
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    text = models.TextField()
    tracking = models.CharField(max_length=24, choices=TrackingWord.choices, blank=True)
    due = models.CharField(max_length=60, blank=True)
    recurrence = models.CharField(max_length=40, blank=True)
    units = ArrayField(models.CharField(max_length=120), default=list)
    """The units it asks, as printed, in their order."""

    class Privacy:
        plain = (
            "id", "sitting", "item", "position", "line", "number", "level", "parent", "text", "tracking", "due",
            "recurrence", "units",
        )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "position"], name="one_decision_text_at_a_place"),
            models.CheckConstraint(condition=~Q(text=""), name="decision_text_has_words"),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="decision_text_is_not_its_own_parent"),
            models.CheckConstraint(
                condition=Q(tracking="") | Q(tracking__in=TrackingWord.values), name="decision_text_tracking_known"
            ),
        ]
        indexes = [models.Index(fields=["sitting"], name="decision_texts_of_sitting")]


class DecisionUnit(models.Model):
    """A unit that a decision asks and that the directory knows: what a printed name was matched to."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="+")
    decision = models.ForeignKey(DecisionText, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")

    class Privacy:
        plain = ("id", "sitting", "decision", "unit")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["decision", "unit"], name="asked_unit_once")]


class DecisionCase(models.Model):
    """How a tracked case (列管案) goes on, as a decision says."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="+")
    decision = models.ForeignKey(DecisionText, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    case = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=24, choices=TrackingWord.choices)

    class Privacy:
        plain = ("id", "sitting", "decision", "position", "case", "state")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decision", "position"], name="one_tracked_case_at_a_place"),
            models.CheckConstraint(condition=Q(state__in=TrackingWord.values), name="tracked_case_state_known"),
        ]
