"""`{% veil %}`: what covers a page that nobody sits at; nothing before log-in."""

from typing import Any

from django import template
from django.conf import settings
from django.template.context import Context

register = template.Library()


@register.inclusion_tag("shell/parts/veil.html", takes_context=True)
def veil(context: Context) -> dict[str, Any]:
    """The cover, shut until the page's own clock opens it."""
    viewer = getattr(context.get("request"), "viewer", None)
    return {"viewer": viewer, "minutes": settings.ANWANG_VEIL_MINUTES, "csrf_token": context.get("csrf_token")}
