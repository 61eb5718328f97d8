"""A question put about readings: whose, about which file, who looks into it, what came of it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from anwang.foundation.uuid7 import uuid7
from anwang.oversight.states import Part, QuestionKind, QuestionState


class Question(models.Model):
    """疑義: one reader, one file (or very many at once), one day. Settled by a privacy officer who is not he.

    It is not a matter of the kernel, which would show a number to the heads of the units that hold it, one of whom may
    be the reader's own; it carries its clock itself (ADR 0085).
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    kind = models.CharField(max_length=8, choices=QuestionKind.choices)
    reader_id = models.UUIDField()
    unit_id = models.UUIDField(null=True)
    county = models.CharField(max_length=5, blank=True)
    to_county = models.CharField(max_length=5)
    """Whose privacy officer looks into it (`oversight.reviewers`)."""
    day = models.DateField()
    file_id = models.UUIDField(null=True)
    """Empty when many files were read at once."""
    readings = models.IntegerField()
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    signs = ArrayField(models.CharField(max_length=24), default=list)
    score = models.IntegerField()
    state = models.CharField(max_length=8, choices=QuestionState.choices, default=QuestionState.OPEN)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)
    answer_due_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.UUIDField(null=True)
    outcome = models.CharField(max_length=24, blank=True)

    class Privacy:
        plain = (
            "id", "kind", "reader_id", "unit_id", "county", "to_county", "day", "readings", "first_at", "last_at",
            "signs", "score", "state", "opened_at", "due_at", "asked_at", "answer_due_at", "answered_at", "settled_at",
            "settled_by", "outcome",
        )  # fmt: skip
        linked = ("file_id",)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=QuestionKind.values), name="question_kind_known"),
            models.CheckConstraint(condition=Q(state__in=QuestionState.values), name="question_state_known"),
            models.CheckConstraint(
                condition=Q(state="settled", settled_at__isnull=False, settled_by__isnull=False) & ~Q(outcome="")
                | ~Q(state="settled") & Q(settled_at__isnull=True, settled_by__isnull=True, outcome=""),
                name="settled_question_says_how",
            ),
            models.CheckConstraint(
                condition=Q(settled_by__isnull=True) | ~Q(settled_by=F("reader_id")),
                name="nobody_settles_his_own_reading",
            ),
            models.UniqueConstraint(fields=["reader_id", "day", "kind", "file_id"], name="asked_once_a_day_and_file"),
            models.UniqueConstraint(
                fields=["reader_id"], condition=Q(kind="bulk") & ~Q(state="settled"), name="one_open_alarm_a_reader"
            ),
        ]
        indexes = [models.Index(fields=["to_county", "due_at"], condition=~Q(state="settled"), name="open_questions")]


class Words(models.Model):
    """What was asked, answered and decided, in words. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    question = models.ForeignKey(Question, models.PROTECT, related_name="+")
    part = models.CharField(max_length=8, choices=Part.choices)
    text = models.TextField()
    written_by = models.UUIDField()
    written_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "question", "part", "written_by", "written_at")
        sensitive = ("text",)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(part__in=Part.values) & ~Q(text=""), name="words_say_whose")]
        indexes = [models.Index(fields=["question", "written_at"], name="words_of_question")]
