"""Accounts, and the one table that says who may read which file: Grant.

Verdicts in Python and row-level security in PostgreSQL both read only `Grant` (with `Involvement` for persons), so
"why may she see this?" is always answered by a row.
"""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from anwang.directory.models import Worker
from anwang.foundation.uuid7 import uuid7

from .states import Circle, Purpose, RestrictionReason, Zone


class AccountManager(BaseUserManager["Account"]):
    """Creates accounts; nothing else writes passwords."""

    def create_user(self, username: str, password: str | None = None, **fields: object) -> "Account":
        account = self.model(username=username, **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """A way to log in, held by exactly one worker. Rights come from the worker's posts, never from the account."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    username = models.CharField(max_length=60, unique=True)
    worker = models.OneToOneField(Worker, models.PROTECT, related_name="+")
    language = models.CharField(max_length=7, default="zh-hant", choices=[("zh-hant", "正體中文"), ("en", "English")])
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    """Shown as a log-in card in the demonstration; refused everywhere else."""
    failed_count = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)

    objects = AccountManager()
    USERNAME_FIELD = "username"

    class Privacy:
        plain = (
            "id",
            "username",
            "worker",
            "language",
            "is_active",
            "is_demo",
            "failed_count",
            "locked_until",
            "last_login",
        )
        secret = ("password",)


class Grant(models.Model):
    """Holder may read zones of a file, for a purpose, during a time, because of something named.

    `file_id` is a matter. `holder` is a key: `w:<worker>`, `u:<unit>/<role>`, `u:<unit>` or `d:<desk>`
    (who is on shift there). Grants are ended, never changed or deleted.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    file_id = models.UUIDField()
    holder = models.CharField(max_length=80)
    zones = ArrayField(models.CharField(max_length=12))
    purpose = models.CharField(max_length=40, choices=Purpose.choices)
    because = models.CharField(max_length=60)
    """A code: `acting`, `accountable`, `assigned`, `joining`, `duty`, `call`, `supervision`…"""
    because_id = models.UUIDField(null=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    granted_by = models.UUIDField(null=True)
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = (
            "id",
            "holder",
            "zones",
            "purpose",
            "because",
            "because_id",
            "starts_at",
            "ends_at",
            "granted_by",
            "recorded_at",
        )
        linked = ("file_id",)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(holder__regex=r"^[wud]:[0-9a-f-]{36}(/[a-z_]+)?$"), name="grant_holder_is_a_key"
            ),
            models.CheckConstraint(
                condition=Q(zones__contained_by=Zone.values) & Q(zones__len__gt=0), name="grant_zones_known"
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at")),
                name="grant_ends_after_start",
            ),
        ]
        indexes = [
            models.Index(fields=["file_id", "holder"], name="grants_of_file"),
            models.Index(fields=["holder", "file_id"], name="grants_of_holder"),
        ]


class Involvement(models.Model):
    """A person stands in a file (matter), on a side. A person is readable through the files he stands in."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    file_id = models.UUIDField()
    person_id = models.UUIDField()
    circle = models.CharField(max_length=8, choices=Circle.choices, default=Circle.NEUTRAL)
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "circle", "recorded_at")
        linked = ("file_id", "person_id")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person_id", "file_id"], name="person_stands_in_a_file_once"),
            models.CheckConstraint(condition=Q(circle__in=Circle.values), name="circle_known"),
        ]
        indexes = [models.Index(fields=["file_id"], name="persons_in_file")]


class Throttle(models.Model):
    """One count of knocks from outside: whom, by a key that tells nobody; see `access.throttle`, its only writer."""

    key = models.BinaryField(primary_key=True)
    what = models.CharField(max_length=40)
    count = models.IntegerField()
    ends_at = models.DateTimeField(db_index=True)

    class Privacy:
        plain = ("key", "what", "count", "ends_at")


class Bar(models.Model):
    """A worker may not read a person: himself, or a relative he declared (迴避). Stronger than every grant.

    Written by `oversight` when somebody declares and whenever a record turns out to be of a declared person. Read by
    `access_barred()` (persons) and `access_barred_files()` (files in which they stand), both of the worker who looks.
    Ended, never changed or deleted.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    worker_id = models.UUIDField()
    person_id = models.UUIDField()
    because = models.CharField(max_length=8)
    """`own` or `kin`."""
    because_id = models.UUIDField()
    """The declaration."""
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)

    class Privacy:
        plain = ("id", "worker_id", "because", "because_id", "starts_at", "ends_at")
        linked = ("person_id",)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(because__in=["own", "kin"]), name="bar_says_why"),
            models.UniqueConstraint(
                fields=["worker_id", "person_id", "because_id"],
                condition=Q(ends_at__isnull=True),
                name="barred_once",
            ),
        ]


class Restriction(models.Model):
    """限閱案件: from `starts_at` only the named readers see the file, whoever else was granted it.

    A supervisor asks and it holds at once, for a few days; agreed by a chief, it holds until what was asked. It ends by
    itself. `kept_by` are the holder keys that administer it: they see that it exists, not what the file says.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    file_id = models.UUIDField()
    reason = models.CharField(max_length=16, choices=RestrictionReason.choices)
    kept_by = ArrayField(models.CharField(max_length=80))
    asked_by = models.UUIDField()
    agreed_by = models.UUIDField(null=True)
    starts_at = models.DateTimeField()
    wished_until_at = models.DateTimeField()
    until_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)
    ended_because = models.CharField(max_length=16, blank=True)
    """`reviewed` (no longer needed) or `not_agreed`; "" when it ended by itself."""
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "reason", "kept_by", "asked_by", "agreed_by", "starts_at", "wished_until_at", "until_at",
                 "ended_at", "ended_by", "ended_because", "recorded_at")  # fmt: skip
        linked = ("file_id",)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(reason__in=RestrictionReason.values), name="restriction_reason_known"),
            models.CheckConstraint(
                condition=Q(agreed_by__isnull=True) | ~Q(agreed_by=F("asked_by")), name="restriction_takes_two"
            ),
            models.CheckConstraint(
                condition=Q(until_at__gt=F("starts_at")) & Q(until_at__lte=F("wished_until_at")),
                name="restriction_has_an_end",
            ),
        ]
        indexes = [models.Index(fields=["until_at"], name="restrictions_by_end")]


class RestrictionReader(models.Model):
    """A worker named to read a restricted file, as far as his grants go; naming gives no grant."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    restriction = models.ForeignKey(Restriction, models.PROTECT, related_name="+")
    worker_id = models.UUIDField()
    named_by = models.UUIDField()
    since_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)

    class Privacy:
        plain = ("id", "restriction", "worker_id", "named_by", "since_at", "until_at")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["restriction", "worker_id"], condition=Q(until_at__isnull=True), name="reader_named_once"
            ),
        ]
