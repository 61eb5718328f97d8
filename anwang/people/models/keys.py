"""Which versions of the keys this database was sealed with: never a key, only its sum."""

from django.db import models

from anwang.foundation.uuid7 import uuid7


class KeyVersion(models.Model):
    """A version of a keyring (鑰匙版本): begun, in use for new values, and retired once nothing needs it any more."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    ring = models.CharField(max_length=20)
    version = models.PositiveSmallIntegerField()
    fingerprint = models.CharField(max_length=16)
    """The beginning of a hash of the key: tells keys apart and opens nothing."""
    begun_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    """Since when everything older has been sealed again with it."""
    retired_at = models.DateTimeField(null=True)

    class Privacy:
        plain = ("id", "ring", "version", "fingerprint", "begun_at", "done_at", "retired_at")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ring", "version"], name="one_row_a_key_version")]
