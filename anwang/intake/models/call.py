"""The phone log, who was called out, and who is out on a visit."""

from django.db import models
from django.db.models import F, Q

from anwang.directory.models import Desk, Unit, Worker
from anwang.foundation.uuid7 import uuid7
from anwang.intake.states import CallOutcome
from anwang.matters.models import Matter

from .report import Report


class Call(models.Model):
    """A call, before anybody knows whether it becomes a report. Its number is the temporary number (臨時案號).

    `log_id` is the log it stands in: the desk that took it, else the unit. Reading follows the log.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    number = models.CharField(max_length=20, unique=True)
    log_id = models.UUIDField()
    county = models.CharField(max_length=5)
    received_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    taken_by = models.ForeignKey(Worker, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    desk = models.ForeignKey(Desk, models.PROTECT, null=True, related_name="+")
    sealed_caller = models.BinaryField(null=True)
    """Name and number of who called, and what identifies him in what he said. Sealed; opening it is traced."""
    about = models.TextField()
    outcome = models.CharField(max_length=12, choices=CallOutcome.choices, default=CallOutcome.OPEN)
    outcome_at = models.DateTimeField(null=True)
    outcome_by = models.UUIDField(null=True)
    passed_to = models.CharField(max_length=80, blank=True)
    """Whom the caller was given instead, with the number."""
    report = models.ForeignKey(Report, models.PROTECT, null=True, related_name="+")

    class Privacy:
        plain = (
            "id",
            "number",
            "log_id",
            "county",
            "received_at",
            "recorded_at",
            "taken_by",
            "unit",
            "desk",
            "outcome",
            "outcome_at",
            "outcome_by",
            "passed_to",
            "report",
        )
        sensitive = ("about",)
        secret = ("sealed_caller",)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(outcome__in=CallOutcome.values), name="call_outcome_known"),
            models.CheckConstraint(condition=Q(recorded_at__gte=F("received_at")), name="call_recorded_after_it_came"),
            models.CheckConstraint(
                condition=Q(outcome=CallOutcome.OPEN) | (Q(outcome_at__isnull=False) & Q(outcome_by__isnull=False)),
                name="call_outcome_says_who_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=CallOutcome.REPORT) | Q(report__isnull=False), name="call_names_its_report"
            ),
            models.CheckConstraint(
                condition=~Q(outcome=CallOutcome.NOT_OURS) | ~Q(passed_to=""), name="call_not_ours_says_whose"
            ),
        ]
        indexes = [models.Index(fields=["log_id", "received_at"], name="calls_of_log")]


class CallOut(models.Model):
    """出勤紀錄: who was called out for a call or a matter, and the four instants that follow."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    worker = models.ForeignKey(Worker, models.PROTECT, related_name="+")
    desk = models.ForeignKey(Desk, models.PROTECT, null=True, related_name="+")
    call = models.ForeignKey(Call, models.PROTECT, null=True, related_name="+")
    matter = models.ForeignKey(Matter, models.PROTECT, null=True, related_name="+")
    called_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    recorded_by = models.UUIDField()
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = (
            "id",
            "worker",
            "desk",
            "call",
            "matter",
            "called_at",
            "answered_at",
            "left_at",
            "arrived_at",
            "returned_at",
            "recorded_by",
            "recorded_at",
        )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(call__isnull=False) | Q(matter__isnull=False), name="call_out_is_for_something"
            ),
            models.CheckConstraint(
                condition=(Q(answered_at__isnull=True) | Q(answered_at__gte=F("called_at")))
                & (Q(left_at__isnull=True) | Q(left_at__gte=F("called_at")))
                & (Q(arrived_at__isnull=True) | Q(left_at__isnull=True) | Q(arrived_at__gte=F("left_at")))
                & (Q(returned_at__isnull=True) | Q(arrived_at__isnull=True) | Q(returned_at__gte=F("arrived_at"))),
                name="call_out_runs_forward",
            ),
        ]
        indexes = [
            models.Index(fields=["desk", "called_at"], name="call_outs_of_desk"),
            models.Index(fields=["matter"], name="call_outs_of_matter"),
        ]


class CheckIn(models.Model):
    """A worker went out and will be back by a time; overdue rises to the desk (`check_in.overdue` in policy)."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    worker = models.ForeignKey(Worker, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    county = models.CharField(max_length=5)
    matter = models.ForeignKey(Matter, models.PROTECT, null=True, related_name="+")
    area_name = models.CharField(max_length=40, blank=True)
    """Township only: the desk sees where to search, never a client's door."""
    with_whom = models.CharField(max_length=60, blank=True)
    """Colleague or partner who goes along."""
    out_at = models.DateTimeField()
    due_back_at = models.DateTimeField()
    back_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField()
    back_recorded_by = models.UUIDField(null=True)

    class Privacy:
        plain = (
            "id",
            "worker",
            "unit",
            "county",
            "matter",
            "area_name",
            "with_whom",
            "out_at",
            "due_back_at",
            "back_at",
            "recorded_at",
            "back_recorded_by",
        )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(due_back_at__gt=F("out_at")), name="due_back_after_going_out"),
            models.CheckConstraint(
                condition=Q(back_at__isnull=True) | Q(back_at__gte=F("out_at")), name="back_after_going_out"
            ),
            models.UniqueConstraint(fields=["worker"], condition=Q(back_at__isnull=True), name="worker_is_out_once"),
        ]
        indexes = [
            models.Index(fields=["county", "due_back_at"], condition=Q(back_at__isnull=True), name="workers_out")
        ]
