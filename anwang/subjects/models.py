"""Requests of data subjects with their answers, and what is due to be erased, held or gone."""

from django.db import models
from django.db.models import F, Q

from anwang.directory.models import Unit
from anwang.foundation.uuid7 import uuid7
from anwang.matters.models import Matter
from anwang.matters.states import MatterKind

from .states import AskerRole, Asks, DueClass, Handed, RequestState, Verdict


class Request(models.Model):
    """Somebody asks for what is kept about him, or about whom he represents. Who, about whom and his words are sealed.

    `unit` took it and answers in its own name: a letter of the unit that serves the person would tell where he is.
    """

    matter = models.OneToOneField(Matter, models.PROTECT, primary_key=True, related_name="+")
    matter_kind = models.CharField(max_length=16, default=MatterKind.SUBJECT_REQUEST, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    asks = models.CharField(max_length=12, choices=Asks.choices)
    asker_role = models.CharField(max_length=12, choices=AskerRole.choices)
    proof = models.CharField(max_length=24)
    """Code of `subject_request.proof`."""
    sealed = models.BinaryField()
    """asker, reach, about, born_on, number and words, in one sealed document."""
    person_id = models.UUIDField(null=True)
    """The record it is about, once somebody who reads it said so."""
    asker_person_id = models.UUIDField(null=True)
    state = models.CharField(max_length=12, choices=RequestState.choices, default=RequestState.TAKEN)
    received_at = models.DateTimeField()
    extended_because = models.CharField(max_length=12, blank=True)
    handed = models.CharField(max_length=12, choices=Handed.choices, blank=True)
    answered_at = models.DateTimeField(null=True)
    taken_by = models.UUIDField()
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = (
            "matter", "matter_kind", "unit", "asks", "asker_role", "proof", "state", "received_at", "extended_because",
            "handed", "answered_at", "taken_by", "recorded_at",
        )  # fmt: skip
        linked = ("person_id", "asker_person_id")
        secret = ("sealed",)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(matter_kind=MatterKind.SUBJECT_REQUEST), name="request_sits_on_a_request"
            ),
            models.CheckConstraint(
                condition=Q(state=RequestState.ANSWERED, answered_at__isnull=False) & ~Q(handed="")
                | ~Q(state=RequestState.ANSWERED) & Q(answered_at__isnull=True, handed=""),
                name="answered_request_says_when_and_how",
            ),
        ]


class Answer(models.Model):
    """An answer as it was written, part by part, sealed; a second person lets it leave. The latest counts."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    request = models.ForeignKey(Request, models.PROTECT, related_name="+")
    is_guarded = models.BooleanField()
    """Nothing of our records stands in it: same parts, same words, whatever there is."""
    outcome = models.CharField(max_length=12, blank=True)
    sealed = models.BinaryField()
    by = models.UUIDField()
    recorded_at = models.DateTimeField()
    verdict = models.CharField(max_length=12, blank=True, choices=Verdict.choices)
    looked_by = models.UUIDField(null=True)
    looked_at = models.DateTimeField(null=True)

    class Privacy:
        plain = (
            "id", "request", "is_guarded", "outcome", "by", "recorded_at", "verdict", "looked_by", "looked_at",
        )  # fmt: skip
        secret = ("sealed",)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(looked_by__isnull=True) | ~Q(looked_by=F("by")), name="a_second_person_looks"
            ),
            models.CheckConstraint(
                condition=Q(verdict="", looked_by__isnull=True, looked_at__isnull=True)
                | ~Q(verdict="") & Q(looked_by__isnull=False, looked_at__isnull=False),
                name="a_look_has_an_outcome",
            ),
        ]
        indexes = [models.Index(fields=["request", "-recorded_at"], name="answers_of_request")]


class Hold(models.Model):
    """A record must stay (暫不刪除), whatever its term says, until somebody ends it."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    file_id = models.UUIDField()
    because = models.CharField(max_length=24)
    """Code of `hold.because`."""
    paper = models.CharField(max_length=40, blank=True)
    since_at = models.DateTimeField()
    by = models.UUIDField()
    until_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)

    class Privacy:
        plain = ("id", "because", "paper", "since_at", "by", "until_at", "ended_by")
        linked = ("file_id",)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["file_id"], condition=Q(until_at__isnull=True), name="one_hold_a_file"),
        ]


class Due(models.Model):
    """A closed file whose time of keeping is over: found by the nightly look, waiting for two persons."""

    file_id = models.UUIDField(primary_key=True)
    number = models.CharField(max_length=20)
    county = models.CharField(max_length=5)
    by_class = models.CharField(max_length=8, choices=DueClass.choices)
    due_on = models.DateField()
    """The last day of keeping."""
    found_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)

    class Privacy:
        plain = ("number", "county", "by_class", "due_on", "found_at", "erased_at")
        linked = ("file_id",)

    class Meta:
        indexes = [models.Index(fields=["county", "due_on"], condition=Q(erased_at__isnull=True), name="due_of_county")]


class Erasure(models.Model):
    """One file's content taken away by two persons. What stays: that it was, when, by whom, on what ground."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    file_id = models.UUIDField()
    number = models.CharField(max_length=20)
    county = models.CharField(max_length=5)
    basis = models.CharField(max_length=12)
    """Code of `erasure.basis`."""
    paper = models.CharField(max_length=40, blank=True)
    proposed_by = models.UUIDField()
    proposed_at = models.DateTimeField()
    confirmed_by = models.UUIDField(null=True)
    done_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    rows = models.PositiveIntegerField(default=0)

    class Privacy:
        plain = (
            "id", "number", "county", "basis", "paper", "proposed_by", "proposed_at", "confirmed_by", "done_at",
            "withdrawn_at", "rows",
        )  # fmt: skip
        linked = ("file_id",)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, done_at__isnull=True)
                | Q(confirmed_by__isnull=False, done_at__isnull=False) & ~Q(confirmed_by=F("proposed_by")),
                name="two_persons_erase",
            ),
            models.UniqueConstraint(
                fields=["file_id"], condition=Q(withdrawn_at__isnull=True), name="one_erasure_a_file"
            ),
        ]
