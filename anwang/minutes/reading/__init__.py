"""Minutes as they are printed, taken apart: `read(text)` gives a `Minutes`; nothing is lost and nothing is guessed."""

from .paper import Minutes, as_json
from .whole import read

__all__ = ["Minutes", "as_json", "read"]
