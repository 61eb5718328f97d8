"""Questions of a county, the answer of each unit asked, and what was promised in an answer."""

from django.db import models
from django.db.models import F, Q

from anwang.directory.models import Jurisdiction, Unit
from anwang.foundation.uuid7 import uuid7
from anwang.steering.states import QuestionState

from .task import Task


class Question(models.Model):
    """提問: a draft is its county's own; sent, it goes to every unit asked; published, whoever steers reads it."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    county = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    topic = models.CharField(max_length=16)
    """Code of `steering.topic`."""
    title = models.CharField(max_length=80)
    text = models.TextField()
    source = models.CharField(max_length=120, blank=True)
    """Where it was put: a meeting, a visit, a letter."""
    repeats = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    """An earlier question that asked the same."""
    state = models.CharField(max_length=8, choices=QuestionState.choices, default=QuestionState.DRAFT)
    sent_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    by = models.UUIDField()
    at = models.DateTimeField()

    class Privacy:
        plain = (
            "id", "county", "unit", "topic", "title", "text", "source", "repeats", "state", "sent_at", "closed_at",
            "published_at", "by", "at",
        )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=QuestionState.values), name="steering_question_state_known"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(text=""), name="steering_question_has_words"),
            models.CheckConstraint(
                condition=Q(state=QuestionState.DRAFT, sent_at__isnull=True)
                | ~Q(state=QuestionState.DRAFT) & Q(sent_at__isnull=False),
                name="sent_question_says_when",
            ),
            models.CheckConstraint(
                condition=Q(state=QuestionState.CLOSED, closed_at__isnull=False)
                | ~Q(state=QuestionState.CLOSED) & Q(closed_at__isnull=True),
                name="closed_question_says_when",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | Q(state__in=[QuestionState.ANSWERED, QuestionState.CLOSED]),
                name="only_answered_questions_are_published",
            ),
            models.CheckConstraint(condition=~Q(repeats=F("id")), name="question_does_not_repeat_itself"),
        ]
        indexes = [models.Index(fields=["county", "-at"], name="questions_of_county")]


class Part(models.Model):
    """One unit's share of the answers: asked once with the question (round 1), again when the county asks back."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    question = models.ForeignKey(Question, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField(default=1)
    asked = models.TextField(blank=True)
    """The words of asking back; empty in round 1, where the question itself is asked."""
    task = models.OneToOneField(Task, models.PROTECT, related_name="+")
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.UUIDField(null=True)

    class Privacy:
        plain = ("id", "question", "unit", "round", "asked", "task", "answer", "answered_at", "answered_by")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(round=1, asked="") | Q(round__gt=1) & ~Q(asked=""), name="asking_back_has_words"
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True, answered_by__isnull=True)
                | ~Q(answer="") & Q(answered_at__isnull=False, answered_by__isnull=False),
                name="answer_says_who_and_when",
            ),
            models.UniqueConstraint(fields=["question", "unit", "round"], name="unit_asked_once_a_round"),
        ]


class Promise(models.Model):
    """What an answer promised: a task of the unit that promised it."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    part = models.ForeignKey(Part, models.PROTECT, related_name="+")
    text = models.CharField(max_length=200)
    task = models.OneToOneField(Task, models.PROTECT, related_name="+")

    class Privacy:
        plain = ("id", "part", "text", "task")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="promise_has_words")]
