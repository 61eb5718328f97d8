"""Fonts with Chinese letters: those that come with the installation first, then those of the system."""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

SERIF, SANS = "Noto Serif TC", "Noto Sans TC"
SYSTEM = ("Noto Serif CJK TC", "Noto Sans CJK TC", "TW-Sung", "TW-Kai", "TW-Sung-Ext-B", "TW-Sung-Plus")
"""Tried for letters our own fonts lack: the state's 全字庫 fonts hold the rare characters of names."""


@lru_cache(maxsize=1)
def folders() -> tuple[str, ...]:
    """Where our own fonts lie; empty when their package is not installed."""
    found = find_spec("pylopdf_fonts_zh_tw")
    return (str(Path(found.origin).parent),) if found and found.origin else ()
