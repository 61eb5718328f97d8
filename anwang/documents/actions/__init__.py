"""The only writes to the register."""

from .asking import name_asked
from .letters import write_letter
from .notices import Told, write_placement_notice
from .printing import print_paper, print_sheet
from .register import attach, number_letter, register_answer, register_paper, send_paper, void_paper

__all__ = [
    "Told",
    "attach",
    "name_asked",
    "number_letter",
    "print_paper",
    "print_sheet",
    "register_answer",
    "register_paper",
    "send_paper",
    "void_paper",
    "write_letter",
    "write_placement_notice",
]
