"""What pages ask this room."""

from .board import Board, Cell, Row, Stated, Total, board, counties, standing_of
from .posts import PostsLine, PostsPage, ministry_units, posts_page, posts_requests

__all__ = [
    "Board",
    "Cell",
    "PostsLine",
    "PostsPage",
    "Row",
    "Stated",
    "Total",
    "board",
    "counties",
    "ministry_units",
    "posts_page",
    "posts_requests",
    "standing_of",
]
