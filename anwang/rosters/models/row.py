"""A row of a roster: how it was read, and the report its child came to."""

from django.db import models
from django.db.models import F, Q

from anwang.foundation.uuid7 import uuid7
from anwang.intake.models import Report
from anwang.people.models import Person
from anwang.rosters.states import Match, RowState, Taken

from .file import RosterFile


class RosterRow(models.Model):
    """A child on a list. `attempt` 0 is the line as it came; mended on the page it is the next attempt of its line.

    Nothing here names anybody: the values are `RosterCells`, the child is the record in `person`.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    file = models.ForeignKey(RosterFile, models.PROTECT, related_name="+")
    line = models.PositiveIntegerField()
    """The how-manieth record of the file, from 1; the head does not count."""
    attempt = models.PositiveSmallIntegerField(default=0)
    serial = models.PositiveIntegerField(null=True)
    """The sender's own number of the row."""
    state = models.CharField(max_length=12, choices=RowState.choices)
    reasons = models.JSONField(default=list)
    """[code, column] of what was wrong; never a value."""
    notes = models.JSONField(default=list)
    """[code, column] of what looked odd and was taken all the same."""
    pre_check = models.CharField(max_length=24, blank=True)
    """Code of `roster.pre_check`."""
    mended_by = models.OneToOneField("self", models.PROTECT, null=True, related_name="+")
    withdrawn_because = models.CharField(max_length=24, blank=True)
    county = models.CharField(max_length=5)
    """Where the child really lives, as far as the row says; else the county that was sent the list."""
    goes_to = models.CharField(max_length=5)
    """The county whose centre takes the report: the child's, or where that has no accounts the receiving one."""
    report = models.ForeignKey(Report, models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    taken = models.CharField(max_length=8, choices=Taken.choices, blank=True)
    match = models.CharField(max_length=8, choices=Match.choices, blank=True)
    taken_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField(null=True)

    class Privacy:
        plain = (
            "id", "file", "line", "attempt", "serial", "state", "reasons", "notes", "pre_check", "mended_by",
            "withdrawn_because", "taken", "match", "taken_at", "recorded_at", "recorded_by",
        )  # fmt: skip
        linked = ("report", "person", "county", "goes_to")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["file", "line", "attempt"], name="roster_row_once"),
            models.CheckConstraint(condition=Q(state__in=RowState.values), name="roster_row_state_known"),
            models.CheckConstraint(condition=Q(line__gte=1), name="roster_row_has_a_line"),
            models.CheckConstraint(condition=~Q(state="rejected") | ~Q(reasons=[]), name="rejected_row_says_why"),
            models.CheckConstraint(
                condition=Q(state="mended", mended_by__isnull=False) | (~Q(state="mended") & Q(mended_by__isnull=True)),
                name="mended_row_names_the_other",
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | ~Q(withdrawn_because=""), name="withdrawn_row_says_why"
            ),
            models.CheckConstraint(condition=Q(attempt=0) | ~Q(state="rejected"), name="further_attempt_is_accepted"),
            models.CheckConstraint(
                condition=Q(report__isnull=True, person__isnull=True, taken="", match="", taken_at__isnull=True)
                | (
                    Q(report__isnull=False, person__isnull=False, taken_at__isnull=False)
                    & Q(taken__in=Taken.values, match__in=Match.values)
                    & Q(state__in=["accepted", "withdrawn"])
                ),
                name="taken_row_has_all_of_it",
            ),
            models.CheckConstraint(
                condition=Q(taken_at__isnull=True) | Q(taken_at__gte=F("recorded_at")), name="roster_row_taken_later"
            ),
        ]
        indexes = [
            models.Index(fields=["person"], name="roster_rows_of_person"),
            models.Index(fields=["report"], name="roster_rows_of_report"),
            models.Index(fields=["id"], condition=Q(state="accepted", report__isnull=True), name="roster_rows_to_take"),
            models.Index(fields=["file"], condition=Q(state="rejected"), name="roster_rows_rejected"),
        ]


class RosterCells(models.Model):
    """What a row says, as it came. Case zone of the file; where somebody shielded is meant, sealed and only for his
    safety zone."""

    row = models.OneToOneField(RosterRow, models.PROTECT, primary_key=True, related_name="+")
    file_id = models.UUIDField()
    cells = models.JSONField()
    """Code of `roster.column`, or `=` and the head as written → the text as it came. Empty where it is `sealed`."""
    sealed = models.BinaryField(null=True)
    kept_for = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    """The shielded person this row may give away: its child, parent or house."""
    ask_whom = models.CharField(max_length=80, blank=True)
    number_lookup = models.BinaryField(null=True)
    name_lookup = models.BinaryField(null=True)
    """Keyed hashes of the child's number and name: the same child when a row is brought again. NULL where none."""

    class Privacy:
        plain = ("row", "file_id")
        linked = ("kept_for",)
        personal = ("cells",)
        secret = ("sealed", "ask_whom", "number_lookup", "name_lookup")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kept_for__isnull=True, sealed__isnull=True)
                | Q(kept_for__isnull=False, sealed__isnull=False, cells={}),
                name="kept_row_is_sealed",
            ),
        ]
