"""A sheet of paper as data, and the two ways it is printed: ODT to edit, PDF to send."""

from .forms import ODT, PDF, Printed, printed
from .sheet import Part, PrintedBy, Sheet

__all__ = ["ODT", "PDF", "Part", "Printed", "PrintedBy", "Sheet", "printed"]
