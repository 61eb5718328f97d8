"""Lists of nodes made one function, and which of their nodes stay as they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.template import Context
from django.template.base import Node, NodeList, TextNode
from django.template.defaulttags import CycleNode, ForNode, IfChangedNode, IfNode, ResetCycleNode, WithNode
from django.template.loader_tags import BlockNode, ExtendsNode
from django.utils.safestring import SafeString

from anwang.web.shell.unchanging import join

from .reading import Read, deep
from .writing import Writer

REMEMBER = (BlockNode, CycleNode, ExtendsNode, IfChangedNode, ResetCycleNode)
"""Nodes that keep something for the template they stand in: theirs is not written into another."""


def read_nothing(_name: str) -> None:
    """Every included template is asked while the page is made."""


class Compiled(Node):
    """A list of nodes as one function; the nodes stay within reach of those who look for blocks."""

    child_nodelists = ("nodes",)

    def __init__(self, nodes: NodeList, read: Read) -> None:
        self.nodes = NodeList(nodes)
        self.run = Writer(self.nodes, read).run()

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
    return None if any(isinstance(node, REMEMBER) for node in deep(found)) else found


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
