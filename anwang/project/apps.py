"""Start-up of the whole: system checks, and the clock of a demonstration."""

from __future__ import annotations

from django.apps import AppConfig
from django.conf import settings


class ProjectConfig(AppConfig):
    name = "anwang.project"
    label = "project"

    def ready(self) -> None:
        """Register the checks and set a demonstration's clock in every process."""
        from anwang.project import checks, demonstration  # noqa: F401 - importing registers

        if settings.DEMO:
            demonstration.apply_clock(settings.DATA)
