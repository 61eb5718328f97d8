"""What people do about uploading."""

from .marking import mark_failed, mark_uploaded
from .taking import Sheet, take_sheet

__all__ = ["Sheet", "mark_failed", "mark_uploaded", "take_sheet"]
