"""`anwang policy check | show | explain`: prints, and returns an exit code (0 good, 1 problems, 2 wrong usage)."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from anwang.foundation import clock

from . import checks
from .book import Rulebook, book, load
from .problems import RulebookError, UnknownRule
from .situations import read_situations


def main(argv: Sequence[str]) -> int:
    """Runs `check`, `show` or `explain` with the rest of the arguments."""
    commands: dict[str, Callable[[Sequence[str]], int]] = {
        "check": policy_check,
        "show": policy_show,
        "explain": policy_explain,
    }
    if not argv or argv[0] not in commands:
        print("用法 usage: anwang policy check | show | explain …")
        return 2
    return commands[argv[0]](argv[1:])


def policy_check(argv: Sequence[str] = ()) -> int:
    """Loads the folder, runs every situation, lists every problem."""
    parser = _parser("check")
    parser.add_argument("folder", nargs="?", type=Path, help="政策資料夾 policy folder")
    args = _parse(parser, argv)
    if args is None:
        return 2
    try:
        found = load(args.folder)
    except RulebookError as error:
        print(error)
        print(f"{len(error.problems)} 項問題 problems")
        return 1
    problems = checks.check(found)
    for problem in problems:
        print(problem)
    situations = len(read_situations(found)[0])
    rules = len(found.contents.handles)
    print(f"{rules} 條規則 rules、{situations} 個情境 situations、{len(problems)} 項問題 problems")
    return 1 if problems else 0


def policy_show(argv: Sequence[str] = ()) -> int:
    """Lists the rules of a day, or prints one rule's body as JSON."""
    parser = _parser("show")
    parser.add_argument("id", nargs="?", help="規則代號 rule")
    _day(parser)
    args = _parse(parser, argv)
    if args is None:
        return 2
    return _with_book(lambda rules: _show(rules, args))


def _show(rules: Rulebook, args: argparse.Namespace) -> int:
    if args.id:
        version = rules.handle(args.id).get(args.on, args.county)
        if version is None:
            print(f"{args.id}：{args.on} 無有效版本 not in force")
            return 1
        print(json.dumps(version.stored | {"hash": version.hash}, ensure_ascii=False, indent=2))
        return 0
    for entry in checks.index(rules, args.on, args.county):
        says = entry.summary.to(args.lang) if entry.summary else "—"
        mark = "" if entry.assumption is None else "［假設］" if args.lang == "zh" else " [assumption]"
        print(f"{entry.kind:10} {entry.rule_id:45} {entry.title.to(args.lang)}：{says}{mark}")
    return 0


def policy_explain(argv: Sequence[str] = ()) -> int:
    """Says value, source, and why in words."""
    parser = _parser("explain")
    parser.add_argument("id", help="規則代號 rule")
    _day(parser)
    args = _parse(parser, argv)
    if args is None:
        return 2

    def say(rules: Rulebook) -> int:
        print(rules.explain(args.id, args.on, args.county, args.lang).text())
        return 0

    return _with_book(say)


def _with_book(use: Callable[[Rulebook], int]) -> int:
    try:
        return use(book())
    except RulebookError as error:
        print(error)
        return 1
    except UnknownRule as error:
        print(f"沒有這條規則 {error}")
        return 1


def _parser(name: str) -> argparse.ArgumentParser:
    return argparse.ArgumentParser(prog=f"anwang policy {name}")


def _day(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--on", type=date.fromisoformat, default=clock.today(), help="日期 day, YYYY-MM-DD")
    parser.add_argument("--county", help="縣市代碼 county code")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh")


def _parse(parser: argparse.ArgumentParser, argv: Sequence[str]) -> argparse.Namespace | None:
    """The arguments, or None when they are wrong (argparse has printed why) or only help was asked."""
    try:
        return parser.parse_args(list(argv))
    except SystemExit:
        return None
