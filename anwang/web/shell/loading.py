"""The loader of templates: each is made a function when it is read, once in the life of a process."""

from __future__ import annotations

from threading import RLock
from typing import Any  # as Django's loaders are typed

from django.template import Template
from django.template.loaders import cached

from .compiling import compile_nodes


class Loader(cached.Loader):
    """Django's cached loader; a template is compiled before any other thread is given it."""

    def __init__(self, engine: Any, loaders: Any) -> None:
        super().__init__(engine, loaders)
        self.compiled: dict[str, Template] = {}
        self.one_at_a_time = RLock()

    def get_template(self, template_name: str, skip: Any = None) -> Template:
        key = self.cache_key(template_name, skip)
        found = self.compiled.get(key)
        if found is not None:
            return found
        with self.one_at_a_time:
            if key not in self.compiled:
                found = super().get_template(template_name, skip)
                compile_nodes(found.nodelist)
                self.compiled[key] = found
            return self.compiled[key]

    def reset(self) -> None:
        self.compiled.clear()
        super().reset()
