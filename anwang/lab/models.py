"""Drafts of rules: what is to change and why, comments and answers, approvals, and replays of a year under them."""

from django.db import models
from django.db.models import F, Q

from anwang.directory.models import Unit, Worker
from anwang.foundation.uuid7 import uuid7

from .states import DraftState, ReplayState, Taken, What


class Draft(models.Model):
    """A change of one rule, for the nation or (with `county`) for a county, wanted from `starts_on` on.

    `values` holds the keys that change, as the files would write them. `round` counts how often it was opened:
    approvals of an earlier round are void.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    rule_id = models.CharField(max_length=80)
    county = models.CharField(max_length=5, blank=True)
    starts_on = models.DateField()
    why = models.TextField()
    letter = models.CharField(max_length=60)
    """The number of the letter or the meeting that asks for it (文號)."""
    values = models.JSONField()
    written_over = models.CharField(max_length=64)
    """Hash of the version it was written over."""
    author = models.ForeignKey(Worker, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=DraftState.choices, default=DraftState.DRAFT)
    round = models.PositiveSmallIntegerField(default=1)
    opened_at = models.DateTimeField(null=True)
    comment_until = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_because = models.CharField(max_length=300, blank=True)
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = (
            "id", "rule_id", "county", "starts_on", "why", "letter", "values", "written_over", "author", "unit",
            "state", "round", "opened_at", "comment_until", "ended_at", "ended_because", "recorded_at",
        )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=DraftState.values), name="draft_state_known"),
            models.CheckConstraint(condition=~Q(why="") & ~Q(letter=""), name="draft_says_why_and_by_which_letter"),
            models.CheckConstraint(
                condition=Q(state="draft")
                | Q(state="withdrawn")
                | Q(opened_at__isnull=False, comment_until__gt=F("opened_at")),
                name="draft_is_opened_before_it_is_decided",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["enacted", "withdrawn"], ended_at__isnull=False)
                | Q(~Q(state__in=["enacted", "withdrawn"]), ended_at__isnull=True),
                name="draft_ends_at_an_instant",
            ),
        ]
        indexes = [models.Index(fields=["rule_id"], name="drafts_of_rule")]


class Comment(models.Model):
    """What somebody of the front line says of a draft. Never changed."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    draft = models.ForeignKey(Draft, models.PROTECT, related_name="+")
    text = models.TextField()
    by = models.ForeignKey(Worker, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", null=True)
    answer_due_at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "draft", "text", "by", "unit", "answer_due_at", "recorded_at")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="comment_says_something")]
        indexes = [models.Index(fields=["draft", "recorded_at"], name="comments_of_draft")]


class Answer(models.Model):
    """What the authors made of a comment; every comment has one before the draft is decided. Never changed."""

    comment = models.OneToOneField(Comment, models.PROTECT, primary_key=True, related_name="+")
    taken = models.CharField(max_length=8, choices=Taken.choices)
    text = models.TextField()
    by = models.ForeignKey(Worker, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("comment", "taken", "text", "by", "recorded_at")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(taken__in=Taken.values) & ~Q(text=""), name="answer_says_what_and_why")
        ]


class Approval(models.Model):
    """One of the two who approve. `author_id` is the draft's, so that the database can refuse him."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    draft = models.ForeignKey(Draft, models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField()
    by = models.ForeignKey(Worker, models.PROTECT, related_name="+")
    author = models.ForeignKey(Worker, models.PROTECT, related_name="+")
    as_chief = models.BooleanField()
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "draft", "round", "by", "author", "as_chief", "recorded_at")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["draft", "round", "by"], name="approved_once_by_each"),
            models.CheckConstraint(condition=~Q(by=F("author")), name="author_approves_nothing"),
        ]


class Replay(models.Model):
    """A year of `what` counted again under a draft. `result` holds counts by county and group, never a file.

    `base_hash` and `draft_hash` name the two versions compared; `done` of `total` is the progress.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    draft = models.ForeignKey(Draft, models.PROTECT, related_name="+")
    what = models.CharField(max_length=8, choices=What.choices)
    since = models.DateField()
    before = models.DateField()
    county = models.CharField(max_length=5, blank=True)
    state = models.CharField(max_length=8, choices=ReplayState.choices, default=ReplayState.WAITING)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    milliseconds = models.PositiveIntegerField(default=0)
    base_hash = models.CharField(max_length=64)
    draft_hash = models.CharField(max_length=64)
    values = models.JSONField()
    """What the draft said when it was asked for."""
    result = models.JSONField(default=dict)
    asked_by = models.ForeignKey(Worker, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Privacy:
        plain = (
            "id", "draft", "what", "since", "before", "county", "state", "total", "done", "milliseconds", "base_hash",
            "draft_hash", "values", "result", "asked_by", "asked_at", "ended_at",
        )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(since__lt=F("before")), name="replay_has_days"),
            models.CheckConstraint(condition=Q(done__lte=F("total")), name="replay_does_no_more_than_all"),
            models.UniqueConstraint(
                fields=["draft"], condition=Q(state__in=["waiting", "running"]), name="one_replay_at_a_time"
            ),
        ]
        indexes = [
            models.Index(fields=["asked_at"], condition=Q(state__in=["waiting", "running"]), name="replays_to_do")
        ]
