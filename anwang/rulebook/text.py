"""A sentence in the two languages of the product."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .problems import Report


@dataclass(frozen=True)
class Text:
    """Chinese first; `str()` gives it. `text.to("en")` gives English, or Chinese where none is written."""

    zh: str
    en: str = ""

    def __str__(self) -> str:
        return self.zh

    def to(self, lang: str) -> str:
        return self.en if lang.startswith("en") and self.en else self.zh

    @classmethod
    def read(cls, raw: Any, report: Report, what: str, both: bool = False) -> Text:
        """From `{zh, en}` or, where English is optional, from a bare Chinese sentence."""
        if isinstance(raw, str) and not both:
            return cls(raw)
        body = report.mapping(raw, what)
        report.keys(body, ("zh", "en"), ("zh", "en") if both else ("zh",))
        return cls(str(body.get("zh") or ""), str(body.get("en") or ""))
