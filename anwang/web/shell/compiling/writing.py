"""Nodes as lines of one function."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.template import Context
from django.template.base import Node, TextNode, VariableNode
from django.template.defaulttags import ForNode, IfNode, URLNode, WithNode
from django.template.loader_tags import IncludeNode, construct_relative_path
from django.templatetags.i18n import BlockTranslateNode
from django.utils.translation import get_language

from anwang.web.shell.unchanging import Unchanging, spoken

from .reading import Read, set_in, takes_one_value
from .values import Values

Run = Callable[[Context, Callable[[str], None]], None]


class Writer(Values):
    """Writes one function, line by line."""

    def __init__(self, nodes: Sequence[Node], read: Read) -> None:
        super().__init__(set_in(nodes))
        self.read = read
        self.within: list[str] = []
        self.spoken: list[Unchanging] = []
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
        elif type(node) is URLNode and takes_one_value(node):
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
        if inner is not None and not set_in(inner) & self.scope.keys():
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
        self.set_by_tags |= set_in(inner)
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
