"""The dated steps somebody owes."""

from django.db import models
from django.db.models import Case, F, Q, Value, When

from anwang.directory.models import Desk, Unit, Worker
from anwang.foundation.uuid7 import uuid7
from anwang.matters.states import DutyState, OwedBy
from anwang.people.models import Person

from .matter import Matter


def _while_open_duty(field: str) -> models.GeneratedField:
    return models.GeneratedField(
        expression=Case(When(state=Value("open"), then=F(field))),
        output_field=models.UUIDField(null=True),
        db_persist=True,
    )


class Duty(models.Model):
    """A dated step somebody owes (應辦事項). Lateness is derived from `due_at`, never stored.

    `rule_id` with `rule_from`, `rule_hash` and `inputs` says which rule made it; a step a worker set himself has the
    rule `manual.<code>`. `is_auto` marks the default next review that policy added because nobody named a step.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    subject = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    rule_id = models.CharField(max_length=80)
    rule_from = models.DateField(null=True)
    rule_hash = models.CharField(max_length=64, blank=True)
    inputs = models.JSONField(default=dict)
    words = models.CharField(max_length=200, blank=True)
    """The arithmetic in words, as it was computed: 3月7日23:40＋24小時."""
    words_en = models.CharField(max_length=200, blank=True)
    is_assumed = models.BooleanField(default=False)
    is_auto = models.BooleanField(default=False)
    starts_at = models.DateTimeField()
    due_at = models.DateTimeField()
    pushed = models.PositiveSmallIntegerField(default=0)
    owed_by = models.CharField(max_length=8, choices=OwedBy.choices, default=OwedBy.ACTING)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    worker = models.ForeignKey(Worker, models.PROTECT, null=True, related_name="+")
    desk = models.ForeignKey(Desk, models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=24, blank=True)
    state = models.CharField(max_length=8, choices=DutyState.choices, default=DutyState.OPEN)
    settled_at = models.DateTimeField(null=True)
    """Effective time at which it was done, excused or became void."""
    settled_by = models.UUIDField(null=True)
    settled_because = models.CharField(max_length=60, blank=True)
    """The event that did it, or the code of the excuse."""
    recorded_at = models.DateTimeField()
    waiting_for = models.CharField(max_length=40, blank=True)
    waiting_ref = models.CharField(max_length=60, blank=True)
    waiting_from = models.DateTimeField(null=True)
    waiting_until = models.DateTimeField(null=True)
    late_cause = models.CharField(max_length=40, blank=True)
    late_cause_by = models.UUIDField(null=True)
    open_of = _while_open_duty("matter")

    open_worker = _while_open_duty("worker")
    open_unit = _while_open_duty("unit")

    class Privacy:
        plain = (
            "id",
            "matter",
            "open_worker",
            "open_unit",
            "rule_id",
            "rule_from",
            "rule_hash",
            "inputs",
            "words",
            "words_en",
            "is_assumed",
            "is_auto",
            "starts_at",
            "due_at",
            "pushed",
            "owed_by",
            "unit",
            "worker",
            "desk",
            "role",
            "state",
            "settled_at",
            "settled_by",
            "settled_because",
            "recorded_at",
            "waiting_for",
            "waiting_ref",
            "waiting_from",
            "waiting_until",
            "late_cause",
            "late_cause_by",
            "open_of",
        )
        linked = ("subject",)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=DutyState.values), name="duty_state_known"),
            models.CheckConstraint(
                condition=Q(state=DutyState.OPEN, settled_at__isnull=True)
                | (~Q(state=DutyState.OPEN) & Q(settled_at__isnull=False)),
                name="duty_settled_has_its_instant",
            ),
            models.CheckConstraint(
                condition=~Q(state=DutyState.EXCUSED) | ~Q(settled_because=""), name="excused_duty_says_why"
            ),
            models.CheckConstraint(
                condition=Q(waiting_for="", waiting_from__isnull=True, waiting_until__isnull=True)
                | (~Q(waiting_for="") & Q(waiting_from__isnull=False) & Q(waiting_until__isnull=False)),
                name="waiting_says_for_what_and_until_when",
            ),
            models.CheckConstraint(
                condition=Q(worker__isnull=False, desk__isnull=True, role="")
                | Q(worker__isnull=True, desk__isnull=False, role="")
                | (Q(worker__isnull=True, desk__isnull=True) & ~Q(role="")),
                name="duty_has_one_owner",
            ),
            models.UniqueConstraint(fields=["id", "open_of"], name="duty_with_its_open_matter"),
        ]
        indexes = [
            models.Index(fields=["worker", "due_at"], condition=Q(state="open"), name="open_duties_of_worker"),
            models.Index(fields=["desk", "due_at"], condition=Q(state="open"), name="open_duties_of_desk"),
            models.Index(fields=["unit", "due_at"], condition=Q(state="open"), name="open_duties_of_unit"),
            models.Index(fields=["open_of"], condition=Q(state="open"), name="open_duties_of_matter"),
            models.Index(
                fields=["unit", "role", "due_at"], condition=Q(state="open", owed_by="role"), name="open_duties_of_role"
            ),
            models.Index(
                fields=["unit", "late_cause", "due_at"], condition=Q(state="open"), name="open_duties_by_cause"
            ),
            models.Index(fields=["unit"], condition=Q(state="open", is_auto=True), name="resting_duties_of_unit"),
            models.Index(
                fields=["unit", "pushed"], condition=Q(state="open", pushed__gt=0), name="pushed_duties_of_unit"
            ),
            models.Index(fields=["matter", "rule_id"], name="duties_of_matter"),
            models.Index(fields=["rule_id", "due_at"], condition=Q(state="open"), name="open_duties_of_rule"),
        ]


class DutyPush(models.Model):
    """A due date that was moved, with its reason. Often-pushed steps are shown to the unit."""

    duty = models.ForeignKey(Duty, models.PROTECT, related_name="+")
    was_due_at = models.DateTimeField()
    now_due_at = models.DateTimeField()
    reason = models.CharField(max_length=40)
    by = models.UUIDField(null=True)
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "duty", "was_due_at", "now_due_at", "reason", "by", "recorded_at")
