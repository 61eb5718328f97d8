"""What is asked, what is advised, what is decided: per person and kind of case, each decision by itself."""

from django.db import models
from django.db.models import F, Q

from anwang.foundation.uuid7 import uuid7
from anwang.intake.states import Repeat, What
from anwang.matters.models import Matter, Review
from anwang.people.models import Person

from .report import Report


class ScreeningPair(models.Model):
    """A person of a report looked at as one kind of case. The report ends when each pair stands decided."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    report = models.ForeignKey(Report, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=24)
    recorded_at = models.DateTimeField()
    by = models.UUIDField(null=True)

    class Privacy:
        plain = ("id", "report", "person", "kind", "recorded_at", "by")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "person", "kind"], name="pair_once_in_a_report")]


class ScreeningAnswer(models.Model):
    """Answers to the questions of one rule about one person: one flat document, the latest counts. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    report = models.ForeignKey(Report, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=24)
    rule_id = models.CharField(max_length=80)
    answers = models.JSONField()
    by = models.UUIDField(null=True)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "report", "person", "kind", "rule_id", "by", "at", "recorded_at")
        sensitive = ("answers",)

    class Meta:
        indexes = [models.Index(fields=["report", "recorded_at"], name="answers_of_report")]


class Decision(models.Model):
    """One decision about one person and kind: what was advised, what was decided, by whom, why. Append-only.

    A later decision `supersedes` the one before. `advice` keeps the flat inputs, floor, ceiling and row as they were
    shown; `rule_id`, `rule_from` and `rule_hash` name the version, so the advice can be replayed.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    report = models.ForeignKey(Report, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=24)
    what = models.CharField(max_length=16, choices=What.choices)
    outcome = models.CharField(max_length=40)
    advised = models.CharField(max_length=40, blank=True)
    """Empty: a person had to decide (人工研判), or no rule advises."""
    rule_id = models.CharField(max_length=80, blank=True)
    rule_from = models.DateField(null=True)
    rule_hash = models.CharField(max_length=64, blank=True)
    advice = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    reason_code = models.CharField(max_length=40, blank=True)
    about_id = models.UUIDField(null=True)
    """The case opened or joined, for a dispatch; the offer, for a transfer."""
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    by_phone = models.BooleanField(default=False)
    written_by = models.UUIDField(null=True)
    """Who wrote it down, where it was decided on the telephone."""
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, related_name="+")

    class Privacy:
        plain = (
            "id",
            "report",
            "person",
            "kind",
            "what",
            "outcome",
            "advised",
            "rule_id",
            "rule_from",
            "rule_hash",
            "reason_code",
            "about_id",
            "decided_by",
            "decided_at",
            "recorded_at",
            "by_phone",
            "written_by",
            "supersedes",
        )
        sensitive = ("advice", "reason")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(what__in=What.values), name="decision_what_known"),
            models.CheckConstraint(condition=~Q(outcome=""), name="decision_has_an_outcome"),
            models.CheckConstraint(
                condition=Q(advised="") | Q(outcome=F("advised")) | ~Q(reason=""), name="differing_decision_says_why"
            ),
            models.CheckConstraint(condition=Q(recorded_at__gte=F("decided_at")), name="decision_recorded_afterwards"),
            models.CheckConstraint(
                condition=~Q(what=What.NOT_OPEN) | ~Q(reason_code=""), name="not_opening_has_a_ground"
            ),
            models.UniqueConstraint(
                fields=["report", "person", "kind", "what"],
                condition=Q(supersedes__isnull=True),
                name="one_first_decision",
            ),
        ]
        indexes = [
            models.Index(fields=["report", "recorded_at"], name="decisions_of_report"),
            models.Index(fields=["person"], name="decisions_of_person"),
            models.Index(
                fields=["report", "what"], condition=Q(what__in=["dispatch", "not_open"]), name="outcomes_of_report"
            ),
        ]


class ReportLink(models.Model):
    """A report related to an earlier matter, in one of four classes. Append-only; the latest of a pair counts."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    report = models.ForeignKey(Report, models.PROTECT, related_name="+")
    earlier = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    repeat = models.CharField(max_length=20, choices=Repeat.choices, default=Repeat.NEW_EVENT)
    review = models.ForeignKey(Review, models.PROTECT, null=True, related_name="+")
    """The second person's confirmation, where one is needed."""
    reason = models.TextField(blank=True)
    advised = models.CharField(max_length=20, blank=True, default="")
    """What the rule said to `answers`; empty: not settled, a person had to decide."""
    answers = models.JSONField(default=dict)
    decided_by = models.UUIDField(null=True)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "report", "earlier", "repeat", "review", "advised", "decided_by", "at", "recorded_at")
        sensitive = ("reason", "answers")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(repeat__in=Repeat.values), name="repeat_class_known"),
            models.CheckConstraint(condition=~Q(report=F("earlier")), name="report_relates_to_another"),
        ]
        indexes = [
            models.Index(fields=["report"], name="links_of_report"),
            models.Index(fields=["earlier"], name="links_to_earlier"),
        ]
