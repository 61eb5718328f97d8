"""Tokens: what another system shows at the door. The secret itself is nowhere; its salted sum lies apart."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, F, Q, When

from anwang.directory.models import Jurisdiction
from anwang.foundation.uuid7 import uuid7
from anwang.systems.states import Scope

from .system import System


class Token(models.Model):
    """A token of a system for one county: what it opens, until when. Known to people by its `prefix`.

    It is revoked, never changed: other scopes or a later end are another token. A county's system has tokens for its
    own county only; a national one has a token for each county, so that no single secret opens all of them.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    system = models.ForeignKey(System, models.PROTECT, related_name="+")
    county = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    prefix = models.CharField(max_length=8, unique=True)
    scopes = ArrayField(models.CharField(max_length=16))
    issued_at = models.DateTimeField()
    issued_by = models.UUIDField(null=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.UUIDField(null=True)
    last_used_at = models.DateTimeField(null=True)
    """The hour in which it was last admitted; finer would be a log of who reported when."""
    live_of = models.GeneratedField(
        expression=Case(When(revoked_at__isnull=True, then=F("system_id"))),
        output_field=models.UUIDField(null=True),
        db_persist=True,
    )

    class Privacy:
        plain = (
            "id", "system", "county", "prefix", "scopes", "issued_at", "issued_by", "expires_at", "revoked_at",
            "revoked_by", "last_used_at", "live_of",
        )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(prefix__regex=r"^[0-9a-z]{8}$"), name="token_prefix_is_eight_signs"),
            models.CheckConstraint(
                condition=Q(scopes__contained_by=Scope.values) & Q(scopes__len__gt=0), name="token_scopes_known"
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("issued_at")), name="token_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True) | Q(revoked_at__gte=F("issued_at")),
                name="token_revoked_after_it_was_issued",
            ),
        ]
        indexes = [models.Index(fields=["system", "expires_at"], name="tokens_of_system")]


class TokenSeal(models.Model):
    """Salt and SHA-256 of a token's secret. No log-in of the program may read it: `systems_admit()` compares.

    A fast sum is enough because the secret is 256 random bits, not a word somebody chose.
    """

    token = models.OneToOneField(Token, models.PROTECT, primary_key=True, related_name="+")
    salt = models.BinaryField()
    sha256 = models.BinaryField()

    class Privacy:
        plain = ("token",)
        secret = ("salt", "sha256")


class RequestKey(models.Model):
    """An `Idempotency-Key` beside a report that has a number of its own: the same key again is the same message."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    system = models.ForeignKey(System, models.PROTECT, related_name="+")
    key = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "system", "key", "sha256", "recorded_at")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["system", "key"], name="request_key_once_by_system")]
