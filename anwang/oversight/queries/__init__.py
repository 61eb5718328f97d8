"""What pages read of this room."""

from .bench import Bench, QuestionLine, QuestionPage, bench, late_questions, question
from .figures import Figures, figures
from .own import Asked, DayOfMine, Declared, asked_of_me, declared, mine
from .record import Standing, standing, watch

__all__ = [
    "Asked",
    "Bench",
    "DayOfMine",
    "Declared",
    "Figures",
    "QuestionLine",
    "QuestionPage",
    "Standing",
    "asked_of_me",
    "bench",
    "declared",
    "figures",
    "late_questions",
    "mine",
    "question",
    "standing",
    "watch",
]
