"""Every room has the same shape, so that whoever knows one knows all."""

from __future__ import annotations

import ast

import pytest

from tests.architecture.source import PACKAGE, Function, Parsed, below, layers, modules, parse, rooms

REFUSED = {"utils", "helpers", "services", "common", "managers", "signals"}
# Rooms from `access` up know viewers, except the dated rules of a county, which are not about people.
WITH_VIEWER = [r for r in rooms() if layers()["access"] <= layers()[r] < layers()["web"] and r != "enactments"]


@pytest.mark.parametrize("room", rooms())
def test_says_in_a_short_readme_what_the_room_is_for(room: str) -> None:
    readme = PACKAGE / room / "README.md"
    assert readme.exists()
    assert len(readme.read_text(encoding="utf-8").splitlines()) <= 25


def test_has_no_drawer_for_odds_and_ends() -> None:
    names = [path for path in below("anwang", ".py") if REFUSED & {path.stem, *path.parts}]
    assert not names


def test_says_on_every_action_who_acts() -> None:
    nameless = [
        f"{module.name}:{function.name}"
        for room in rooms()
        for module in modules(room, "actions")
        for function in module.public_functions()
        if _is_action(function) and not _takes_by_name(function)
    ]
    assert not nameless


def test_gives_the_viewer_to_every_query_first() -> None:
    unscoped = [
        f"{module.name}:{function.name}"
        for room in WITH_VIEWER
        for module in modules(room, "queries")
        for function in module.public_functions()
        if function.name in _offered(room, "queries", module)
        if [argument.arg for argument in function.args.args][:1] != ["viewer"]
    ]
    assert not unscoped


def test_keeps_numbers_of_law_out_of_rules() -> None:
    literals = [
        f"{module.name}:{node.lineno}: {node.value}"
        for room in rooms()
        if layers()[room] > layers()["rulebook"]
        for module in modules(room, "rules")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant) and type(node.value) in {int, float} and node.value not in {0, 1}
    ]
    assert not literals


def _offered(room: str, name: str, module: Parsed) -> set[str]:
    """What `room.name` offers to others: of a package what its `__init__` imports, of a file everything public."""
    front = PACKAGE / room / name / "__init__.py"
    if not front.exists():
        return {function.name for function in module.public_functions()}
    imports = [node for node in ast.walk(parse(front).tree) if isinstance(node, ast.ImportFrom)]
    return {alias.asname or alias.name for node in imports for alias in node.names}


def _is_action(function: Function) -> bool:
    """A verb of the room: it opens a transaction, or all it takes is named."""
    decorated = any("atomic" in ast.unparse(decorator) for decorator in function.decorator_list)
    named_only = bool(function.args.kwonlyargs) and not function.args.args
    return decorated or named_only


def _takes_by_name(function: Function) -> bool:
    return "by" in {argument.arg for argument in function.args.kwonlyargs}
