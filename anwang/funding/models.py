"""Grant lines, tiers, shares, amounts granted by letter, execution by quarter, surplus, reminders. Nobody's data."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from anwang.directory.models import Unit
from anwang.foundation.uuid7 import uuid7
from anwang.funding.states import QUARTERS, Premises, TierStatus

CURRENT = Q(replaced_at__isnull=True)
LEVELS = Q(level__gte=1, level__lte=5)


class Years(Func):
    """`int4range(first, last)` with both years in it; no last year means until further notice."""

    function = "INT4RANGE"
    output_field = models.Field()


class Line(models.Model):
    """補助項目: what a ministry's unit pays for, from a fiscal year on."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    code = models.CharField(max_length=24, unique=True)
    name = models.CharField(max_length=80)
    plan = models.CharField(max_length=80)
    kind = models.CharField(max_length=24)
    """Code of `grant.kind`: where the money comes from, and so who bears it."""
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    halves_without_premises = models.BooleanField(default=False)
    """The operating grant of a centre: half where no premises were found (`mh_centre.grant_rate`)."""
    from_year = models.PositiveSmallIntegerField()
    to_year = models.PositiveSmallIntegerField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()

    class Privacy:
        plain = ("id", "code", "name", "plan", "kind", "unit", "halves_without_premises", "from_year", "to_year",
                 "recorded_at", "recorded_by")  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(code="") & ~Q(name="") & ~Q(plan=""), name="grant_line_is_named"),
            models.CheckConstraint(
                condition=Q(to_year__isnull=True) | Q(to_year__gte=F("from_year")), name="grant_line_years_in_order"
            ),
        ]


class Replaced(models.Model):
    """A row that a later one may replace: both stay, with who and why."""

    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()
    replaced_at = models.DateTimeField(null=True)
    replaced_by = models.UUIDField(null=True)
    replaced_because = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True


REPLACED = ("recorded_at", "recorded_by", "replaced_at", "replaced_by", "replaced_because")


def _says_why(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(replaced_at__isnull=True, replaced_by__isnull=True, replaced_because="")
        | (Q(replaced_at__isnull=False, replaced_by__isnull=False) & ~Q(replaced_because="")),
        name=name,
    )


class Share(Replaced):
    """分攤比率 of a line: per cent of the centre and the county, by tier (none: every tier), from a year, with source.

    Both empty: undecided (未定), which is an answer of its own.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    line = models.ForeignKey(Line, models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(null=True)
    from_year = models.PositiveSmallIntegerField()
    central = models.PositiveSmallIntegerField(null=True)
    local = models.PositiveSmallIntegerField(null=True)
    source = models.CharField(max_length=200)

    class Privacy:
        plain = ("id", "line", "level", "from_year", "central", "local", "source", *REPLACED)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(central__isnull=True, local__isnull=True)
                | Q(central__isnull=False, local__isnull=False, central__lte=100, local__lte=100)
                & Q(central=Value(100) - F("local")),
                name="shares_add_to_a_hundred",
            ),
            models.CheckConstraint(condition=Q(level__isnull=True) | LEVELS, name="share_is_of_a_tier"),
            models.CheckConstraint(condition=~Q(source=""), name="share_has_a_source"),
            models.UniqueConstraint(
                fields=["line", "level", "from_year"], condition=CURRENT, nulls_distinct=False,
                name="one_share_of_a_tier_from_a_year",
            ),
            _says_why("replaced_share_says_why"),
        ]  # fmt: skip


class Tier(Replaced):
    """財力級次 of a county for fiscal years, as published; read before the table of policy."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    county = models.CharField(max_length=5)
    level = models.PositiveSmallIntegerField()
    from_year = models.PositiveSmallIntegerField()
    to_year = models.PositiveSmallIntegerField(null=True)
    status = models.CharField(max_length=12, choices=TierStatus.choices)
    source = models.CharField(max_length=200)

    class Privacy:
        plain = ("id", "county", "level", "from_year", "to_year", "status", "source", *REPLACED)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=LEVELS, name="tier_is_one_to_five"),
            models.CheckConstraint(condition=~Q(source=""), name="tier_has_a_source"),
            models.CheckConstraint(condition=Q(status__in=TierStatus.values), name="tier_status_known"),
            models.CheckConstraint(
                condition=Q(to_year__isnull=True) | Q(to_year__gte=F("from_year")), name="tier_years_in_order"
            ),
            ExclusionConstraint(
                name="one_tier_at_a_time",
                expressions=[
                    ("county", RangeOperators.EQUAL),
                    (Years("from_year", "to_year", Value("[]")), RangeOperators.OVERLAPS),
                ],
                condition=CURRENT,
            ),
            _says_why("replaced_tier_says_why"),
        ]


class Grant(models.Model):
    """核定補助: a line, a county, a fiscal year, and what for. Its amounts are its awards."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    line = models.ForeignKey(Line, models.PROTECT, related_name="+")
    county = models.CharField(max_length=5)
    year = models.PositiveSmallIntegerField()
    """The fiscal year, as a year of the common era."""
    what = models.CharField(max_length=80)
    premises = models.CharField(max_length=8, choices=Premises.choices, blank=True)
    arose_from = models.UUIDField(null=True)
    """The submission whose letter granted it; that room lies above."""
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()

    class Privacy:
        plain = ("id", "line", "county", "year", "what", "premises", "arose_from", "recorded_at", "recorded_by")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="grant_says_what_for"),
            models.CheckConstraint(condition=Q(premises__in=Premises.values), name="premises_known_words"),
            models.UniqueConstraint(fields=["line", "county", "year", "what"], name="one_grant_of_a_line_in_a_year"),
        ]
        indexes = [models.Index(fields=["year", "county"], name="grants_of_year")]


class Award(models.Model):
    """A letter that set a grant's amount in whole NT dollars. Only grows; the highest `position` counts.

    `total` empty: undecided, and at `least` so much. `central` and `local` empty: the share is undecided.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    grant = models.ForeignKey(Grant, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    total = models.BigIntegerField(null=True)
    least = models.BigIntegerField()
    level = models.PositiveSmallIntegerField(null=True)
    central_percent = models.PositiveSmallIntegerField(null=True)
    central = models.BigIntegerField(null=True)
    local = models.BigIntegerField(null=True)
    why = models.CharField(max_length=300)
    """How the shares came about: tier and source, or why they are undecided."""
    letter = models.CharField(max_length=60)
    dated_on = models.DateField()
    because = models.CharField(max_length=200, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()

    class Privacy:
        plain = ("id", "grant", "position", "total", "least", "level", "central_percent", "central", "local", "why",
                 "letter", "dated_on", "because", "recorded_at", "recorded_by")  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(least__gte=0) & (Q(total__isnull=True) | Q(total=F("least"))),
                name="award_knows_at_least_so_much",
            ),
            models.CheckConstraint(
                condition=Q(central__isnull=True, local__isnull=True)
                | Q(central__isnull=False, local__isnull=False, total__isnull=False)
                & Q(central__gte=0, local__gte=0, total=F("central") + F("local")),
                name="award_is_both_parts",
            ),
            models.CheckConstraint(condition=~Q(letter=""), name="award_comes_by_letter"),
            models.CheckConstraint(condition=Q(position=1) | ~Q(because=""), name="changed_award_says_why"),
            models.UniqueConstraint(fields=["grant", "position"], name="one_award_at_a_place"),
        ]


class Execution(Replaced):
    """執行情形: what was spent of a grant in a quarter. Once a quarter; a correction replaces it with a reason."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    grant = models.ForeignKey(Grant, models.PROTECT, related_name="+")
    quarter = models.PositiveSmallIntegerField()
    spent = models.BigIntegerField()
    reason = models.CharField(max_length=200, blank=True)
    """Why so little was spent, where it was asked."""
    over_because = models.CharField(max_length=200, blank=True)
    """Why more was spent than granted; without it the database refuses."""

    class Privacy:
        plain = ("id", "grant", "quarter", "spent", "reason", "over_because", *REPLACED)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(quarter__in=QUARTERS), name="year_has_four_quarters"),
            models.CheckConstraint(condition=Q(spent__gte=0), name="spent_is_not_negative"),
            models.UniqueConstraint(fields=["grant", "quarter"], condition=CURRENT, name="quarter_is_reported_once"),
            _says_why("replaced_execution_says_why"),
        ]


class Surplus(models.Model):
    """賸餘款: what was left after the year, and the centre's part of it, which goes back."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    grant = models.OneToOneField(Grant, models.PROTECT, related_name="+")
    unspent = models.BigIntegerField()
    central_due = models.BigIntegerField(null=True)
    """Empty: the share is undecided, so nobody can say."""
    is_exempt = models.BooleanField(default=False)
    due_on = models.DateField()
    settled_at = models.DateTimeField()
    settled_by = models.UUIDField()
    returned = models.BigIntegerField(null=True)
    returned_on = models.DateField(null=True)
    returned_paper = models.CharField(max_length=60, blank=True)
    returned_by = models.UUIDField(null=True)

    class Privacy:
        plain = ("id", "grant", "unspent", "central_due", "is_exempt", "due_on", "settled_at", "settled_by",
                 "returned", "returned_on", "returned_paper", "returned_by")  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(unspent__gte=0)
                & (Q(central_due__isnull=True) | Q(central_due__gte=0, central_due__lte=F("unspent"))),
                name="surplus_is_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(returned__isnull=True, returned_on__isnull=True, returned_paper="")
                | (
                    Q(returned__isnull=False, returned__gte=0, returned_on__isnull=False, returned_by__isnull=False)
                    & ~Q(returned_paper="")
                ),
                name="returned_surplus_says_when_and_how",
            ),
        ]


class Reminder(models.Model):
    """催報: the ministry asked for the report of a quarter. Only grows."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    grant = models.ForeignKey(Grant, models.PROTECT, related_name="+")
    quarter = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=200)
    at = models.DateTimeField()
    by = models.UUIDField()

    class Privacy:
        plain = ("id", "grant", "quarter", "words", "at", "by")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(quarter__in=QUARTERS), name="reminded_of_a_quarter")]
        indexes = [models.Index(fields=["grant"], name="reminders_of_grant")]
