"""Who exists: counties, units and their superiors, workers and their posts, desks and rosters."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Case, F, Func, Q, When
from django.utils.translation import get_language

from anwang.foundation.uuid7 import uuid7

from .states import AbsenceKind, Role, UnitKind


class Span(Func):
    """`tstzrange(start, end)`, half open; an open end means "until further notice"."""

    function = "TSTZRANGE"
    output_field = models.Field()


class Named:
    """Something with a Chinese name and, where it has one, an English name."""

    name: str
    name_en: str

    @property
    def called(self) -> str:
        """The name in the reader's language; statements say `u.called`, or `queries.Called`."""
        return self.name_en if (get_language() or "").startswith("en") and self.name_en else self.name


class Jurisdiction(Named, models.Model):
    """A county or city (縣市), or the centre: the area one authority answers for."""

    code = models.CharField(primary_key=True, max_length=5)
    name = models.CharField(max_length=40)
    name_en = models.CharField(max_length=80)
    on_system = models.BooleanField(default=False)
    """False: its units have no accounts; every answer of theirs is entered by proxy (代登)."""

    class Privacy:
        plain = ("code", "name", "name_en", "on_system")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(code__regex=r"^\d{5}$"), name="jurisdiction_code_has_five_digits")
        ]


class Unit(Named, models.Model):
    """A unit (單位) that can hold or act. `superior` is the real tree on which arbiters and alarms climb.

    A unit is never deleted; `closed_on` ends it, and the database refuses to end one that still holds an open
    matter (see the keys in `matters`).
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    code = models.CharField(max_length=24, unique=True)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=16, choices=UnitKind.choices)
    is_public = models.BooleanField(default=True)
    """A public authority competent by law. NGOs are not, and can act but never be accountable."""
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    superior = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    on_system = models.BooleanField(default=True)
    """False: nobody there has an account; answers come by phone or paper and are entered by proxy."""
    phone = models.CharField(max_length=40, blank=True)
    address = models.CharField(max_length=120, blank=True)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)
    live_id = models.GeneratedField(
        expression=Case(When(closed_on__isnull=True, then=F("id"))),
        output_field=models.UUIDField(null=True),
        db_persist=True,
        unique=True,
    )
    live_public_id = models.GeneratedField(
        expression=Case(When(closed_on__isnull=True, is_public=True, then=F("id"))),
        output_field=models.UUIDField(null=True),
        db_persist=True,
        unique=True,
    )

    class Privacy:
        plain = (
            "id",
            "code",
            "name",
            "name_en",
            "kind",
            "is_public",
            "jurisdiction",
            "superior",
            "on_system",
            "phone",
            "address",
            "opened_on",
            "closed_on",
            "live_id",
            "live_public_id",
        )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=UnitKind.values), name="unit_kind_known"),
            models.CheckConstraint(condition=~Q(kind=UnitKind.NGO, is_public=True), name="ngo_is_not_an_authority"),
            models.CheckConstraint(condition=~Q(superior=F("id")), name="unit_is_not_its_own_superior"),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                name="unit_closes_after_it_opens",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ServiceArea(models.Model):
    """Which township (鄉鎮市區) or village a unit serves. Routing goes below township level where it must."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    area_code = models.CharField(max_length=11)
    area_name = models.CharField(max_length=40)

    class Privacy:
        plain = ("id", "unit", "area_code", "area_name")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "area_code"], name="unit_serves_an_area_once")]
        indexes = [models.Index(fields=["area_code"], name="service_area_by_code")]


class Worker(Named, models.Model):
    """A person who works in the network (工作人員). Not an account: `access.Account` logs in for a worker."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    """The number on which a colleague reaches this worker, also at night. Public inside the network."""
    left_on = models.DateField(null=True)

    class Privacy:
        plain = ("id", "name", "name_en", "phone", "left_on")

    def __str__(self) -> str:
        return self.name


class Appointment(models.Model):
    """A worker at a post (任職): worker × unit × role × during. A worker may hold several.

    While it is live it is the key on which open matters hang: ending it before they are handed over is refused.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    worker = models.ForeignKey(Worker, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    role = models.CharField(max_length=24, choices=Role.choices)
    title = models.CharField(max_length=40, blank=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    live_worker = models.GeneratedField(
        expression=Case(When(ended_at__isnull=True, then=F("worker"))),
        output_field=models.UUIDField(null=True),
        db_persist=True,
    )
    live_unit = models.GeneratedField(
        expression=Case(When(ended_at__isnull=True, then=F("unit"))),
        output_field=models.UUIDField(null=True),
        db_persist=True,
    )

    class Privacy:
        plain = (
            "id",
            "worker",
            "unit",
            "role",
            "title",
            "started_at",
            "ended_at",
            "live_worker",
            "live_unit",
        )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="role_known"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gt=F("started_at")),
                name="appointment_ends_after_start",
            ),
            models.UniqueConstraint(fields=["live_worker", "live_unit"], name="one_live_post_per_worker_and_unit"),
        ]
        indexes = [models.Index(fields=["unit"], condition=Q(ended_at__isnull=True), name="live_posts_of_unit")]


class Absence(models.Model):
    """Leave and its cover (職務代理). Nothing is rewritten: the worklist reads "me and whom I cover today"."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    worker = models.ForeignKey(Worker, models.PROTECT, related_name="+")
    covered_by = models.ForeignKey(Worker, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=AbsenceKind.choices)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "worker", "covered_by", "kind", "starts_at", "ends_at")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="absence_ends_after_start"),
            models.CheckConstraint(condition=~Q(covered_by=F("worker")), name="nobody_covers_himself"),
            ExclusionConstraint(
                name="one_absence_at_a_time",
                expressions=[
                    ("worker", RangeOperators.EQUAL),
                    (Span("starts_at", "ends_at"), RangeOperators.OVERLAPS),
                ],
            ),
        ]


class Desk(Named, models.Model):
    """A duty desk (值班台) of a unit: a place on the roster that can act when no named worker does."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=40)
    """The line that is answered day and night."""
    covers_county = models.BooleanField(default=False)
    """The county's night desk: outside office hours it answers for every matter of the county."""

    class Privacy:
        plain = ("id", "unit", "name", "name_en", "phone", "covers_county")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["id", "unit"], name="desk_with_its_unit")]

    def __str__(self) -> str:
        return self.name


class Shift(models.Model):
    """One line of the duty roster (值班表). `rank` 1 answers first, 2 goes along, 3 is the supervisor on call."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    desk = models.ForeignKey(Desk, models.PROTECT, related_name="+")
    worker = models.ForeignKey(Worker, models.PROTECT, related_name="+")
    rank = models.PositiveSmallIntegerField(default=1)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "desk", "worker", "rank", "starts_at", "ends_at")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="shift_ends_after_start"),
            models.CheckConstraint(condition=Q(rank__in=[1, 2, 3]), name="shift_rank_known"),
            ExclusionConstraint(
                name="one_worker_per_place_on_the_roster",
                expressions=[
                    ("desk", RangeOperators.EQUAL),
                    ("rank", RangeOperators.EQUAL),
                    (Span("starts_at", "ends_at"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes = [
            models.Index(fields=["worker", "starts_at"], name="shifts_of_worker"),
            models.Index(fields=["desk", "ends_at"], name="shifts_of_desk_by_end"),
        ]


class Contract(models.Model):
    """A commission to an NGO (委託): the NGO acts, the authority stays accountable, and reading ends with it."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    number = models.CharField(max_length=40)
    authority = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    ngo = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    service = models.CharField(max_length=80)
    posts = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    """When the matters had come back and the list was signed; reading ended at `ends_at` in any case."""

    class Privacy:
        plain = ("id", "number", "authority", "ngo", "service", "posts", "starts_at", "ends_at", "closed_at")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="contract_ends_after_start"),
            models.CheckConstraint(condition=~Q(ngo=F("authority")), name="contract_has_two_sides"),
            models.UniqueConstraint(fields=["number"], name="contract_number_once"),
        ]
