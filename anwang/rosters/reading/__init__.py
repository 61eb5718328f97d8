"""Reading roster files into rows: text tables and ODS, as published and as really sent. Plain Python but for rules."""

from .files import LARGEST, MOST_ROWS, Read, read
from .loading import load

__all__ = ["LARGEST", "MOST_ROWS", "Read", "load", "read"]
