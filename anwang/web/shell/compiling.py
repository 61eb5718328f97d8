"""Templates as functions: what Django walks node by node in every request is written out once as Python.

Text, variables with their filters, `if`, `for`, `with`, `include` and `blocktranslate` are written out; every other tag
stays the node it is and is asked as before. What a template says stays the same: wherever a value is not plainly there
(callable, an index, a missing attribute, an error), Django's own way decides (docs/adr/0074).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any  # nodes and what templates are given

from django.template import Context
from django.template.base import FilterExpression, Node, NodeList, TextNode, Variable, VariableNode
from django.template.defaulttags import (
    CycleNode,
    ForNode,
    IfChangedNode,
    IfNode,
    ResetCycleNode,
    TemplateLiteral,
    URLNode,
    WithNode,
)
from django.template.loader_tags import BlockNode, ExtendsNode, IncludeNode, construct_relative_path
from django.templatetags.i18n import BlockTranslateNode
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from .reaching import RUNTIME
from .unchanging import Unchanging, join, spoken

Run = Callable[[Context, Callable[[str], None]], None]
Read = Callable[[str], Sequence[Node] | None]
"""The nodes of an included template that may be written out where it is included; else None."""
SETS = ("asvar", "target_var", "var_name", "variable")
"""Where tags keep the name of a variable that they set."""
REMEMBER = (BlockNode, CycleNode, ExtendsNode, IfChangedNode, ResetCycleNode)
"""Nodes that keep something for the template they stand in: theirs is not written into another."""


def read_nothing(_name: str) -> None:
    """Every included template is asked while the page is made."""


class Compiled(Node):
    """A list of nodes as one function; the nodes stay within reach of those who look for blocks."""

    child_nodelists = ("nodes",)

    def __init__(self, nodes: NodeList, read: Read) -> None:
        self.nodes = NodeList(nodes)
        self.run = _Writer(self.nodes, read).run()

    def render_annotated(self, context: Context) -> SafeString:
        said: list[str] = []
        self.run(context, said.append)
        return SafeString("".join(said))

    render = render_annotated


def compile_nodes(nodes: NodeList, read: Read = read_nothing) -> None:
    """Make a list of nodes one function; first the lists inside those nodes that stay as they are."""
    join(nodes)
    for node in _kept(nodes):
        for name in node.child_nodelists:
            inner = getattr(node, name, None)
            if isinstance(inner, NodeList):
                compile_nodes(inner, read)
    stays = any(isinstance(node, ExtendsNode) for node in nodes)
    if not stays and any(not isinstance(node, (TextNode, Compiled)) for node in nodes):
        nodes[:] = [Compiled(nodes, read)]


def written_out(nodes: NodeList) -> Sequence[Node] | None:
    """The nodes of a compiled template as another template may write them out; None when it may not."""
    found = [one for node in nodes for one in (node.nodes if isinstance(node, Compiled) else [node])]
    return None if any(isinstance(node, REMEMBER) for node in _deep(found)) else found


def _kept(nodes: NodeList) -> Iterator[Node]:
    """The nodes that are not written out, wherever they stand."""
    for node in nodes:
        if isinstance(node, IfNode):
            for _condition, inner in node.conditions_nodelists:
                yield from _kept(inner)
        elif isinstance(node, (ForNode, WithNode)):
            for name in node.child_nodelists:
                yield from _kept(getattr(node, name))
        else:
            yield node


class _Writer:
    """Writes one function, line by line."""

    def __init__(self, nodes: Sequence[Node], read: Read) -> None:
        self.read = read
        self.within: list[str] = []
        self.lines: list[str] = []
        self.depth = 1
        self.count = 0
        self.known: dict[str, Any] = dict(RUNTIME)
        self.scope: dict[str, str] = {}
        self.spoken: list[Unchanging] = []
        self.set_by_tags = _set_in(nodes)
        self.nodes(nodes)

    def run(self) -> Run:
        head = ["def run(context, say):", " dicts, auto = context.dicts, context.autoescape"]
        if self.spoken:
            self.known |= {"spoken": spoken(self.spoken), "get_language": get_language}
            head.append(" words = spoken(get_language(), context)")
        source = "\n".join([*head, *(self.lines or [" pass"])])
        exec(compile(source, "<template>", "exec"), self.known)  # noqa: S102  our own templates, written by ourselves
        found: Run = self.known["run"]
        return found

    # What every line is made of.

    def line(self, text: str) -> None:
        self.lines.append(" " * self.depth + text)

    def name(self, value: Any = None) -> str:
        """A new name; with a value, one that stands for it."""
        self.count += 1
        name = f"n{self.count}"
        if value is not None:
            self.known[name] = value
        return name

    @contextmanager
    def inside(self, text: str, **scope: str) -> Iterator[None]:
        """The lines written meanwhile stand one step deeper."""
        self.line(text)
        before, self.scope, self.depth = self.scope, self.scope | scope, self.depth + 1
        yield
        self.scope, self.depth = before, self.depth - 1

    # Values.

    def plain(self, expression: FilterExpression, missing: str) -> str | None:
        """The value without its filters as Python, LONG where Django must look; None for a constant."""
        variable = expression.var
        if not isinstance(variable, Variable) or variable.lookups is None or variable.translate:
            return None
        first, *bits = variable.lookups
        found = self.scope.get(first) or f"find(dicts, {first!r}, {'MISSING' if bits else missing})"
        if not bits and first in self.scope:
            return f"uncalled({found})"
        for left, bit in enumerate(bits, 1 - len(bits)):
            found = f"bit({found}, {bit!r}, {'MISSING' if left else missing})"
        return found

    def value(self, expression: FilterExpression, ignore: bool = False) -> str:
        """The value with its filters, as a Python expression. Like Django, empty (or None) where there is none."""
        whole, found = self.name(expression), self.name()
        asked = f"{whole}.resolve(context, {ignore})"
        if not expression.is_var and not expression.filters:
            return self.name(expression.var)
        plain = self.plain(expression, "None" if ignore else "''")
        if plain is None:
            return asked
        filtered = found
        for function, arguments in expression.filters:
            filtered = self.filtered(filtered, function, arguments)
        return f"({filtered} if ({found} := {plain}) is not LONG else {asked})"

    def filtered(self, before: str, function: Any, arguments: list[tuple[bool, Any]]) -> str:
        given = [f"{self.name(one)}.resolve(context)" if lookup else self.name(mark_safe(one))  # noqa: S308  words of our own templates
                 for lookup, one in arguments]  # fmt: skip
        value = self.name()
        first = f"{value} := {before}"
        if getattr(function, "expects_localtime", False):
            first = f"{value} := local({before}, context.use_tz)"
        if getattr(function, "needs_autoescape", False):
            given.append("autoescape=auto")
        called = f"{self.name(function)}({', '.join([f'({first})', *given])})"
        return f"keep_safe({called}, {value})" if getattr(function, "is_safe", False) else called

    def condition(self, token: Any) -> str:
        """The truth of an `if`, as Python where it cannot raise; else the token is asked."""
        if isinstance(token, TemplateLiteral):
            if not token.value.filters:
                return self.value(token.value, True)
        elif token.id in ("and", "or") and self.simple(token):
            return f"({self.condition(token.first)} {token.id} {self.condition(token.second)})"
        elif token.id == "not" and self.simple(token):
            return f"(not {self.condition(token.first)})"
        elif token.id in ("==", "!=") and self.simple(token):
            word = "alike" if token.id == "==" else "unlike"
            return f"{word}({self.condition(token.first)}, {self.condition(token.second)})"
        return f"truth({self.name(token)}, context)"

    def simple(self, token: Any) -> bool:
        sides = [side for side in (token.first, token.second) if side is not None]
        return all(not side.value.filters if isinstance(side, TemplateLiteral) else True for side in sides)

    # Nodes.

    def nodes(self, nodes: Sequence[Node]) -> None:
        start = len(self.lines)
        for node in nodes:
            self.node(node)
        if len(self.lines) == start:
            self.line("pass")

    def node(self, node: Node) -> None:
        if isinstance(node, TextNode):
            self.line(f"say({node.s!r})")
        elif isinstance(node, Unchanging):
            self.line(f"say(words[{len(self.spoken)}])")
            self.spoken.append(node)
        elif type(node) is VariableNode:
            self.line(f"say(shown({self.value(node.filter_expression)}, context, auto))")
        elif type(node) is IfNode:
            self.if_node(node)
        elif type(node) is ForNode:
            self.for_node(node)
        elif type(node) is WithNode:
            self.with_node(node)
        elif type(node) is IncludeNode and isinstance(node.template.var, str) and not node.template.filters:
            self.include_node(node)
        elif type(node) is BlockTranslateNode and not (node.asvar or node.message_context):
            self.sentence(node)
        elif type(node) is URLNode and _takes_one_value(node):
            value = f"{self.value(node.args[0], True)}"
            self.line(f"say(address({node.view_name.var!r}, {value}, {self.name(node)}, context))")
        else:
            self.line(f"say({self.name(node)}.render_annotated(context))")

    def if_node(self, node: IfNode) -> None:
        word = "if"
        for condition, inner in node.conditions_nodelists:
            with self.inside(f"{word} {self.condition(condition)}:" if condition is not None else "else:"):
                self.nodes(inner)
            word = "elif"

    def for_node(self, node: ForNode) -> None:
        parent, layer, values, turn, item = (self.name() for _ in range(5))
        self.line(f"{parent}, {layer} = outer_loop(context), ContextDict(context)")
        with self.inside("try:"):
            self.line(f"{values} = sized({self.value(node.sequence, True)})")
            with self.inside(f"if len({values}) < 1:"):
                self.nodes(node.nodelist_empty)
            with self.inside("else:"):
                self.line(f"{layer}['forloop'] = {turn} = {{'parentloop': {parent}}}")
                with self.inside(f"for {item} in turns({values}, {turn}, {node.is_reversed}):"):
                    self.turn(node, layer, item)
        with self.inside("finally:"):
            self.line("context.pop()")

    def turn(self, node: ForNode, layer: str, item: str) -> None:
        if len(node.loopvars) == 1:
            (name,) = node.loopvars
            self.line(f"{layer}[{name!r}] = {item}")
            self.scoped({name: item}, node.nodelist_loop)
            return
        self.line(f"context.update(unpacked({tuple(node.loopvars)!r}, {item}))")
        names = {name: self.name() for name in node.loopvars}
        self.line(f"{', '.join(names.values())} = {item}")
        self.scoped(names, node.nodelist_loop)
        self.line("context.pop()")

    def scoped(self, names: dict[str, str], nodes: Sequence[Node]) -> None:
        """Write nodes for which names are local; one that a tag may set anew is looked for as ever."""
        before = self.scope
        self.scope = before | {name: local for name, local in names.items() if name not in self.set_by_tags}
        for name in names.keys() & self.set_by_tags:
            self.scope.pop(name, None)
        self.nodes(nodes)
        self.scope = before

    def with_node(self, node: WithNode) -> None:
        names = {name: self.name() for name in node.extra_context}
        for name, expression in node.extra_context.items():
            self.line(f"{names[name]} = {self.value(expression)}")
        self.line(f"context.push(**{{{', '.join(f'{name!r}: {local}' for name, local in names.items())}}})")
        with self.inside("try:"):
            self.scoped(names, node.nodelist)
        with self.inside("finally:"):
            self.line("context.pop()")

    def include_node(self, node: IncludeNode) -> None:
        name = construct_relative_path(node.origin.template_name, node.template.var)
        inner = None if name in self.within else self.read(name)
        if inner is not None and not _set_in(inner) & self.scope.keys():
            self.within.append(name)
            self.written(inner, node)
            self.within.pop()
            return
        values = ", ".join(f"{key!r}: {self.value(one)}" for key, one in node.extra_context.items())
        self.line(f"say(included(context, {name!r}, {{{values}}}, {node.isolated_context}))")

    def written(self, inner: Sequence[Node], node: IncludeNode) -> None:
        """The included template in this place, with what it is given."""
        names = {name: self.name() for name in node.extra_context}
        for name, expression in node.extra_context.items():
            self.line(f"{names[name]} = {self.value(expression)}")
        given, outside = ", ".join(f"{name!r}: {local}" for name, local in names.items()), self.name()
        self.set_by_tags |= _set_in(inner)
        if node.isolated_context:
            self.line(f"{outside}, context = context, context.new({{{given}}})")
            self.line("dicts, auto = context.dicts, context.autoescape")
        else:
            self.line(f"context.push(**{{{given}}})")
        with self.inside("try:"):
            self.scope = {} if node.isolated_context else self.scope
            self.scoped(names, inner)
        with self.inside("finally:"):
            if node.isolated_context:
                self.line(f"context, dicts, auto = {outside}, {outside}.dicts, {outside}.autoescape")
            else:
                self.line("context.pop()")

    def sentence(self, node: BlockTranslateNode) -> None:
        """A sentence with values in it; where its translation does not fit, the tag itself says what to do."""
        sentence, names = node.render_token_list(node.singular)
        if not node.plural:
            self.line(f"say(sentence({sentence!r}, {self.values(node, names)}, {self.name(node)}, context))")
            return
        several, others = node.render_token_list(node.plural)
        count = self.name()
        self.line(f"{count} = {self.value(node.counter)}")
        values = self.values(node, [*names, *others], {node.countervar: count})
        self.line(f"say(counted({sentence!r}, {several!r}, {count}, {values}, {self.name(node)}, context))")

    def values(self, node: BlockTranslateNode, names: list[str], local: dict[str, str] | None = None) -> str:
        """What stands in a sentence, by name."""
        values = []
        for name in dict.fromkeys(names):
            given = node.extra_context.get(name)
            found = (local or {}).get(name) or (self.value(given) if given else f"entry(context, {name!r})")
            values.append(f"{name!r}: shown({found}, context, auto)")
        return f"{{{', '.join(values)}}}"


def _deep(nodes: Sequence[Node]) -> Iterator[Node]:
    for node in nodes:
        yield from node.get_nodes_by_type(Node)


def _takes_one_value(node: URLNode) -> bool:
    """Whether an address has a fixed name and one value."""
    name = node.view_name
    return len(node.args) == 1 and not (node.kwargs or node.asvar or name.is_var or name.filters)


def _set_in(nodes: Sequence[Node]) -> set[str]:
    """The names of variables that tags in there set."""
    return {name for node in _deep(nodes) for kept in SETS if isinstance(name := getattr(node, kept, None), str)}
