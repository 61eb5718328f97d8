"""What a template says alike in every request of a language: joined, and worked out once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.template import Context, Variable
from django.template.base import Node, NodeList, TextNode
from django.template.defaulttags import IfNode, URLNode
from django.templatetags.i18n import TranslateNode
from django.templatetags.static import StaticNode


class Unchanging(Node):
    """A run of text, `{% translate "…" %}`, `{% url 'name' %}` and `{% static "…" %}` without variables."""

    child_nodelists = ()

    def __init__(self, nodes: list[Node]) -> None:
        self.nodes = NodeList(nodes)

    def render(self, context: Context) -> str:
        return str(self.nodes.render(context))


def spoken(runs: Sequence[Unchanging]) -> Callable[[str | None, Context], tuple[str, ...]]:
    """What the runs say, by language; asked once a language."""
    by_language: dict[str | None, tuple[str, ...]] = {}

    def words(language: str | None, context: Context) -> tuple[str, ...]:
        found = by_language.get(language)
        if found is None:
            found = by_language[language] = tuple(run.render(context) for run in runs)
        return found

    return words


def join(nodes: NodeList) -> None:
    """Make runs of nodes that never change one, in this list and in those of its conditions and loops."""
    joined: list[Node] = []
    run: list[Node] = []
    for node in [*nodes, None]:
        if node is not None and _is_unchanging(node):
            run.append(node)
            continue
        joined += run if all(isinstance(one, TextNode) for one in run) else [Unchanging(run)]
        run = []
        if node is not None:
            joined.append(node)
            _join_inside(node)
    nodes[:] = joined


def _join_inside(node: Node) -> None:
    if isinstance(node, IfNode):
        for _condition, inner in node.conditions_nodelists:
            join(inner)
        return
    for name in node.child_nodelists:
        inner = getattr(node, name, None)
        if isinstance(inner, NodeList):
            join(inner)


def _is_unchanging(node: Node) -> bool:
    if isinstance(node, TranslateNode):
        constant = node.filter_expression.var
        return (
            node.asvar is None
            and node.message_context is None
            and not node.filter_expression.filters
            and isinstance(constant, Variable)
            and constant.lookups is None
        )
    if isinstance(node, URLNode):
        return not (node.args or node.kwargs or node.asvar or node.view_name.filters or node.view_name.is_var)
    if isinstance(node, StaticNode):
        return node.varname is None and not node.path.is_var and not node.path.filters
    return isinstance(node, TextNode)
