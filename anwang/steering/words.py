"""The language in which words of the rulebook are wanted."""

from django.utils.translation import get_language


def lang() -> str:
    """zh or en, after the reader's language."""
    return "en" if (get_language() or "").startswith("en") else "zh"
