"""What is written here: declarations of workers, and what happens to a question."""

from .declaring import declare, end_declaration
from .judging import answer_question, ask_reader, settle_question

__all__ = ["answer_question", "ask_reader", "declare", "end_declaration", "settle_question"]
