"""Shares in percent, told with their two numbers."""

from __future__ import annotations

PERCENT = 100


def is_below(part: int, whole: int, line: int) -> bool:
    """Whether part ÷ whole lies below so many percent; nothing to divide by is no share at all."""
    return whole > 0 and PERCENT * part < line * whole


def in_words(part: int, whole: int) -> str:
    """75.0%（3÷4）, or a dash where there is nothing to divide by."""
    return f"{PERCENT * part / whole:.1f}%（{part:,}÷{whole:,}）" if whole > 0 else "－"
