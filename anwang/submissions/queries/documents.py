"""One uploaded document, for whoever sees the content of its submission."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.foundation.errors import NotFound
from anwang.submissions.models import Document

from .page import submission_page


def document(viewer: Viewer, number: str, document_id: UUID) -> tuple[str, bytes]:
    """Name and bytes. NotFound for whoever does not see what stands in the submission, and once it was taken back."""
    page = submission_page(viewer, number)
    if not any(document_id == file.id for part in page.parts for file in part.files):
        raise NotFound(_("查無這個檔案。"))
    row = Document.objects.get(id=document_id)
    return row.name, bytes(row.content)
