"""The only writes to submissions, by what they do."""

from .calling import CallGiven, draft_call, publish_call, publish_results
from .checking import check
from .extending import ask_extension, decide_extension, extend_all
from .lettering import LetterGiven, change_posts, note_printed, write_letter
from .reviewing import Opinion, decide_review, propose_review
from .sending import ProxyGiven, ask_for, fill_part, send, send_by_proxy
from .uploading import MOST_BYTES, add_document, take_back_document

__all__ = [
    "MOST_BYTES",
    "CallGiven",
    "LetterGiven",
    "Opinion",
    "ProxyGiven",
    "add_document",
    "ask_extension",
    "ask_for",
    "change_posts",
    "check",
    "decide_extension",
    "decide_review",
    "draft_call",
    "extend_all",
    "fill_part",
    "note_printed",
    "propose_review",
    "publish_call",
    "publish_results",
    "send",
    "send_by_proxy",
    "take_back_document",
    "write_letter",
]
