"""A roster file as it came, with what the sender said it holds."""

from django.db import models
from django.db.models import F, Q

from anwang.foundation.uuid7 import uuid7

from .feed import RosterFeed

SUM_LENGTH = 64
_NAMED = ~Q(answered_by="") & ~Q(asked="")


class RosterFile(models.Model):
    """One file. declared = received + missing; received = accepted + rejected + mended + withdrawn.

    The second line is held by the database against the rows themselves (deferred trigger in migration 0002). The
    counts are of rows as they came (`attempt` 0); a row mended on the page is a further attempt of its line. A file
    that brings again what an earlier one lacked is `about` that one.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    number = models.CharField(max_length=20, unique=True)
    """Number of the acknowledgement (回條)."""
    feed = models.ForeignKey(RosterFeed, models.PROTECT, related_name="+")
    county = models.CharField(max_length=5)
    kind = models.CharField(max_length=16)
    sender = models.CharField(max_length=60)
    period = models.CharField(max_length=20, blank=True)
    about = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    declared = models.PositiveIntegerField()
    received = models.PositiveIntegerField()
    accepted = models.PositiveIntegerField()
    rejected = models.PositiveIntegerField()
    mended = models.PositiveIntegerField(default=0)
    withdrawn = models.PositiveIntegerField(default=0)
    missing = models.GeneratedField(
        expression=F("declared") - F("received"), output_field=models.IntegerField(), db_persist=True
    )
    """Below zero when more came than was declared."""
    gaps = models.JSONField(default=list)
    """Serial numbers that are not there, where the sender numbers his rows."""
    sha256 = models.CharField(max_length=SUM_LENGTH)
    declared_sha256 = models.CharField(max_length=SUM_LENGTH, blank=True)
    size = models.PositiveIntegerField()
    encoding = models.CharField(max_length=16)
    form = models.CharField(max_length=8)
    """csv or ods."""
    received_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField(null=True)
    unit_id = models.UUIDField(null=True)
    """The unit whose worker loaded it."""

    class Privacy:
        plain = (
            "id", "number", "feed", "county", "kind", "sender", "period", "about", "declared", "received", "accepted",
            "rejected", "mended", "withdrawn", "missing", "gaps", "sha256", "declared_sha256", "size", "encoding",
            "form", "received_at", "recorded_at", "recorded_by", "unit_id",
        )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["county", "sender", "kind", "period", "sha256"], name="roster_file_taken_once"
            ),
            models.CheckConstraint(
                condition=Q(received=F("accepted") + F("rejected") + F("mended") + F("withdrawn")),
                name="roster_received_is_accepted_and_rejected",
            ),
            models.CheckConstraint(condition=Q(recorded_at__gte=F("received_at")), name="roster_recorded_afterwards"),
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="roster_hash_is_one"),
            models.CheckConstraint(
                condition=Q(declared_sha256="") | Q(declared_sha256__regex=r"^[0-9a-f]{64}$"),
                name="roster_declared_hash_is_one",
            ),
            models.CheckConstraint(condition=Q(about__isnull=True) | ~Q(about=F("id")), name="roster_about_another"),
        ]
        indexes = [
            models.Index(fields=["county", "received_at"], name="rosters_of_county"),
            models.Index(fields=["feed", "received_at"], name="rosters_of_feed"),
        ]


class RosterBody(models.Model):
    """The file byte for byte, with the name it had, sealed. Safety zone of the file: new addresses stand in it."""

    file = models.OneToOneField(RosterFile, models.PROTECT, primary_key=True, related_name="+")
    media_type = models.CharField(max_length=100, blank=True)
    sealed_name = models.BinaryField()
    sealed_body = models.BinaryField()
    """Opens (`seals.open_body`) to the very bytes whose hash the file has."""

    class Privacy:
        plain = ("file", "media_type")
        secret = ("sealed_name", "sealed_body")


class RosterSettlement(models.Model):
    """How a wrong count or a wrong hash was cleared up, each once for a file. Append-only.

    The codes are `roster.settled`; what each of them asks for is held by the database as well.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    file = models.ForeignKey(RosterFile, models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=24, default="")
    """Code of `roster.settled`; empty only in what was written before there were any."""
    covers_count = models.BooleanField(default=True)
    covers_hash = models.BooleanField(default=True)
    resent = models.ForeignKey(RosterFile, models.PROTECT, null=True, related_name="+")
    """The file that came instead."""
    answered_by = models.CharField(max_length=60, default="")
    """Who confirmed it at the sender's, by name and office."""
    words = models.CharField(max_length=300, blank=True)
    asked = models.CharField(max_length=60, blank=True)
    """Which office, at which telephone."""
    by = models.UUIDField()
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "file", "outcome", "covers_count", "covers_hash", "resent", "by", "at", "recorded_at")
        sensitive = ("answered_by", "words", "asked")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["file"], condition=Q(covers_count=True), name="roster_count_settled_once"),
            models.UniqueConstraint(fields=["file"], condition=Q(covers_hash=True), name="roster_hash_settled_once"),
            models.CheckConstraint(
                condition=Q(covers_count=True) | Q(covers_hash=True), name="roster_settlement_of_something"
            ),
            models.CheckConstraint(
                condition=(Q(outcome="resent", resent__isnull=False) & ~Q(resent=F("file")))
                | (Q(outcome="count_confirmed", covers_hash=False, resent__isnull=True) & _NAMED)
                | (Q(outcome="hash_confirmed", covers_count=False, resent__isnull=True) & _NAMED)
                | (Q(outcome="row_found", covers_hash=False, resent__isnull=True) & ~Q(words="")),
                name="roster_settlement_says_how",
            ),
            models.CheckConstraint(condition=Q(recorded_at__gte=F("at")), name="roster_settlement_recorded_afterwards"),
        ]
