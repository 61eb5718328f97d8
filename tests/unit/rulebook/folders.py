"""A small policy folder to break on purpose."""

from __future__ import annotations

from pathlib import Path

SOURCES = """
sources:
  - {source: act, title: {zh: 法, en: Act}, authority: 立法院, dated: 2020-01-01, kind: act}
"""
EVENTS = """
every: [at, kind]
events:
  - {event: report.received, zh: 接獲, en: Received, facts: [received_at, has_child]}
  - {event: contact.made, zh: 接觸, en: Contact, facts: [seen]}
"""
VALUE = """
value: days.limit
title: {zh: 期限, en: Limit}
settable_by: {county: {value: shorter_only}}
versions:
  - {from: 2020-01-01, cite: {source: act, at: 第1條}, type: whole_number, value: 10}
"""
DUTY = """
duty: first.visit
title: {zh: 訪視, en: Visit}
settable_by: {county: {within: shorter_only}}
versions:
  - from: 2020-01-01
    cite: {source: act, at: 第2條}
    starts_when: report.received
    only_if: {kind: family}
    counted_from: received_at
    within: 10 days
    done_by: [contact.made]
    done_only_if: {seen: yes}
"""
TABLE = """
table: track
title: {zh: 分流, en: Track}
inputs:
  danger: {ask: {zh: 危險, en: Danger}, type: yes_no}
  factors: {ask: {zh: 因子數, en: Factors}, type: whole_number, least: 0, most: 17}
outcomes:
  - {code: crisis, zh: 危機, en: Crisis}
  - {code: vulnerable, zh: 脆弱, en: Vulnerable}
  - {code: general, zh: 一般, en: General}
versions:
  - from: 2020-01-01
    assumption: 擬定
    rows:
      - {row: 1, if: {danger: yes}, then: crisis}
      - {row: 2, if: {factors: ">= 2"}, then: vulnerable}
      - {row: 3, else: general}
"""


def write(folder: Path, **files: str) -> Path:
    """A folder with the small policy; `files` replaces or adds files by name."""
    base = {"sources": SOURCES, "events": EVENTS, "value": VALUE, "duty": DUTY, "table": TABLE}
    for name, text in (base | files).items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder
