"""The plan on the family page and on the case page."""

from anwang.plans.queries import HUNG_SQL, MAY_HANG_SQL, on_case, on_page
from anwang.web.hanging import Part

PARTS = (
    Part(page="family", place="text", order=10, template="plans/on_page.html", sql=HUNG_SQL, shown=on_page),
    Part(page="case", place="text", order=10, template="plans/on_page.html", sql=MAY_HANG_SQL, shown=on_case),
)
