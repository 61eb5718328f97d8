"""What is asked of nodes before they are written out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from django.template.base import Node
from django.template.defaulttags import URLNode

Read = Callable[[str], Sequence[Node] | None]
"""The nodes of an included template that may be written out where it is included; else None."""
SETS = ("asvar", "target_var", "var_name", "variable")
"""Where tags keep the name of a variable that they set."""


def deep(nodes: Sequence[Node]) -> Iterator[Node]:
    for node in nodes:
        yield from node.get_nodes_by_type(Node)


def takes_one_value(node: URLNode) -> bool:
    """Whether an address has a fixed name and one value."""
    name = node.view_name
    return len(node.args) == 1 and not (node.kwargs or node.asvar or name.is_var or name.filters)


def set_in(nodes: Sequence[Node]) -> set[str]:
    """The names of variables that tags in there set."""
    return {name for node in deep(nodes) for kept in SETS if isinstance(name := getattr(node, kept, None), str)}
