"""What an account is entered by, and the ends of it. Nothing here says what somebody may do: that is his posts.

Whatever closes an account (`Account.is_active`), or ends its worker's last post, ends all of it in the same
transaction: the database sees to that itself (migration 0002).
"""

from django.db import models
from django.db.models import F, Q

from anwang.access.models import Account
from anwang.directory.models import Jurisdiction, Worker
from anwang.foundation.uuid7 import uuid7

from .states import How, Outcome


class Passkey(models.Model):
    """A passkey (WebAuthn): only its public half is here. `sign_count` may stand still at 0, never go back."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    label = models.CharField(max_length=40)
    """What its owner calls it, so that he knows which to remove."""
    credential_id = models.BinaryField(unique=True)
    attested = models.BinaryField()
    """AAGUID, credential id and COSE public key, as WebAuthn §6.5.1 writes them."""
    sign_count = models.BigIntegerField()
    is_synced = models.BooleanField()
    """Whether its maker keeps copies (backed up), as the authenticator says."""
    made_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Privacy:
        plain = (
            "id", "account", "label", "credential_id", "attested", "sign_count", "is_synced", "made_at",
            "last_used_at", "ended_at",
        )  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["account"], condition=Q(ended_at__isnull=True), name="live_passkeys")]


class Totp(models.Model):
    """An authenticator app (RFC 6238). A step that was used is not taken again."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    last_step = models.BigIntegerField(default=0)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Privacy:
        plain = ("id", "account", "last_step", "made_at", "ended_at")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account"], condition=Q(ended_at__isnull=True), name="one_live_totp")
        ]


class TotpSeal(models.Model):
    """The secret of an account's authenticator app, sealed; gone when it ends."""

    account = models.OneToOneField(Account, models.PROTECT, primary_key=True, related_name="+")
    sealed = models.BinaryField()

    class Privacy:
        plain = ("account",)
        secret = ("sealed",)


class RecoveryCode(models.Model):
    """One of the codes written on paper: the sum of eighty random bits, good once."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    digest = models.BinaryField()
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    """Used, or replaced by new ones."""

    class Privacy:
        plain = ("id", "account", "made_at", "ended_at")
        secret = ("digest",)

    class Meta:
        indexes = [models.Index(fields=["account"], condition=Q(ended_at__isnull=True), name="live_codes")]


class PastPassword(models.Model):
    """The sums of an account's passwords, the present one included: the last few are not taken again."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    password = models.CharField(max_length=128)
    set_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "account", "set_at")
        secret = ("password",)

    class Meta:
        indexes = [models.Index(fields=["account", "set_at"], name="passwords_of_account")]


class Sitting(models.Model):
    """A session of an account, known by the SHA-256 of its key, so that its owner can end it."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    key_digest = models.BinaryField(unique=True)
    how = models.CharField(max_length=12, choices=How.choices)
    browser = models.CharField(max_length=40, blank=True)
    """Kind of browser and system as two words; nothing finer is kept."""
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Privacy:
        plain = ("id", "account", "key_digest", "how", "browser", "began_at", "ended_at")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(how__in=How.values), name="sitting_began_somehow")]
        indexes = [models.Index(fields=["account", "began_at"], name="sittings_of_account")]


class AgencyLogin(models.Model):
    """An agency's own log-in (OpenID Connect) that one county's accounts may be bound to."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    county = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    code = models.SlugField(max_length=24, unique=True)
    name = models.CharField(max_length=60)
    issuer = models.CharField(max_length=200)
    client_id = models.CharField(max_length=120)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Privacy:
        plain = ("id", "county", "code", "name", "issuer", "client_id", "made_at", "ended_at")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(issuer__regex=r"^https?://\S+$"), name="agency_issuer_is_an_address")
        ]


class AgencySecret(models.Model):
    """The client secret of an agency's log-in, sealed."""

    login = models.OneToOneField(AgencyLogin, models.PROTECT, primary_key=True, related_name="+")
    sealed = models.BinaryField()

    class Privacy:
        plain = ("login",)
        secret = ("sealed",)


class AgencyBinding(models.Model):
    """This account is that subject of that agency's log-in. Made by an invitation alone, never by an e-mail address."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    login = models.ForeignKey(AgencyLogin, models.PROTECT, related_name="+")
    subject = models.CharField(max_length=255)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Privacy:
        plain = ("id", "account", "login", "made_at", "ended_at")
        linked = ("subject",)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["login", "subject"], condition=Q(ended_at__isnull=True), name="subject_is_one_account"
            ),
            models.UniqueConstraint(
                fields=["login", "account"], condition=Q(ended_at__isnull=True), name="account_is_one_subject"
            ),
        ]


class Invitation(models.Model):
    """A worker may make (or make anew) his account: by a link good once, and a code told by another way."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    worker = models.ForeignKey(Worker, models.PROTECT, related_name="+")
    county = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    username = models.CharField(max_length=60)
    agency = models.ForeignKey(AgencyLogin, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.UUIDField()
    expires_at = models.DateTimeField()
    failed = models.PositiveSmallIntegerField(default=0)
    accepted_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    """Taken back, replaced, tried too often, or accepted."""

    class Privacy:
        plain = (
            "id", "worker", "county", "username", "agency", "made_at", "made_by", "expires_at", "failed", "accepted_at",
            "ended_at",
        )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["worker"], condition=Q(ended_at__isnull=True), name="one_live_invitation_a_worker"
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="invitation_ends_after_it_begins"),
        ]


class InvitationSeal(models.Model):
    """SHA-256 of the link's secret, and the code hashed as passwords are. Only whoever shows the link finds the row."""

    invitation = models.OneToOneField(Invitation, models.PROTECT, primary_key=True, related_name="+")
    link = models.BinaryField(unique=True)
    code = models.CharField(max_length=128)

    class Privacy:
        plain = ("invitation",)
        secret = ("link", "code")


class Finding(models.Model):
    """What one reviewer found of one account in one quarter (帳號清查)."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    county = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    quarter = models.CharField(max_length=6)
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    by = models.UUIDField()
    at = models.DateTimeField()

    class Privacy:
        plain = ("id", "account", "county", "quarter", "outcome", "by", "at")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "quarter"], name="account_found_once_a_quarter"),
            models.CheckConstraint(condition=Q(quarter__regex=r"^\d{4}Q[1-4]$"), name="finding_of_a_quarter"),
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="finding_known"),
        ]
