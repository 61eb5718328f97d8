"""Sealing attachments; the context binds each to its row."""

from __future__ import annotations

import base64
from uuid import UUID

from anwang.foundation.sealing import Column
from anwang.people import seals

SEALED = (Column("documents_paperbody", "id", "sealed", "seals", "documents.paper_body"),)


def seal(body: bytes, row_id: UUID) -> bytes:
    return seals.keyring().seal(base64.b64encode(body).decode(), f"documents.paper_body:{row_id}")


def unseal(sealed: bytes, row_id: UUID) -> bytes:
    """The bytes as they came. Raises `foundation.sealing.SealBroken`."""
    return base64.b64decode(seals.keyring().open(sealed, f"documents.paper_body:{row_id}"))
