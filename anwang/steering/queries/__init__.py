"""What pages ask this room."""

from .assessments import AssessmentPage, ItemLine, assessment, assessments
from .cards import CardLine, CardPage, card, cards
from .choosing import county_units, earlier_questions, ministry_units, place_of, thresholds, units_at_hand
from .loopholes import LoopholeLine, LoopholePage, loophole, loopholes
from .owing import PromiseLine, TaskLine, owed, promised, task
from .plans import PlanLine, PlanPage, plan, plans
from .questions import QuestionLine, QuestionPage, question, questions

__all__ = [
    "AssessmentPage",
    "CardLine",
    "CardPage",
    "ItemLine",
    "LoopholeLine",
    "LoopholePage",
    "PlanLine",
    "PlanPage",
    "PromiseLine",
    "QuestionLine",
    "QuestionPage",
    "TaskLine",
    "assessment",
    "assessments",
    "card",
    "cards",
    "county_units",
    "earlier_questions",
    "loophole",
    "loopholes",
    "ministry_units",
    "owed",
    "place_of",
    "plan",
    "plans",
    "promised",
    "question",
    "questions",
    "task",
    "thresholds",
    "units_at_hand",
]
