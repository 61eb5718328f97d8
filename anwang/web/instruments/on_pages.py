"""Filled forms on the case page and on the family page."""

from anwang.instruments.queries import CASE_SQL, FAMILY_SQL, on_page
from anwang.web.hanging import Part

PARTS = (
    Part(page="family", place="text", order=20, template="instruments/on_page.html", sql=FAMILY_SQL, shown=on_page),
    Part(page="case", place="text", order=20, template="instruments/on_page.html", sql=CASE_SQL, shown=on_page),
)
