"""What stands on a sheet, without any look: both printers draw the same one."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Part:
    """A headed part: label-value rows, or numbered paragraphs, or a table whose first row is its head."""

    heading: str
    rows: tuple[tuple[str, str], ...] = ()
    paragraphs: tuple[str, ...] = ()
    table: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class PrintedBy:
    """Who printed, when, for what: the header of every page. All ready for reading."""

    who: str
    unit: str
    when: str
    purpose: str

    @property
    def line(self) -> str:
        return f"列印人 {self.who}（{self.unit}）｜{self.when}｜用途：{self.purpose}"


@dataclass(frozen=True)
class Sheet:
    """One letter, record or form. `title` is printed large, `name` is the file's name (never a person's)."""

    title: str
    name: str
    author: str
    """The unit: it alone stands in the metadata."""
    secrecy: str
    envelope: tuple[tuple[str, str], ...] = ()
    parts: tuple[Part, ...] = ()
    closing: tuple[str, ...] = ()
    signatures: tuple[str, ...] = ()
    lang: str = field(default="zh-Hant-TW")

    @property
    def text(self) -> str:
        """Every word on the sheet, for looking through before it is printed."""
        lines = [self.title, *(value for row in self.envelope for value in row), *self.closing]
        for part in self.parts:
            lines += [part.heading, *part.paragraphs]
            lines += [value for row in (*part.rows, *part.table) for value in row]
        return "\n".join(lines)
