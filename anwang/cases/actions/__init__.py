"""The only writes to casework, by what they do."""

from .joining import join_report
from .opening import NewSubject, open_case

__all__ = ["NewSubject", "join_report", "open_case"]
