"""The only writes to courses of contacts, by what they do."""

from .beginning import begin, set_level
from .ending import end_course
from .explaining import explain, explain_all
from .feeding import make_feed, revoke_feed
from .looking import look_at, stay_long

__all__ = [
    "begin",
    "end_course",
    "explain",
    "explain_all",
    "look_at",
    "make_feed",
    "revoke_feed",
    "set_level",
    "stay_long",
]
