"""Whom a worker declared: himself and his relatives."""

from django.db import models
from django.db.models import F, Q

from anwang.directory.models import Worker
from anwang.foundation.uuid7 import uuid7


class Declaration(models.Model):
    """A worker says: this is me, or a relative of mine (迴避申報). From then on he cannot read that person.

    Of numbers and addresses only keyed hashes are kept: enough to recognise a record, nothing to read.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    worker = models.ForeignKey(Worker, models.PROTECT, related_name="+")
    relation = models.CharField(max_length=16)
    """Code of `oversight.relation`; `self` is the worker."""
    name = models.CharField(max_length=120)
    name_key = models.CharField(max_length=120)
    born_on = models.DateField(null=True)
    number_lookup = models.BinaryField(default=b"")
    last_three = models.CharField(max_length=3, blank=True)
    place_lookup = models.BinaryField(default=b"")
    township = models.CharField(max_length=8, blank=True)
    declared_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Privacy:
        plain = ("id", "worker", "relation", "declared_at", "ended_at")
        personal = ("name", "name_key", "born_on", "last_three", "township")
        secret = ("number_lookup", "place_lookup")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(relation="") & ~Q(name=""), name="declaration_says_whom"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("declared_at")),
                name="declaration_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["worker"], condition=Q(relation="self", ended_at__isnull=True), name="one_self_a_worker"
            ),
        ]
        indexes = [
            models.Index(fields=["name_key"], condition=Q(ended_at__isnull=True), name="declared_by_name"),
            models.Index(fields=["number_lookup"], condition=Q(ended_at__isnull=True), name="declared_by_number"),
        ]
