"""The matter, its two holders, and the ledgers of who held it since when."""

from django.db import models
from django.db.models import Case, F, Q, When

from anwang.directory.models import Desk, Unit, Worker
from anwang.foundation.uuid7 import uuid7
from anwang.matters.states import How, MatterKind
from anwang.people.models import Family


def _while_open(field: str) -> models.GeneratedField:
    """The value of `field` while the matter is open, empty afterwards: what the deferred keys point from."""
    return models.GeneratedField(
        expression=Case(When(ended_at__isnull=True, then=F(field))),
        output_field=models.UUIDField(null=True),
        db_persist=True,
    )


class Matter(models.Model):
    """Something somebody must answer for (事), from opening to end.

    Accountable (權責機關): one public unit. Acting (執行): one unit with one worker or one duty desk. Next step: one
    open duty. All three at every instant while open.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    number = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=16, choices=MatterKind.choices)
    sort = models.CharField(max_length=40, blank=True, default="")
    """The room's own kind (a case's 案類), where rules tell them apart; empty where the kind says it all."""
    county = models.CharField(max_length=5)
    """The jurisdiction of the accountable authority."""
    family = models.ForeignKey(Family, models.PROTECT, null=True, related_name="+")
    arose_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_how = models.CharField(max_length=40, blank=True)
    accountable = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    accountable_since = models.DateTimeField()
    accountable_how = models.CharField(max_length=16, choices=How.choices, default=How.OPENED)
    accountable_by = models.UUIDField(null=True)
    acting_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    acting_worker = models.ForeignKey(Worker, models.PROTECT, null=True, related_name="+")
    acting_desk = models.ForeignKey(Desk, models.PROTECT, null=True, related_name="+")
    acting_since = models.DateTimeField()
    acting_how = models.CharField(max_length=16, choices=How.choices, default=How.OPENED)
    acting_by = models.UUIDField(null=True)
    next_duty_id = models.UUIDField(null=True)
    pressing_at = models.DateTimeField(null=True)
    """Of a report: the earliest hour of a step that a person owes, else when it was opened. PostgreSQL keeps it
    (`intake` 0015); who opens a report says it beforehand, so that its row is not written twice. Empty: no report."""
    open_id = models.GeneratedField(
        expression=Case(When(ended_at__isnull=True, then=F("id"))),
        output_field=models.UUIDField(null=True),
        db_persist=True,
        unique=True,
    )
    open_accountable = _while_open("accountable")
    open_acting_unit = _while_open("acting_unit")
    open_acting_worker = _while_open("acting_worker")

    class Privacy:
        plain = (
            "number",
            "kind",
            "sort",
            "county",
            "opened_at",
            "recorded_at",
            "ended_at",
            "ended_how",
            "accountable",
            "accountable_since",
            "accountable_how",
            "accountable_by",
            "acting_unit",
            "acting_worker",
            "acting_desk",
            "acting_since",
            "acting_how",
            "acting_by",
            "next_duty_id",
            "pressing_at",
            "open_id",
            "open_accountable",
            "open_acting_unit",
            "open_acting_worker",
            "id",
            "arose_from",
        )
        linked = ("family",)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=MatterKind.values), name="matter_kind_known"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("opened_at")),
                name="matter_ends_after_it_opens",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True)
                | (Q(accountable_since__lte=F("ended_at")) & Q(acting_since__lte=F("ended_at"))),
                name="matter_ends_after_its_last_hand_over",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, next_duty_id__isnull=False)
                | Q(ended_at__isnull=False, next_duty_id__isnull=True),
                name="open_matter_has_a_next_step",
            ),
            models.CheckConstraint(
                condition=Q(acting_worker__isnull=True, acting_desk__isnull=False)
                | Q(acting_worker__isnull=False, acting_desk__isnull=True),
                name="one_worker_or_one_desk_acts",
            ),
            models.CheckConstraint(
                condition=Q(kind=MatterKind.COORDINATION, family__isnull=False)
                | Q(kind=MatterKind.COORDINATION, sort="person")
                | ~Q(kind=MatterKind.COORDINATION),
                name="coordination_is_of_a_family",
            ),
            models.UniqueConstraint(fields=["id", "kind"], name="matter_with_its_kind"),
            models.UniqueConstraint(
                fields=["family"],
                condition=Q(kind=MatterKind.COORDINATION, ended_at__isnull=True, sort=""),
                name="one_lead_per_family",
            ),
        ]
        indexes = [
            models.Index(fields=["family"], condition=Q(ended_at__isnull=True), name="open_matters_of_family"),
            models.Index(fields=["acting_worker"], condition=Q(ended_at__isnull=True), name="open_matters_of_worker"),
            models.Index(fields=["acting_unit"], condition=Q(ended_at__isnull=True), name="open_matters_of_unit"),
            models.Index(fields=["accountable", "opened_at"], name="matters_of_authority"),
            # With what the lists take from it: the table itself is not read for reports of which nothing is shown.
            models.Index(
                fields=["county"],
                include=["id", "number"],
                condition=Q(kind="report", ended_at__isnull=True),
                name="open_reports_in_county",
            ),
            models.Index(
                fields=["county", "opened_at"], include=["id"], condition=Q(kind="report"), name="reports_of_county"
            ),
            models.Index(fields=["county", "sort"], condition=Q(kind="case"), name="cases_of_county"),
            models.Index(
                fields=["acting_unit"],
                condition=Q(ended_at__isnull=True) & ~Q(kind="report"),
                name="open_casework_of_unit",
            ),
            models.Index(
                fields=["acting_unit"],
                condition=Q(ended_at__isnull=True) & ~Q(accountable=F("acting_unit")),
                name="open_commissions_of_unit",
            ),
            models.Index(
                fields=["acting_unit"], condition=Q(kind="report", ended_at__isnull=True), name="open_reports_of_unit"
            ),
            models.Index(
                fields=["county", "ended_at"], condition=Q(kind="report", ended_at__isnull=False), name="ended_reports"
            ),
            models.Index(fields=["arose_from"], name="matters_arisen_from"),
        ]


class AccountableStart(models.Model):
    """Ledger: from `since` on this authority answered. Each entry ends where the next begins. Database-written."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    since = models.DateTimeField()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    how = models.CharField(max_length=16)
    by = models.UUIDField(null=True)
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "matter", "since", "unit", "how", "by", "recorded_at")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["matter", "since"], name="one_authority_starts_at_an_instant")]


class ActingStart(models.Model):
    """Ledger: from `since` on this unit with this worker or desk acted. Database-written."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    since = models.DateTimeField()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    worker = models.ForeignKey(Worker, models.PROTECT, null=True, related_name="+")
    desk = models.ForeignKey(Desk, models.PROTECT, null=True, related_name="+")
    how = models.CharField(max_length=16)
    by = models.UUIDField(null=True)
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "matter", "since", "unit", "worker", "desk", "how", "by", "recorded_at")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["matter", "since"], name="one_acting_starts_at_an_instant")]
