"""Where each course stands, on the case page and the family page."""

from anwang.followups.queries import HUNG_SQL, on_case
from anwang.web.hanging import Part

PARTS = (
    Part(page="case", place="text", order=50, template="followups/on_page.html", sql=HUNG_SQL, shown=on_case),
    Part(page="family", place="text", order=50, template="followups/on_page.html", sql=HUNG_SQL, shown=on_case),
)
