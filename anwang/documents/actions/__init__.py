"""The only writes to the register."""

from .letters import write_letter
from .printing import print_paper, print_sheet
from .register import attach, number_letter, register_answer, register_paper, send_paper, void_paper

__all__ = [
    "attach",
    "number_letter",
    "print_paper",
    "print_sheet",
    "register_answer",
    "register_paper",
    "send_paper",
    "void_paper",
    "write_letter",
]
