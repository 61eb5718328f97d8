"""The report as received, its original, who reported (apart), and who is in it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from anwang.directory.models import Unit, Worker
from anwang.foundation.uuid7 import uuid7
from anwang.matters.states import MatterKind
from anwang.people.models import Person
from anwang.people.states import YesNoUnknown


class Report(models.Model):
    """A report (通報): its id is its matter's. What was said is kept as said; what came later is a supplement."""

    id = models.UUIDField(primary_key=True)
    matter_kind = models.CharField(max_length=16, default=MatterKind.REPORT, editable=False)
    channel = models.CharField(max_length=16)
    source = models.CharField(max_length=16, blank=True)
    unit_code = models.CharField(max_length=4, blank=True)
    """Reporting unit: one of the state's 39 codes (`report.unit`)."""
    reporting_unit = models.CharField(max_length=80, blank=True)
    kinds = ArrayField(models.CharField(max_length=24))
    """Kinds of case it may be, as reported; screening decides per person."""
    kinds_assumed = models.BooleanField(default=False)
    """Nobody said which kind: the most protective was taken, so that its clock runs."""
    mandated = models.CharField(max_length=8, choices=YesNoUnknown.choices, default=YesNoUnknown.UNKNOWN)
    received_at = models.DateTimeField()
    known_at = models.DateTimeField(null=True)
    """When the reporter came to know, where he says so. Never our clock."""
    recorded_at = models.DateTimeField()
    is_late_entry = models.BooleanField(default=False)
    is_oral = models.BooleanField(default=False)
    form_received_at = models.DateTimeField(null=True)
    narrative = models.TextField(blank=True)
    """In the caller's words; empty only where the original came in without any."""
    place = models.CharField(max_length=200, blank=True)
    area_code = models.CharField(max_length=11, blank=True)
    urgency = models.JSONField(default=dict)
    """Question → yes, no or unknown, as asked on the first screen."""
    event_id = models.UUIDField()
    """Reports of one event share it."""
    taken_by = models.ForeignKey(Worker, models.PROTECT, null=True, related_name="+")
    taken_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    was_decided = models.BooleanField(default=False)
    """Every pair stood decided, and the rulebook was told."""
    reply_class = models.CharField(max_length=24, blank=True)
    reply_at = models.DateTimeField(null=True)
    number = ""
    """Its matter's, where whoever took the report has it at hand; no column."""

    class Privacy:
        plain = (
            "id",
            "matter_kind",
            "channel",
            "source",
            "unit_code",
            "kinds",
            "kinds_assumed",
            "mandated",
            "received_at",
            "known_at",
            "recorded_at",
            "is_late_entry",
            "is_oral",
            "form_received_at",
            "event_id",
            "taken_by",
            "taken_unit",
            "was_decided",
            "reply_class",
            "reply_at",
        )
        personal = ("area_code", "reporting_unit")
        sensitive = ("narrative", "place", "urgency")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(matter_kind=MatterKind.REPORT), name="report_sits_on_a_report"),
            models.CheckConstraint(condition=Q(kinds__len__gt=0), name="report_names_a_kind"),
            models.CheckConstraint(
                condition=Q(recorded_at__gte=F("received_at")), name="report_recorded_after_it_came"
            ),
            models.CheckConstraint(condition=Q(mandated__in=YesNoUnknown.values), name="report_mandate_known_or_not"),
        ]
        indexes = [
            models.Index(fields=["event_id"], name="reports_of_event"),
            models.Index(fields=["received_at"], name="reports_by_receipt"),
        ]


class ReceivedKey(models.Model):
    """The key under which a sender knows a report: the same record twice is the same report."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    sender = models.CharField(max_length=60)
    key = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64, blank=True)
    """Of what it says, or of its bytes: the same key with another sum is a correction and is refused as a report.

    Empty where the key is the number of a report that came in another form under a longer name (FHIR).
    """
    meaning = models.CharField(max_length=64, blank=True, default="")
    """Of what was read from it, by which it is known again in the other form; empty for rows from before."""
    report = models.ForeignKey(Report, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "sender", "key", "sha256", "meaning", "report", "recorded_at")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sender", "key"], name="received_once_by_sender")]


class ReportOriginal(models.Model):
    """What came in, byte for byte: name, type, size and sum. The bytes are in `OriginalBody`."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    report = models.ForeignKey(Report, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200, blank=True)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    received_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField(null=True)

    class Privacy:
        plain = ("id", "report", "media_type", "size", "sha256", "received_at", "recorded_at", "recorded_by")
        personal = ("name",)

    class Meta:
        indexes = [models.Index(fields=["report"], name="originals_of_report")]


class OriginalBody(models.Model):
    """The bytes of an original, in the reporter zone: forms and letters name who sent them."""

    original = models.OneToOneField(ReportOriginal, models.PROTECT, primary_key=True, related_name="+")
    report = models.ForeignKey(Report, models.PROTECT, related_name="+")
    body = models.BinaryField()

    class Privacy:
        plain = ("original", "report")
        secret = ("body",)


class ReportSupplement(models.Model):
    """What was added after the first words: the written form, a second call, what the taker remembered."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    report = models.ForeignKey(Report, models.PROTECT, related_name="+")
    text = models.TextField()
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    by = models.UUIDField(null=True)

    class Privacy:
        plain = ("id", "report", "at", "recorded_at", "by")
        sensitive = ("text",)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="supplement_says_something")]
        indexes = [models.Index(fields=["report"], name="supplements_of_report")]


class Reporter(models.Model):
    """Who reported (通報人): sealed, apart, in the reporter zone. Read by one traced click, by the assigned worker."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    report = models.ForeignKey(Report, models.PROTECT, related_name="+")
    sealed = models.BinaryField()
    """Name, number, unit, relation, category, and whether he is a party, in one sealed document. The latest row
    of a report counts."""
    category = models.CharField(max_length=24, blank=True)
    may_call_back = models.CharField(max_length=8, choices=YesNoUnknown.choices, default=YesNoUnknown.UNKNOWN)
    call_when = models.CharField(max_length=80, blank=True)
    name_to_use = models.CharField(max_length=40, blank=True)
    is_party = models.BooleanField(default=False)
    is_whole = models.BooleanField(default=False)
    """Whether the seal holds category and party too: then nobody is handed them beside it (rows from before 0016)."""
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField(null=True)

    class Privacy:
        plain = ("id", "report", "is_party", "is_whole", "recorded_at", "recorded_by")
        personal = ("category", "may_call_back", "call_when", "name_to_use")
        secret = ("sealed",)

    class Meta:
        indexes = [models.Index(fields=["report", "recorded_at"], name="reporters_of_report")]


class ReportPerson(models.Model):
    """A person in a report, in a role, as reported: age in words, injuries, where now."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    report = models.ForeignKey(Report, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    role = models.CharField(max_length=16)
    relation = models.CharField(max_length=24, blank=True)
    """What he is to the person the report is about: a code of `relation`."""
    age_text = models.CharField(max_length=40, blank=True)
    injuries = models.CharField(max_length=300, blank=True)
    where_now = models.CharField(max_length=200, blank=True)
    notes = models.CharField(max_length=500, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField(null=True)

    class Privacy:
        plain = ("id", "report", "person", "recorded_at", "recorded_by")
        personal = ("role", "relation", "age_text")
        sensitive = ("injuries", "where_now", "notes")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "person"], name="person_in_a_report_once"),
            models.CheckConstraint(condition=~Q(role=""), name="person_in_report_has_a_role"),
        ]
        indexes = [models.Index(fields=["person"], name="reports_of_person")]


class ReportDraft(models.Model):
    """A report form somebody has not finished. Sealed, his alone; emptied when it became a report."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    worker = models.ForeignKey(Worker, models.PROTECT, related_name="+")
    sealed = models.BinaryField()
    started_at = models.DateTimeField()
    kept_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Privacy:
        plain = ("id", "worker", "started_at", "kept_at", "used_at")
        secret = ("sealed",)

    class Meta:
        indexes = [models.Index(fields=["worker"], condition=Q(used_at__isnull=True), name="drafts_of_worker")]
