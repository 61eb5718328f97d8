"""Reading people. Results are flat and ready for a page; what the viewer may not read is not in them."""

from .finding import find_by_phone, look_up_for_call, search
from .likeness import candidates
from .zones import zones_of_person

__all__ = ["candidates", "find_by_phone", "look_up_for_call", "search", "zones_of_person"]
