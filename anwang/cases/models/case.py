"""The case and its subjects: the unit on which statutory duties hang."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q, Value

from anwang.access.states import Circle
from anwang.cases.states import Decision, Living, Phase, Repeat, SubjectRole
from anwang.foundation.uuid7 import uuid7
from anwang.matters.models import Matter
from anwang.people.models import Family, Person

from .derived import Derived


class Case(models.Model):
    """A case (案件): kind × legal basis × jurisdiction. Shares the key of its matter, which holds who answers.

    The report it arose from is `Matter.arose_from`; later ones are `JoinedReport`. `circle` is the side on which the
    file stands: a file of one side never gives sight of the other's.
    """

    id = models.UUIDField(primary_key=True)
    matter_kind = Derived(expression=Value("case"), output_field=models.CharField(max_length=16), db_persist=True)
    kind = models.CharField(max_length=32)
    """Code of `case.kind`."""
    legal_basis = models.CharField(max_length=80, blank=True)
    phase = models.CharField(max_length=16, choices=Phase.choices)
    circle = models.CharField(max_length=8, choices=Circle.choices, default=Circle.NEUTRAL)
    received_at = models.DateTimeField()
    """知悉／接獲: what the clocks count from, not when somebody keyed it."""
    known_at = models.DateTimeField(null=True)
    has_child = models.CharField(max_length=8, default="unknown")
    household_elsewhere = models.CharField(max_length=8, default="unknown")
    decision = models.CharField(max_length=12, choices=Decision.choices, blank=True)
    grounds = ArrayField(models.CharField(max_length=32), default=list)
    """Codes of `case.open_grounds` or `case.not_open_reasons`."""
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)
    opened_on = models.DateField(null=True)
    """成案日."""
    closed_on = models.DateField(null=True)
    closed_because = models.CharField(max_length=32, blank=True)
    after_care_until = models.DateField(null=True)
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = (
            "id", "matter_kind", "phase", "circle", "received_at", "known_at", "has_child", "household_elsewhere",
            "decision", "decided_at", "decided_by", "opened_on", "closed_on", "after_care_until", "recorded_at",
        )  # fmt: skip
        personal = ("kind", "legal_basis", "grounds", "closed_because")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(phase__in=Phase.values), name="case_phase_known"),
            models.CheckConstraint(condition=Q(circle__in=Circle.values), name="case_circle_known"),
            models.CheckConstraint(
                condition=Q(decision="", decided_at__isnull=True)
                | (~Q(decision="") & Q(decided_at__isnull=False) & Q(grounds__len__gt=0)),
                name="case_decision_has_grounds_and_instant",
            ),
            models.CheckConstraint(
                condition=~Q(phase__in=["opened", "closing_review", "after_care", "closed"])
                | Q(opened_on__isnull=False, decision=Decision.OPENED),
                name="case_in_service_was_opened",
            ),
            models.CheckConstraint(
                condition=~Q(phase__in=["after_care", "closed"]) | (Q(closed_on__isnull=False) & ~Q(closed_because="")),
                name="closed_case_says_when_and_why",
            ),
        ]
        indexes = [models.Index(fields=["kind", "phase"], name="cases_by_kind")]


class CaseSubject(models.Model):
    """A person (or, for a vulnerable family, the family itself) whom a case is about, from … to …

    `last_seen_at` is the last time somebody saw the person in person, `missed_at` the last time somebody came and
    did not. Ending a subject for a reason that claims the person is well needs the former after the latter.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    family = models.ForeignKey(Family, models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=12, choices=SubjectRole.choices)
    since_on = models.DateField()
    until_on = models.DateField(null=True)
    grade = models.CharField(max_length=8, blank=True)
    class_code = models.CharField(max_length=8, blank=True)
    safety = models.CharField(max_length=16, blank=True)
    living = models.CharField(max_length=12, choices=Living.choices, default=Living.UNKNOWN)
    last_seen_at = models.DateTimeField(null=True)
    missed_at = models.DateTimeField(null=True)
    must_see_after = models.DateTimeField()
    """A sight before this instant does not count for ending: the last report that told something new."""
    ended_because = models.CharField(max_length=32, blank=True)
    outcome = models.CharField(max_length=32, blank=True)
    ended_needs_sight = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = (
            "id", "matter", "person", "family", "role", "since_on", "until_on", "last_seen_at", "missed_at",
            "must_see_after", "ended_needs_sight", "recorded_at",
        )  # fmt: skip
        sensitive = ("grade", "class_code", "safety", "living", "ended_because", "outcome")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, family__isnull=True)
                | Q(person__isnull=True, family__isnull=False, role=SubjectRole.FAMILY),
                name="subject_is_a_person_or_the_family",
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True, ended_because="")
                | (Q(until_on__isnull=False, until_on__gte=F("since_on")) & ~Q(ended_because="")),
                name="ended_subject_says_why",
            ),
            models.CheckConstraint(
                condition=Q(ended_needs_sight=False)
                | (
                    Q(last_seen_at__isnull=False, last_seen_at__gte=F("must_see_after"))
                    & (Q(missed_at__isnull=True) | Q(last_seen_at__gt=F("missed_at")))
                ),
                name="unseen_subject_is_not_closed_over",
            ),
            models.UniqueConstraint(
                fields=["matter", "person"], condition=Q(until_on__isnull=True), name="subject_of_a_case_once"
            ),
            models.UniqueConstraint(
                fields=["matter", "family"], condition=Q(until_on__isnull=True), name="family_subject_once"
            ),
        ]
        indexes = [
            models.Index(fields=["matter"], name="subjects_of_case"),
            models.Index(fields=["person"], name="cases_of_person"),
        ]


class GradeChange(models.Model):
    """Every grade and class a subject was given, by whom and why. Only grows."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    subject = models.ForeignKey(CaseSubject, models.PROTECT, related_name="+")
    grade = models.CharField(max_length=8, blank=True)
    class_code = models.CharField(max_length=8, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "matter", "subject", "at", "by", "recorded_at")
        sensitive = ("grade", "class_code", "reason")

    class Meta:
        indexes = [models.Index(fields=["matter", "recorded_at"], name="grades_of_case")]


class JoinedReport(models.Model):
    """A further report that told of a case already open. Nothing is discarded; only grows.

    Once as the same event and once as news: what was taken for a repetition may turn out to be none. A list tells of
    the report once with each of its rows (`told_by`).
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    report = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    as_what = models.CharField(max_length=12, choices=Repeat.choices)
    told_by = models.UUIDField(null=True)
    """The row of a list."""
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "matter", "report", "as_what", "told_by", "at", "by", "recorded_at")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "report"], condition=Q(as_what=Repeat.SAME_EVENT), name="report_repeats_a_case_once"
            ),
            models.UniqueConstraint(
                fields=["matter", "report"],
                condition=~Q(as_what__in=[Repeat.SAME_EVENT, Repeat.LISTED]),
                name="report_is_news_to_a_case_once",
            ),
            models.UniqueConstraint(
                fields=["matter", "told_by"], condition=Q(as_what=Repeat.LISTED), name="row_is_news_to_a_case_once"
            ),
            models.CheckConstraint(
                condition=Q(as_what=Repeat.LISTED, told_by__isnull=False)
                | (~Q(as_what=Repeat.LISTED) & Q(told_by__isnull=True)),
                name="listed_again_names_the_row",
            ),
            models.CheckConstraint(condition=~Q(report=F("matter")), name="case_does_not_join_itself"),
        ]


class Closing(models.Model):
    """Why a subject's service (or the case, without subject) may end, in full. Only grows; the review is its own."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    subject = models.ForeignKey(CaseSubject, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=32)
    summary = models.TextField()
    capacity = models.CharField(max_length=8, blank=True)
    public_danger = models.CharField(max_length=8, blank=True)
    safety_plan = models.BooleanField(default=False)
    rights_told = models.BooleanField(default=False)
    way_back_told = models.BooleanField(default=False)
    case_discussed = models.BooleanField(default=False)
    receiver_accepted = models.BooleanField(default=False)
    after_care = models.BooleanField(default=False)
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = (
            "id", "matter", "subject", "safety_plan", "rights_told", "way_back_told", "case_discussed",
            "receiver_accepted", "after_care", "at", "by", "recorded_at",
        )  # fmt: skip
        sensitive = ("reason", "summary", "capacity", "public_danger")

    class Meta:
        indexes = [models.Index(fields=["matter", "recorded_at"], name="closings_of_case")]
