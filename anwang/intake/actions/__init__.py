"""The only writes of the front door."""

from .adding import add_pair, add_to_report
from .answering import Letter, answer_reporter, fetch_reply
from .calls import check_in, check_out, log_call, note_call_out, note_on_the_way, settle_call, stay_longer
from .concluding import end_when_nothing_is_owed, take_second_look, tell
from .deciding import decide
from .dispatch import dispatch
from .form import complete_report_form, keep_draft, let_draft_go, read_draft
from .grading_in_case import grade_in_case
from .night import note_for_next_shift, say_how_the_night_was, watch_tonight
from .not_opening import approve_review, not_open, send_back_review, take_back_review, write_down_review
from .noting import note_more
from .reading import read_caller, read_original, read_reporter
from .receipts import make_receipt, status_of
from .receiving import receive_report, receive_reports
from .repeats import relate_report
from .screening import answer_questions
from .supplementing import attach, supplement
from .taking_over import take_over
from .who import say_who

__all__ = [
    "Letter",
    "add_pair",
    "add_to_report",
    "answer_questions",
    "answer_reporter",
    "approve_review",
    "attach",
    "check_in",
    "check_out",
    "complete_report_form",
    "decide",
    "dispatch",
    "end_when_nothing_is_owed",
    "fetch_reply",
    "grade_in_case",
    "keep_draft",
    "let_draft_go",
    "log_call",
    "make_receipt",
    "not_open",
    "note_call_out",
    "note_for_next_shift",
    "note_more",
    "note_on_the_way",
    "read_caller",
    "read_draft",
    "read_original",
    "read_reporter",
    "receive_report",
    "receive_reports",
    "relate_report",
    "say_how_the_night_was",
    "say_who",
    "send_back_review",
    "settle_call",
    "status_of",
    "stay_longer",
    "supplement",
    "take_back_review",
    "take_over",
    "take_second_look",
    "tell",
    "watch_tonight",
    "write_down_review",
]
