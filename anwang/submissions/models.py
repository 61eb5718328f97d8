"""Calls, what counties submitted, extensions, checks, reviews, letters, approved posts. About no client."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q, Value

from anwang.cases.models.derived import Derived
from anwang.directory.models import Unit
from anwang.foundation.uuid7 import uuid7
from anwang.funding.models import Line
from anwang.matters.models import Matter
from anwang.submissions.states import ExtensionState, How, Outcome, ReviewState, SubmissionState, What


class Call(models.Model):
    """提報通知: what counties are to submit for a fiscal year, until when. Published, it opens their submissions."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    title = models.CharField(max_length=80)
    year = models.PositiveSmallIntegerField()
    """The fiscal year it is for, of the common era."""
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    basis = models.CharField(max_length=120, blank=True)
    """On what it rests, e.g. 審查處理原則 or a letter."""
    words = models.TextField(blank=True)
    due_on = models.DateField()
    """The first day; extensions never change it."""
    drafted_by = models.UUIDField()
    recorded_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    published_by = models.UUIDField(null=True)
    results_at = models.DateTimeField(null=True)
    results_by = models.UUIDField(null=True)

    class Privacy:
        plain = ("id", "title", "year", "unit", "basis", "words", "due_on", "drafted_by", "recorded_at",
                 "published_at", "published_by", "results_at", "results_by")  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="call_has_a_title"),
            models.CheckConstraint(
                condition=Q(results_at__isnull=True) | Q(published_at__isnull=False, results_by__isnull=False),
                name="results_of_a_published_call",
            ),
            models.UniqueConstraint(fields=["unit", "year", "title"], name="one_call_of_a_title_in_a_year"),
        ]


class CallPart(models.Model):
    """A part or document that a submission is to hold."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    call = models.ForeignKey(Call, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80)
    is_required = models.BooleanField(default=True)

    class Privacy:
        plain = ("id", "call", "position", "name", "is_required")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="part_of_a_call_is_named"),
            models.UniqueConstraint(fields=["call", "position"], name="one_part_at_a_place"),
            models.UniqueConstraint(fields=["call", "name"], name="part_is_asked_for_once"),
        ]


class CallLine(models.Model):
    """A grant line for which a submission may ask."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    call = models.ForeignKey(Call, models.PROTECT, related_name="+")
    line = models.ForeignKey(Line, models.PROTECT, related_name="+")

    class Privacy:
        plain = ("id", "call", "line")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["call", "line"], name="line_of_a_call_once")]


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


class Extension(models.Model):
    """展延: who asked, why, who decided, the new day. Without `submission`: for every county of the call."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    call = models.ForeignKey(Call, models.PROTECT, related_name="+")
    submission = models.ForeignKey(Submission, models.PROTECT, null=True, related_name="+")
    asked_by = models.CharField(max_length=80)
    """Unit and office, as it is said: 望潮縣政府社會局（程雅文）."""
    asked_at = models.DateTimeField()
    asked_by_worker = models.UUIDField(null=True)
    reason = models.CharField(max_length=200)
    old_due_on = models.DateField()
    new_due_on = models.DateField()
    state = models.CharField(max_length=8, choices=ExtensionState.choices, default=ExtensionState.ASKED)
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=200, blank=True)
    """Why not, or the letter or meeting that granted it."""
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "call", "submission", "asked_by", "asked_at", "asked_by_worker", "reason", "old_due_on",
                 "new_due_on", "state", "decided_by", "decided_at", "answer", "recorded_at")  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(new_due_on__gt=F("old_due_on")), name="extension_goes_further"),
            models.CheckConstraint(condition=~Q(reason="") & ~Q(asked_by=""), name="extension_says_who_and_why"),
            models.CheckConstraint(
                condition=Q(state=ExtensionState.ASKED, decided_by__isnull=True, decided_at__isnull=True)
                | (
                    ~Q(state=ExtensionState.ASKED)
                    & Q(decided_by__isnull=False, decided_at__isnull=False)
                    & ~Q(answer="")
                ),
                name="decided_extension_says_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(asked_by_worker__isnull=True)
                | Q(decided_by__isnull=True)
                | ~Q(decided_by=F("asked_by_worker")),
                name="nobody_grants_his_own_extension",
            ),
            models.UniqueConstraint(
                fields=["submission"], condition=Q(state=ExtensionState.ASKED, submission__isnull=False),
                name="one_extension_asked_at_a_time",
            ),
        ]  # fmt: skip


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


class Check(models.Model):
    """形式審查: complete, or which parts are missing. Only grows; sent back once."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="+")
    is_complete = models.BooleanField()
    missing = ArrayField(models.UUIDField(), default=list)
    """Parts of the call that were missing."""
    words = models.CharField(max_length=400, blank=True)
    back_due_on = models.DateField(null=True)
    by = models.UUIDField()
    at = models.DateTimeField()

    class Privacy:
        plain = ("id", "submission", "is_complete", "missing", "words", "back_due_on", "by", "at")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_complete=True, back_due_on__isnull=True)
                | Q(is_complete=False, missing__len__gt=0, back_due_on__isnull=False),
                name="sent_back_with_a_list_and_a_day",
            ),
            models.UniqueConstraint(
                fields=["submission"], condition=Q(is_complete=False), name="sent_back_once"
            ),
        ]  # fmt: skip


class Review(models.Model):
    """審查: written by one, decided by another; returned ones stay."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    opinion = models.TextField()
    state = models.CharField(max_length=12, choices=ReviewState.choices, default=ReviewState.PROPOSED)
    written_by = models.UUIDField()
    written_at = models.DateTimeField()
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    words = models.CharField(max_length=400, blank=True)

    class Privacy:
        plain = ("id", "submission", "outcome", "opinion", "state", "written_by", "written_at", "decided_by",
                 "decided_at", "words")  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values) & ~Q(opinion=""), name="review_says_what"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("written_by")), name="review_takes_another"
            ),
            models.CheckConstraint(
                condition=Q(state=ReviewState.PROPOSED, decided_by__isnull=True)
                | (~Q(state=ReviewState.PROPOSED) & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="decided_review_says_by_whom",
            ),
            models.CheckConstraint(
                condition=~Q(state=ReviewState.RETURNED) | ~Q(words=""), name="returned_review_says_why"
            ),
            models.UniqueConstraint(
                fields=["submission"], condition=~Q(state=ReviewState.RETURNED), name="one_review_stands"
            ),
        ]


class Letter(models.Model):
    """核定函: number and day of the letter that answers a submission. Only grows; one a submission."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    submission = models.OneToOneField(Submission, models.PROTECT, related_name="+")
    number = models.CharField(max_length=60, unique=True)
    dated_on = models.DateField()
    words = models.TextField(blank=True)
    posts_from_on = models.DateField(null=True)
    by = models.UUIDField()
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "submission", "number", "dated_on", "words", "posts_from_on", "by", "recorded_at")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(number=""), name="letter_has_a_number")]


class PostChange(models.Model):
    """員額調整: so many approved posts more or fewer, from a day, by which letter. Only grows; never below none."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    county = models.CharField(max_length=5)
    kind = models.CharField(max_length=24)
    """Code of `post.kind`."""
    change = models.IntegerField()
    from_on = models.DateField()
    letter = models.CharField(max_length=60)
    dated_on = models.DateField()
    because = models.CharField(max_length=200)
    submission = models.ForeignKey(Submission, models.PROTECT, null=True, related_name="+")
    by = models.UUIDField()
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "county", "kind", "change", "from_on", "letter", "dated_on", "because", "submission", "by",
                 "recorded_at")  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(change=0), name="posts_change"),
            models.CheckConstraint(
                condition=~Q(letter="") & ~Q(because=""), name="posts_change_by_letter_for_a_reason"
            ),
        ]
        indexes = [models.Index(fields=["county", "kind", "from_on"], name="posts_of_county")]
