"""The worked examples of `policy/situations/`, read once for each folder."""

from functools import lru_cache
from pathlib import Path

from anwang import rulebook
from anwang.rulebook import Rulebook
from anwang.rulebook.situations import Situation, read_situations


def all_situations(book: Rulebook) -> list[Situation]:
    """Every situation of the folder this book was read from."""
    return _read(book.folder)


@lru_cache(maxsize=2)
def _read(folder: Path) -> list[Situation]:
    book = rulebook.book()
    return read_situations(book if book.folder == folder else rulebook.load(folder))[0]
