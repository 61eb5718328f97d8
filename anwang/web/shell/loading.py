"""The loader of templates: each is made a function when it is read, once in the life of a process."""

from __future__ import annotations

from collections.abc import Sequence
from threading import RLock
from typing import Any  # as Django's loaders are typed

from django.template import Template, TemplateDoesNotExist
from django.template.base import Node
from django.template.loaders import cached

from .compiling import compile_nodes, written_out


class Loader(cached.Loader):
    """Django's cached loader; a template is compiled before any other thread is given it."""

    def __init__(self, engine: Any, loaders: Any) -> None:
        super().__init__(engine, loaders)
        self.compiled: dict[str, Template] = {}
        self.being_read: set[str] = set()
        self.one_at_a_time = RLock()

    def get_template(self, template_name: str, skip: Any = None) -> Template:
        key = self.cache_key(template_name, skip)
        found = self.compiled.get(key)
        if found is not None:
            return found
        with self.one_at_a_time:
            if key not in self.compiled:
                found = super().get_template(template_name, skip)
                self.being_read.add(template_name)
                try:
                    compile_nodes(found.nodelist, self.included)
                finally:
                    self.being_read.discard(template_name)
                self.compiled[key] = found
            return self.compiled[key]

    def included(self, template_name: str) -> Sequence[Node] | None:
        """The nodes of a template that another includes, to be written out there; None: only while the page is made.

        One that includes itself, however far round, and one that does not exist, are left to that moment.
        """
        if template_name in self.being_read:
            return None
        try:
            return written_out(self.get_template(template_name).nodelist)
        except TemplateDoesNotExist:
            return None

    def reset(self) -> None:
        self.compiled.clear()
        super().reset()
