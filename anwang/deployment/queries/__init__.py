"""What pages ask this room."""

from .board import Board, Cell, Row, Stated, Total, board, counties, standing_of
from .posts import (
    PostsLine,
    PostsPage,
    ministry_units,
    posts_approved,
    posts_page,
    posts_requests,
    requests_that_changed,
)

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
    "posts_approved",
    "posts_page",
    "posts_requests",
    "requests_that_changed",
    "standing_of",
]
