"""An instrument as its file writes it, read into an object; every fault is collected."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any  # a document as YAML gives it

from .conditions import Condition
from .instruments import ABOUT, DATED_BY, ITEM_KINDS, KEPT_AS, Instrument, Item, Score, Use
from .problems import Report
from .tables import Input, Table, check_table, read_outcomes, read_rows
from .text import Text

USE = ("about", "dated_by", "zone", "kinds", "many_networks", "kept_as", "draft")
KEYS = ("answers", "items", "scores", "outcomes", "rows", "valid_for", "inputs", "ordered", "reported_results", *USE)
ITEM_KEYS = ("id", "zh", "en", "weight", "reversed", "level", "group", "kind", "required")
ZONES = ("case", "special", "safety")
VALID_FOR = ("age", "sex", "relation")


def read_instrument(body: Mapping[str, Any], report: Report) -> Instrument | None:
    before = len(report.problems)
    raw_answers = body.get("answers", "yes_no")
    if raw_answers == "yes_no":
        raw_answers = {"yes": {"zh": "是", "en": "Yes"}, "no": {"zh": "否", "en": "No"}}
    answers = {
        str(key): Text.read(raw, report, f"answer '{key}'")
        for key, raw in report.mapping(raw_answers, "answers").items()
    }
    numeric = all(key.isdigit() for key in answers)
    items = {} if body.get("items") == "unknown" else _items(body.get("items"), report)
    scores = tuple(_score(str(name), raw, items, report) for name, raw in body.get("scores", {}).items())
    valid_for = {str(name): Condition.read(raw) for name, raw in body.get("valid_for", {}).items()}
    for name in set(valid_for).difference(VALID_FOR):
        report.complain(f"valid_for: '{name}' is not one of {', '.join(VALID_FOR)}")
    results = tuple(
        (str(entry.get("code")), Text(str(entry.get("zh")), str(entry.get("en"))))
        for entry in body.get("reported_results", [])
    )
    rated = {name: item for name, item in items.items() if item.is_rated}
    has_levels = bool(rated) and "rows" in body
    sound = len(report.problems) == before
    levels = _levels(body, rated, scores, answers, numeric, report) if has_levels and sound else None
    if rated and not has_levels:
        report.complain("rated items need outcomes and rows")
    if body.get("items") == "unknown" and not results:
        report.complain("items: unknown needs reported_results")
    instrument = Instrument(answers, numeric, items, scores, levels, valid_for, results, _use(body, report))
    return instrument if len(report.problems) == before else None


def _use(body: Mapping[str, Any], report: Report) -> Use:
    known = {"about": ABOUT, "dated_by": DATED_BY, "zone": ZONES, "kept_as": KEPT_AS,
             "many_networks": ("yes", "no"), "draft": ("yes", "no")}  # fmt: skip
    for key, allowed in known.items():
        if key in body and body[key] not in allowed:
            report.complain(f"{key}: '{body[key]}' is not one of {', '.join(filter(None, allowed))}")
    kinds = tuple(map(str, report.sequence(body.get("kinds", []), "kinds")))
    return Use(
        str(body.get("about", "person")), str(body.get("dated_by", "filled")), str(body.get("zone", "case")), kinds,
        body.get("many_networks") == "yes", str(body.get("kept_as", "")), body.get("draft") == "yes",
    )  # fmt: skip


def _items(raw: Any, report: Report) -> dict[str, Item]:
    items: dict[str, Item] = {}
    for one in report.sequence(raw, "items"):
        entry = report.mapping(one, "an item")
        report.keys(entry, ITEM_KEYS, ("id", "zh"))
        name = str(entry.get("id"))
        if name in items:
            report.complain(f"item '{name}' is listed twice")
        ask = Text(str(entry.get("zh")), str(entry.get("en", "")))
        kind = str(entry.get("kind", "rated"))
        if kind not in ITEM_KINDS:
            report.complain(f"item '{name}': kind '{kind}' is not one of {', '.join(ITEM_KINDS)}")
        weight = entry.get("weight", 1)
        if not isinstance(weight, int) or isinstance(weight, bool):
            report.complain(f"item '{name}': weight '{weight}' is no whole number")
        for key in ("required", "reversed"):
            if entry.get(key, "no") not in ("yes", "no"):
                report.complain(f"item '{name}': {key}: '{entry[key]}' is not one of yes, no")
        items[name] = Item(
            name, ask, weight, str(entry.get("level", "")), str(entry.get("group", "")), kind,
            entry.get("required") == "yes", entry.get("reversed") == "yes",
        )  # fmt: skip
    return items


def _score(name: str, raw: Any, items: Mapping[str, Item], report: Report) -> Score:
    body = report.mapping(raw, f"score '{name}'")
    report.keys(body, ("ask", "sum_of", "count_of_level"), ("ask",))
    if ("sum_of" in body) == ("count_of_level" in body):
        report.complain(f"score '{name}' has either sum_of or count_of_level")
    level = body.get("count_of_level")
    chosen = body.get("sum_of", "all")
    if level is not None:
        chosen = [item.id for item in items.values() if item.level == level]
    if chosen == "all":
        chosen = [item.id for item in items.values() if item.is_rated]
    for one in chosen:
        if one not in items or not items[one].is_rated:
            report.complain(f"score '{name}': no rated item '{one}'")
    return Score(name, Text.read(body.get("ask"), report, "ask"), tuple(one for one in chosen if one in items))


def _levels(
    body: Mapping[str, Any],
    items: Mapping[str, Item],
    scores: tuple[Score, ...],
    answers: Mapping[str, Text],
    numeric: bool,
    report: Report,
) -> Table | None:
    """The table that turns scores (and single items) into a level."""
    fewest, most = (min(map(int, answers)), max(map(int, answers))) if numeric else (0, 1)
    inputs = {
        score.name: Input(score.name, score.label, "whole_number", (), *score.bounds(items, fewest, most))
        for score in scores
    }
    for item in items.values():
        kind = "whole_number" if numeric else "choice"
        inputs[item.id] = Input(item.id, item.ask, kind, () if numeric else tuple(answers), fewest, most)
    before = len(report.problems)
    rows = read_rows(body.get("rows"), inputs, report)
    table = Table(inputs, read_outcomes(body.get("outcomes"), report), rows)
    if len(report.problems) == before:
        check_table(table, report)
    return table
