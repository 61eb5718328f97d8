"""The file that minutes were read from: once for each content."""

from django.db import models
from django.db.models import Q

from anwang.directory.models import Unit
from anwang.foundation.uuid7 import uuid7


class Source(models.Model):
    """A file as it was brought. `digest` is the SHA-256 of its bytes: one unit keeps the same file once.

    `text` is every word it holds, line by line; sittings point to the lines of it that are theirs.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    size = models.PositiveIntegerField()
    text = models.TextField()
    at = models.DateTimeField()
    by = models.UUIDField(null=True)

    class Privacy:
        plain = ("id", "unit", "digest", "name", "size", "text", "at", "by")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "digest"], name="same_file_once_in_a_unit"),
            models.CheckConstraint(condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="source_digest_is_sha256"),
        ]


class SourceBody(models.Model):
    """The bytes of a file, apart: a list of files need not read them."""

    source = models.OneToOneField(Source, models.PROTECT, primary_key=True, related_name="+")
    content = models.BinaryField()

    class Privacy:
        plain = ("source", "content")
