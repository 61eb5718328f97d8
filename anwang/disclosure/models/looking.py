"""A look across agencies: what was asked for what, what it found, whom to ring, and what was agreed."""

from django.db import models
from django.db.models import Q

from anwang.directory.models import Unit
from anwang.disclosure.states import Reach, StepState
from anwang.foundation.uuid7 import uuid7


class LookUp(models.Model):
    """跨機關查詢: one person, for one purpose, for one call or matter in hand. Only grows; its number is a receipt.

    What was typed is kept as a keyed hash. `rules_from` and `rules_hash` say which rules of use stood beside the form.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    number = models.CharField(max_length=20, unique=True)
    by = models.UUIDField()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    county = models.CharField(max_length=5)
    network = models.CharField(max_length=12)
    """The asker's, as the rules of the day gave it."""
    purpose = models.CharField(max_length=24)
    basis = models.CharField(max_length=24)
    for_number = models.CharField(max_length=20)
    for_file_id = models.UUIDField()
    """The matter, or the phone log of the call, that the look serves."""
    asked = models.BinaryField()
    by_what = models.CharField(max_length=12)
    """`number` or `name`."""
    rules_from = models.DateField()
    rules_hash = models.CharField(max_length=64)
    at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Privacy:
        plain = (
            "id", "number", "by", "unit", "county", "network", "purpose", "basis", "by_what", "rules_from",
            "rules_hash", "at", "expires_at",
        )  # fmt: skip
        linked = ("for_number", "for_file_id")
        secret = ("asked",)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=models.F("at")), name="look_expires_later"),
            models.CheckConstraint(condition=Q(by_what__in=["number", "name"]), name="look_is_by_number_or_name"),
            models.CheckConstraint(condition=Q(number__startswith="X"), name="look_has_a_letter_of_its_own"),
        ]
        indexes = [
            models.Index(fields=["by", "at"], name="looks_of_worker"),
            models.Index(fields=["county", "at"], name="looks_of_county"),
        ]


class Hit(models.Model):
    """A file that a look found. Written by the database alone; the asker never reads it, only what its steps allow.

    A file closed to the asker leaves no row: for him there is nothing.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    look = models.ForeignKey(LookUp, models.PROTECT, related_name="+")
    file_id = models.UUIDField()
    person_id = models.UUIDField()
    network = models.CharField(max_length=12)
    reach = models.CharField(max_length=8, choices=Reach.choices)

    class Privacy:
        plain = ("id", "look", "network", "reach")
        linked = ("file_id", "person_id")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(reach__in=Reach.values), name="hit_reach_known"),
            models.UniqueConstraint(fields=["look", "file_id"], name="file_found_once"),
        ]
        indexes = [models.Index(fields=["file_id"], name="hits_of_file")]


class ContactStep(models.Model):
    """The second step: whom to ring about one hit. Confirmed by the asker's supervisor, or himself while on duty."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    number = models.CharField(max_length=20, unique=True)
    hit = models.OneToOneField(Hit, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=StepState.choices, default=StepState.ASKED)
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)

    class Privacy:
        plain = (
            "id", "number", "hit", "unit", "asked_by", "asked_at", "state", "decided_by", "decided_at", "expires_at",
        )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=StepState.values), name="contact_step_state_known"),
            models.CheckConstraint(
                condition=Q(state="asked", decided_at__isnull=True, expires_at__isnull=True)
                | Q(state="given", decided_at__isnull=False, expires_at__gt=models.F("decided_at"))
                | Q(state="refused", decided_at__isnull=False, expires_at__isnull=True),
                name="contact_step_is_decided_whole",
            ),
        ]
        indexes = [models.Index(fields=["unit"], condition=Q(state="asked"), name="contact_steps_waiting")]


class Conversation(models.Model):
    """What a hit led to: who spoke with whom, when, and what was agreed, in the case zone of the file it serves."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    look = models.ForeignKey(LookUp, models.PROTECT, related_name="+")
    file_id = models.UUIDField()
    """As `LookUp.for_file_id`."""
    spoke_with = models.CharField(max_length=80)
    at = models.DateTimeField()
    agreed = models.CharField(max_length=24)
    words = models.CharField(max_length=500, blank=True)
    by = models.UUIDField()
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "look", "at", "agreed", "by", "recorded_at")
        linked = ("file_id",)
        personal = ("spoke_with",)
        sensitive = ("words",)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(at__lte=models.F("recorded_at")), name="conversation_was_before"),
            models.CheckConstraint(condition=~Q(spoke_with=""), name="conversation_is_with_somebody"),
        ]
        indexes = [
            models.Index(fields=["look"], name="conversations_of_look"),
            models.Index(fields=["file_id", "at"], name="conversations_of_file"),
        ]
