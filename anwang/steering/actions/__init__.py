"""The writes of this room."""

from .answering import Promised, answer_part
from .asking import (
    QuestionGiven,
    ask_back,
    close_question,
    link_repeat,
    publish_question,
    send_question,
    write_question,
)
from .assessing import call_assessment, review_assessment, self_score
from .cards import CardGiven, publish_card, tell_trial, write_card
from .drawing import Drawing, draw
from .loopholes import close_loophole, register_loophole, set_measure
from .planning import ask_plan, hand_in_plan, settle_plan, tell_effect
from .tasks import drop_task, keep_task, move_task

__all__ = [
    "CardGiven",
    "Drawing",
    "Promised",
    "QuestionGiven",
    "answer_part",
    "ask_back",
    "ask_plan",
    "call_assessment",
    "close_loophole",
    "close_question",
    "draw",
    "drop_task",
    "hand_in_plan",
    "keep_task",
    "link_repeat",
    "move_task",
    "publish_card",
    "publish_question",
    "register_loophole",
    "review_assessment",
    "self_score",
    "send_question",
    "set_measure",
    "settle_plan",
    "tell_effect",
    "tell_trial",
    "write_card",
    "write_question",
]
