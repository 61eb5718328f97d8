"""The only writes to the kernel, by what they do."""

from .duties import excuse, happened, push, say_why_late, set_step, wait_for
from .moves import assign, reassign, sign
from .opening import end_matter, open_matter

__all__ = [
    "assign",
    "end_matter",
    "excuse",
    "happened",
    "open_matter",
    "push",
    "reassign",
    "say_why_late",
    "set_step",
    "sign",
    "wait_for",
]
