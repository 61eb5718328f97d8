"""Templates made quicker once they are read: what never changes is joined, and plain variables are looked up shortly.

A run of text, `{% translate "…" %}`, `{% url 'name' %}` and `{% static "…" %}` without variables becomes one piece of
text per language. A variable is looked for in dicts and attributes first and only then in every way Django knows.
What a template says stays the same; a page spends about half the time in it (docs/adr/0070).
"""

from __future__ import annotations

from html import escape
from threading import RLock
from typing import Any  # what a template is given

from django.template import Context, Template, Variable, VariableDoesNotExist
from django.template.base import FilterExpression, Node, NodeList, TextNode, VariableNode, render_value_in_context
from django.template.defaulttags import ForNode, IfNode, TemplateLiteral, URLNode
from django.template.loaders import cached
from django.templatetags.i18n import TranslateNode
from django.templatetags.static import StaticNode
from django.utils.safestring import SafeString
from django.utils.translation import get_language


class Loader(cached.Loader):
    """Django's cached loader; each template is folded when it is read, before any other thread is given it."""

    def __init__(self, engine: Any, loaders: Any) -> None:
        super().__init__(engine, loaders)
        self.folded: set[str] = set()
        self.one_at_a_time = RLock()

    def get_template(self, template_name: str, skip: Any = None) -> Template:
        key = self.cache_key(template_name, skip)
        if key in self.folded:
            return super().get_template(template_name, skip)
        with self.one_at_a_time:
            found = super().get_template(template_name, skip)
            if key not in self.folded:
                fold(found.nodelist)
                self.folded.add(key)
            return found

    def reset(self) -> None:
        self.folded.clear()
        super().reset()


class Fixed(Node):
    """A run of nodes that say the same in every request of one language."""

    child_nodelists = ()

    def __init__(self, nodes: list[Node]) -> None:
        self.nodes = NodeList(nodes)
        self.said: dict[str | None, str] = {}

    def render_annotated(self, context: Context) -> str:
        language = get_language()
        if language not in self.said:
            self.said[language] = str(self.nodes.render(context))
        return self.said[language]

    render = render_annotated


class Quick(Variable):
    """A variable whose usual cases (a dict's entry, an object's attribute) are tried before all others."""

    __slots__ = ()

    def _resolve_lookup(self, context: Any) -> Any:
        first, *rest = self.lookups
        for layer in reversed(context.dicts):
            if first in layer:
                current = layer[first]
                break
        else:
            return super()._resolve_lookup(context)
        for bit in rest:
            if callable(current):
                return super()._resolve_lookup(context)
            kind = type(current)
            if kind is dict and bit in current:
                current = current[bit]
            elif hasattr(kind, "__getitem__") or not hasattr(current, bit):
                return super()._resolve_lookup(context)
            else:
                current = getattr(current, bit)
        return super()._resolve_lookup(context) if callable(current) else current


class Plain(VariableNode):
    """`{{ variable }}` without filters: a string is escaped and said."""

    def render_annotated(self, context: Context) -> str:
        try:
            value = self.filter_expression.var.resolve(context)
        except VariableDoesNotExist:
            return super().render_annotated(context)
        kind = type(value)
        if kind is SafeString:
            return value
        if kind is str and context.autoescape:
            return escape(value)
        return str(render_value_in_context(value, context))


def fold(nodes: NodeList) -> None:
    """Make a list of nodes quick, and every list inside it."""
    for place, node in enumerate(nodes):
        for name in node.child_nodelists:
            inner = getattr(node, name, None)
            if isinstance(inner, NodeList):
                fold(inner)
        if isinstance(node, IfNode):
            for condition, inner in node.conditions_nodelists:
                fold(inner)
                _ease_condition(condition)
        elif isinstance(node, ForNode):
            _ease(node.sequence)
        elif isinstance(node, URLNode):
            for one in (*node.args, *node.kwargs.values()):
                _ease(one)
        elif type(node) is VariableNode:
            _ease(node.filter_expression)
            nodes[place] = _plain(node)
    _join(nodes)


def _plain(node: VariableNode) -> VariableNode:
    if node.filter_expression.filters or not isinstance(node.filter_expression.var, Quick):
        return node
    quick = Plain(node.filter_expression)
    quick.token, quick.origin = node.token, node.origin
    return quick


def _ease_condition(condition: Any) -> None:
    """The two sides of and, or, not, ==, in…, down to what they compare."""
    if isinstance(condition, TemplateLiteral):
        _ease(condition.value)
    for side in (getattr(condition, "first", None), getattr(condition, "second", None)):
        if side is not None:
            _ease_condition(side)


def _ease(expression: FilterExpression) -> None:
    variable = expression.var
    if type(variable) is Variable and variable.lookups is not None and not variable.translate:
        expression.var = Quick(variable.var)


def _join(nodes: NodeList) -> None:
    """Runs of fixed nodes as one; a single text stays as it is."""
    joined: list[Node] = []
    run: list[Node] = []
    for node in [*nodes, None]:
        if node is not None and _is_fixed(node):
            run.append(node)
            continue
        joined += run if all(isinstance(one, TextNode) for one in run) else [Fixed(run)]
        run = []
        if node is not None:
            joined.append(node)
    nodes[:] = joined


def _is_fixed(node: Node) -> bool:
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
