"""What is written here: forms as filled, what people made of them, what was done, versions as published."""

from .filling import Form, Judged, Reported, fill
from .judging import follow_up, judge
from .publishing import publish
from .reporting import take_report

__all__ = ["Form", "Judged", "Reported", "fill", "follow_up", "judge", "publish", "take_report"]
