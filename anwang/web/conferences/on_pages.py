"""Meetings on the case page: listed as high risk, rooms, meetings, open decisions, and the ways to begin one."""

from anwang.conferences.queries.risk import ON_CASE_SQL, on_case
from anwang.web.hanging import Part

PARTS = (
    Part(page="case", place="margin", order=60, template="conferences/on_case.html", sql=ON_CASE_SQL, shown=on_case),
)
