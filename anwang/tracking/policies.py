"""May he? Each answer is a Verdict; the rules themselves stand in `standing`."""

from __future__ import annotations

from .standing import may_link, may_receive, may_see, may_track

__all__ = ["may_link", "may_receive", "may_see", "may_track"]
