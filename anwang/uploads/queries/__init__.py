"""Reading what is owed to the central database."""

from .lateness import MonthLate, lateness
from .listing import SHOWN, UploadLine, Uploads, marks_of, owed_one, uploads

__all__ = ["SHOWN", "MonthLate", "UploadLine", "Uploads", "lateness", "marks_of", "owed_one", "uploads"]
