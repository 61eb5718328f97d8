"""Reading submissions. First argument the viewer; answers are flat and finished."""

from .calls import CallPage, call_page, counties, lines_of
from .desk import Deadline, Desk, desk
from .documents import document
from .letters import letter_sheet
from .page import FileLine, ItemLine, SubmissionPage, submission_page
from .posts import PostTable, approved_posts, post_table

__all__ = [
    "CallPage",
    "Deadline",
    "Desk",
    "FileLine",
    "ItemLine",
    "PostTable",
    "SubmissionPage",
    "approved_posts",
    "call_page",
    "counties",
    "desk",
    "document",
    "letter_sheet",
    "lines_of",
    "post_table",
    "submission_page",
]
