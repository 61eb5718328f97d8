"""The only writes to the register."""

from .asking import name_asked
from .filing import file_sheet
from .letters import write_letter
from .notices import Told, write_placement_notice
from .printing import print_paper, print_sheet
from .register import attach, number_letter, register_answer, register_paper, send_paper, void_paper
from .templates import bring_template, end_template, use_template

__all__ = [
    "Told",
    "attach",
    "bring_template",
    "end_template",
    "file_sheet",
    "name_asked",
    "number_letter",
    "print_paper",
    "print_sheet",
    "register_answer",
    "register_paper",
    "send_paper",
    "use_template",
    "void_paper",
    "write_letter",
    "write_placement_notice",
]
