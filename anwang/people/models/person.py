"""Persons, their identifiers, and the reversible decision that two records are one person."""

from django.db import models
from django.db.models import F, Q

from anwang.foundation.uuid7 import uuid7
from anwang.people.states import IdentifierKind, NameKind, Sex, YesNoUnknown


class Person(models.Model):
    """One record of a human being, as received. Never merged by number; never overwritten by another source.

    `identity` is the root record of the person this record is taken to be (itself at first). Linking and unlinking
    are `IdentityDecision`s; foreign keys are never re-pointed, so undoing is another decision.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    identity = models.ForeignKey("self", models.PROTECT, related_name="+")
    name = models.CharField(max_length=120, blank=True)
    """As received, any script and length; empty when nobody knows it."""
    name_kind = models.CharField(max_length=8, choices=NameKind.choices, default=NameKind.FULL)
    name_key = models.CharField(max_length=120, blank=True)
    """Folded for search only (`foundation.names.search_key`); empty for a code name."""
    sex = models.CharField(max_length=8, choices=Sex.choices, default=Sex.UNKNOWN)
    born_earliest = models.DateField(null=True)
    born_latest = models.DateField(null=True)
    """Both ends of what is known of the birth date; equal when it is exact; empty when nothing is known."""
    birth_is_approximate = models.BooleanField(default=False)
    is_unborn = models.BooleanField(default=False)
    due_on = models.DateField(null=True)
    died_on = models.DateField(null=True)
    languages = models.CharField(max_length=80, blank=True)
    needs_interpreter = models.CharField(max_length=8, choices=YesNoUnknown.choices, default=YesNoUnknown.UNKNOWN)
    is_restricted = models.BooleanField(default=False)
    """限閱: staff's own relatives, public figures; read only by whoever is named."""
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField(null=True)

    class Privacy:
        plain = (
            "id",
            "identity",
            "name_kind",
            "sex",
            "birth_is_approximate",
            "is_unborn",
            "needs_interpreter",
            "is_restricted",
            "recorded_at",
            "recorded_by",
        )
        personal = ("name", "name_key", "born_earliest", "born_latest", "due_on", "died_on", "languages")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(name_kind__in=NameKind.values), name="name_kind_known"),
            models.CheckConstraint(condition=Q(sex__in=Sex.values), name="sex_known"),
            models.CheckConstraint(
                condition=Q(born_earliest__isnull=True, born_latest__isnull=True)
                | Q(born_earliest__lte=F("born_latest")),
                name="birth_dates_in_order",
            ),
            models.CheckConstraint(
                condition=Q(is_unborn=False) | Q(born_earliest__isnull=True), name="unborn_has_no_birth_date"
            ),
            models.CheckConstraint(
                condition=~Q(name_kind=NameKind.CODE) | Q(name_key=""), name="code_name_is_not_searchable"
            ),
        ]
        indexes = [models.Index(fields=["identity"], name="records_of_identity")]


class NameSeal(models.Model):
    """The name behind a 代號 (sexual violence): encrypted, in a table of its own; opening it is a reading."""

    person = models.OneToOneField(Person, models.PROTECT, primary_key=True, related_name="+")
    sealed_name = models.BinaryField()
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("person", "recorded_at")
        secret = ("sealed_name",)


class Identifier(models.Model):
    """A number a person shows. Encrypted, with a keyed hash for look-up; not unique: numbers are mistyped and lent."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=IdentifierKind.choices)
    sealed_value = models.BinaryField()
    lookup = models.BinaryField()
    last_three = models.CharField(max_length=3)
    is_checksum_valid = models.BooleanField()
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "person", "kind", "is_checksum_valid", "recorded_at")
        personal = ("last_three",)
        secret = ("sealed_value", "lookup")

    class Meta:
        indexes = [
            models.Index(fields=["lookup"], name="identifier_lookup"),
            models.Index(fields=["person"], name="identifiers_of_person"),
        ]


class IdentityDecision(models.Model):
    """Somebody decided that two records are the same person, or are not (append-only, reversible by another)."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    other = models.ForeignKey(Person, models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=8, choices=[("same", "same"), ("apart", "apart"), ("unsure", "unsure")])
    reasons = models.JSONField(default=list)
    """Codes of what agreed and what did not; never values."""
    undoes = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    by = models.UUIDField()
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "person", "other", "verdict", "reasons", "undoes", "by", "recorded_at")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(person=F("other")), name="identity_is_about_two_records")]
        indexes = [
            models.Index(fields=["person"], name="identity_of_person"),
            models.Index(fields=["other"], name="identity_of_other"),
        ]
