"""What was done and what was read: append-only, without foreign keys, because it outlives what it describes.

No personal text here: codes, identifiers and changed values only, so that erasing a person's content later does not
have to touch the record.
"""

from django.db import models
from django.db.models import Q

from anwang.foundation.uuid7 import uuid7


class Act(models.Model):
    """One write: who did which verb to what, effective when, recorded when."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    verb = models.CharField(max_length=60)
    matter_id = models.UUIDField(null=True)
    subject_id = models.UUIDField(null=True)
    """The person, paper, unit… the verb was done to, when it is not the matter itself."""
    by_worker_id = models.UUIDField(null=True)
    by_unit_id = models.UUIDField(null=True)
    by_service = models.CharField(max_length=40, blank=True)
    """Filled instead of a worker when a job or an import acted."""
    at = models.DateTimeField()
    """Effective time: when it truly happened."""
    recorded_at = models.DateTimeField()
    details = models.JSONField(default=dict)

    class Privacy:
        plain = ("id", "verb", "by_worker_id", "by_unit_id", "by_service", "at", "recorded_at", "details")
        linked = ("matter_id", "subject_id")

    class Meta:
        indexes = [
            models.Index(fields=["matter_id", "recorded_at"], name="acts_of_matter"),
            models.Index(fields=["by_worker_id", "recorded_at"], name="acts_by_worker"),
        ]


class Reading(models.Model):
    """One reading of somebody's data: who, whose file, which zone, for what purpose, on what ground."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    file_id = models.UUIDField()
    """The matter or person read."""
    zone = models.CharField(max_length=12)
    what = models.CharField(max_length=60)
    """Page, paper or field: a code, never content."""
    purpose = models.CharField(max_length=40)
    because = models.CharField(max_length=80, blank=True)
    """The relation that allowed it: call number, assignment, duty shift."""
    by_worker_id = models.UUIDField()
    by_unit_id = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Privacy:
        plain = ("id", "zone", "what", "purpose", "because", "by_worker_id", "by_unit_id", "at")
        linked = ("file_id",)

    class Meta:
        indexes = [
            models.Index(fields=["file_id", "at"], name="readings_of_file"),
            models.Index(fields=["by_worker_id", "at"], name="readings_by_worker"),
        ]


class Checkpoint(models.Model):
    """A signed root of the tree over every act and reading whose transaction had ended at the horizon.

    Sealing by number or time would leave a late commit unsealed below the line; the horizon is the oldest
    transaction still running, so nothing can appear behind it. Checkpoints without a `size` are older than the tree
    (`earlier.py`).
    """

    id = models.BigAutoField(primary_key=True)
    horizon = models.BigIntegerField()
    acts = models.BigIntegerField()
    readings = models.BigIntegerField()
    size = models.BigIntegerField(null=True)
    """Leaves of the tree: acts and readings together."""
    edge = models.BinaryField(default=b"")
    """The tree's right edge, from which it grows on (`tree.Tree`); its root is `root`, so it need not be signed."""
    root = models.BinaryField()
    signature = models.BinaryField()
    key_id = models.CharField(max_length=16)
    made_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "horizon", "acts", "readings", "size", "edge", "root", "signature", "key_id", "made_at")


class Posting(models.Model):
    """A checkpoint that was written outside the database, as note `number`, whose text has the sum `digest`."""

    number = models.PositiveIntegerField(primary_key=True)
    checkpoint_id = models.BigIntegerField()
    digest = models.BinaryField()
    posted_at = models.DateTimeField()

    class Privacy:
        plain = ("number", "checkpoint_id", "digest", "posted_at")


class Watch(models.Model):
    """How the last try at watching over the record went: one row each for `post`, `copy`, `send` and `verify`.

    A state of the house, not evidence: it may be overwritten.
    """

    what = models.CharField(primary_key=True, max_length=12)
    tried_at = models.DateTimeField()
    went_well_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=300, blank=True)
    """What was wrong at the last try; empty when nothing was."""
    reached = models.BigIntegerField(default=0)
    """For `verify`: the checkpoint up to which the rows were looked through; for the others: the note's number."""

    class Privacy:
        plain = ("what", "tried_at", "went_well_at", "fault", "reached")


class Erasure(models.Model):
    """What an act said was erased by order (抹除登記); its salted sum stays, so that the tree still verifies.

    The act itself stays: who did which verb when. An act `audit.erased` tells of it, in the same tree.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    act_id = models.UUIDField(unique=True)
    commitment = models.BinaryField()
    basis = models.CharField(max_length=40)
    """Code: `court`, `retention`, `request`…"""
    reference = models.CharField(max_length=60)
    """The order's number."""
    by_worker_id = models.UUIDField(null=True)
    erased_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "act_id", "commitment", "basis", "reference", "by_worker_id", "erased_at")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(basis="") & ~Q(reference=""), name="erasure_names_its_order")
        ]
