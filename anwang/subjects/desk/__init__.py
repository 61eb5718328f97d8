"""What the desk of data subjects shows: requests, one request with its answer, and what is due to be erased."""

from .keeping import Keeping, keeping
from .requests import Line, Lines, Page, page, requests

__all__ = ["Keeping", "Line", "Lines", "Page", "keeping", "page", "requests"]
