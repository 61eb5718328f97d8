"""Reading casework. First argument the viewer; answers are flat and finished."""

from .before import Before, involvement_before

__all__ = ["Before", "involvement_before"]
