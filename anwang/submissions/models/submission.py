"""What a county submitted: its parts, what it asks for, each sending with its receipt."""

from django.db import models
from django.db.models import F, Q, Value

from anwang.cases.models.derived import Derived
from anwang.directory.models import Unit
from anwang.foundation.uuid7 import uuid7
from anwang.funding.models import Line
from anwang.matters.models import Matter
from anwang.submissions.states import How, SubmissionState, What

from .call import Call, CallPart


class Submission(models.Model):
    """提報 of a county on a call: shares the key of the county's matter. `task` is the ministry's, once it came in."""

    id = models.UUIDField(primary_key=True)
    matter_kind = Derived(expression=Value("submission"), output_field=models.CharField(max_length=16), db_persist=True)
    call = models.ForeignKey(Call, models.PROTECT, related_name="+")
    county = models.CharField(max_length=5)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=SubmissionState.choices, default=SubmissionState.AWAITED)
    due_on = models.DateField()
    """The day that counts now: the call's, an extension's, or the one it was sent back with."""
    sent_by = models.UUIDField(null=True)
    task = models.OneToOneField(Matter, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "matter_kind", "call", "county", "unit", "state", "due_on", "sent_by", "task", "recorded_at")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=SubmissionState.values), name="submission_state_known"),
            models.CheckConstraint(
                condition=Q(state=SubmissionState.AWAITED, task__isnull=True)
                | (~Q(state=SubmissionState.AWAITED) & Q(task__isnull=False, sent_by__isnull=False)),
                name="sent_submission_is_somebodys_task",
            ),
            models.UniqueConstraint(fields=["call", "county"], name="county_submits_once_to_a_call"),
        ]
        indexes = [models.Index(fields=["county", "due_on"], name="submissions_of_county")]


class Filled(models.Model):
    """What a county wrote or attached for a part. Changes until it is sent."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="+")
    part = models.ForeignKey(CallPart, models.PROTECT, related_name="+")
    words = models.TextField(blank=True)
    attached = models.CharField(max_length=120, blank=True)
    """The name of the document that comes with the letter, and its number of pages or its 文號."""
    by = models.UUIDField()
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "submission", "part", "words", "attached", "by", "recorded_at")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(words="") | ~Q(attached=""), name="filled_part_holds_something"),
            models.UniqueConstraint(fields=["submission", "part"], name="part_is_filled_once"),
        ]


class Item(models.Model):
    """What is asked for: dollars on a line, or posts of a kind (more or fewer); and what was granted."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="+")
    what = models.CharField(max_length=8, choices=What.choices)
    line = models.ForeignKey(Line, models.PROTECT, null=True, related_name="+")
    post = models.CharField(max_length=24, blank=True)
    """Code of `post.kind`."""
    asked = models.BigIntegerField()
    granted = models.BigIntegerField(null=True)
    why = models.CharField(max_length=200, blank=True)
    """Why less, or other, was granted than asked."""

    class Privacy:
        plain = ("id", "submission", "what", "line", "post", "asked", "granted", "why")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(what=What.MONEY, line__isnull=False, post="", asked__gte=0))
                | (Q(what=What.POST, line__isnull=True) & ~Q(post="") & ~Q(asked=0)),
                name="item_asks_for_money_or_posts",
            ),
            models.CheckConstraint(
                condition=Q(granted__isnull=True) | Q(granted=F("asked")) | ~Q(why=""),
                name="item_granted_otherwise_says_why",
            ),
            models.UniqueConstraint(
                fields=["submission", "line"], condition=Q(what=What.MONEY), name="line_is_asked_for_once"
            ),
            models.UniqueConstraint(
                fields=["submission", "post"], condition=Q(what=What.POST), name="posts_are_asked_for_once"
            ),
        ]


class Receipt(models.Model):
    """收件: a number and an instant for each sending. Only grows."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="+")
    number = models.CharField(max_length=20, unique=True)
    round = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    """The day that counted then."""
    received_at = models.DateTimeField()
    how = models.CharField(max_length=8, choices=How.choices)
    paper = models.CharField(max_length=60, blank=True)
    """文號 of the letter, or who telephoned."""
    by = models.UUIDField()
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "submission", "number", "round", "due_on", "received_at", "how", "paper", "by", "recorded_at")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(how=How.SYSTEM) | ~Q(paper=""), name="proxy_receipt_names_its_source"),
            models.UniqueConstraint(fields=["submission", "round"], name="one_receipt_of_a_round"),
        ]
