from tests.unit.funding.conftest import treasury
from tests.unit.submissions.conftest import office

__all__ = ["office", "treasury"]
