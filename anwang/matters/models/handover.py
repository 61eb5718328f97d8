"""Signed hand-overs of many matters at once (值班交接單、移交清冊), corrections of the ledgers, and reminders."""

from django.db import models
from django.db.models import F, Q

from anwang.directory.models import Contract, Desk, Unit, Worker
from anwang.foundation.uuid7 import uuid7
from anwang.matters.states import HandOverReason, Ledger

from .matter import Matter


class ShiftHandover(models.Model):
    """值班交接單: one shift gives the desk to the next. Effective at shift time, whenever the second hand signs."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    desk = models.ForeignKey(Desk, models.PROTECT, related_name="+")
    from_worker = models.ForeignKey(Worker, models.PROTECT, related_name="+")
    to_worker = models.ForeignKey(Worker, models.PROTECT, related_name="+")
    effective_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    given_at = models.DateTimeField(null=True)
    """When the giver signed, and `received_at` when the receiver did; instants of signing, as keyed."""
    received_at = models.DateTimeField(null=True)

    class Privacy:
        plain = (
            "id",
            "desk",
            "from_worker",
            "to_worker",
            "effective_at",
            "recorded_at",
            "given_at",
            "received_at",
        )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(from_worker=F("to_worker")), name="shift_changes_hands"),
            models.UniqueConstraint(fields=["desk", "effective_at"], name="one_shift_change_at_an_instant"),
        ]


class ShiftHandoverItem(models.Model):
    """A matter named on the sheet. `is_personal`: the giver held it himself, and it goes to the receiver."""

    handover = models.ForeignKey(ShiftHandover, models.PROTECT, related_name="+")
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    is_personal = models.BooleanField()

    class Privacy:
        plain = ("id", "handover", "matter", "is_personal")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["handover", "matter"], name="matter_on_a_sheet_once")]


class HandOverList(models.Model):
    """移交清冊: what somebody who leaves, moves or whose contract ends gives to others, with both signatures."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    reason = models.CharField(max_length=12, choices=HandOverReason.choices)
    from_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    from_worker = models.ForeignKey(Worker, models.PROTECT, null=True, related_name="+")
    """Empty when a whole unit gives back (end of a contract)."""
    contract = models.ForeignKey(Contract, models.PROTECT, null=True, related_name="+")
    effective_at = models.DateTimeField()
    prepared_by = models.UUIDField(null=True)
    recorded_at = models.DateTimeField()
    given_by = models.UUIDField(null=True)
    """The giver, or the supervisor in his place when he cannot sign any more."""
    given_at = models.DateTimeField(null=True)

    class Privacy:
        plain = (
            "id",
            "reason",
            "from_unit",
            "from_worker",
            "contract",
            "effective_at",
            "prepared_by",
            "recorded_at",
            "given_by",
            "given_at",
        )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(given_at__isnull=True, given_by__isnull=True)
                | Q(given_at__isnull=False, given_by__isnull=False),
                name="list_signature_is_whole",
            )
        ]
        indexes = [models.Index(fields=["from_unit", "recorded_at"], name="lists_of_unit")]


class HandOverItem(models.Model):
    """One matter of a list, as it stood when the list was written, and to whom it goes."""

    list = models.ForeignKey(HandOverList, models.PROTECT, related_name="+")
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    since = models.DateTimeField()
    """The `acting_since` that the list showed: who was faster is told, and the rest goes through."""
    to_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    to_worker = models.ForeignKey(Worker, models.PROTECT, null=True, related_name="+")
    to_desk = models.ForeignKey(Desk, models.PROTECT, null=True, related_name="+")
    received_by = models.UUIDField(null=True)
    received_at = models.DateTimeField(null=True)
    is_overtaken = models.BooleanField(default=False)
    """Somebody moved or ended the matter before the receiver signed; nothing was done here."""

    class Privacy:
        plain = (
            "id",
            "list",
            "matter",
            "since",
            "to_unit",
            "to_worker",
            "to_desk",
            "received_by",
            "received_at",
            "is_overtaken",
        )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["list", "matter"], name="matter_on_a_list_once"),
            models.CheckConstraint(
                condition=Q(to_worker__isnull=True, to_desk__isnull=False)
                | Q(to_worker__isnull=False, to_desk__isnull=True),
                name="list_gives_to_one_worker_or_desk",
            ),
        ]


class StartCorrection(models.Model):
    """更正: a start in a ledger was written with a wrong time. The original stays; the latest correction counts."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    ledger = models.CharField(max_length=12, choices=Ledger.choices)
    since = models.DateTimeField()
    """The start as it was written; with `matter` and `ledger` it names the entry."""
    corrected_since = models.DateTimeField()
    reason = models.CharField(max_length=40)
    by = models.UUIDField(null=True)
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "matter", "ledger", "since", "corrected_since", "reason", "by", "recorded_at")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ledger__in=Ledger.values), name="corrected_ledger_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="correction_says_why"),
        ]
        indexes = [models.Index(fields=["matter", "ledger", "since"], name="corrections_of_a_start")]


class Reminder(models.Model):
    """A worker's note to himself, beside his duties. Nobody else reads it; it answers for nothing."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    worker = models.ForeignKey(Worker, models.PROTECT, related_name="+")
    matter = models.ForeignKey(Matter, models.PROTECT, null=True, related_name="+")
    words = models.CharField(max_length=200)
    remind_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Privacy:
        plain = ("id", "worker", "matter", "remind_at", "recorded_at", "done_at")
        personal = ("words",)

    class Meta:
        indexes = [
            models.Index(fields=["worker", "remind_at"], condition=Q(done_at__isnull=True), name="open_reminders")
        ]
