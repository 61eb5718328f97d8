"""The writes of this room."""

from .posts import PostsAsked, PostsDecided, ask_posts, decide_posts
from .stating import FigureGiven, Imported, import_table, move_figure, state_figure, withdraw_figure

__all__ = [
    "FigureGiven",
    "Imported",
    "PostsAsked",
    "PostsDecided",
    "ask_posts",
    "decide_posts",
    "import_table",
    "move_figure",
    "state_figure",
    "withdraw_figure",
]
