"""Those who steer, on 20 April 2026."""

import pytest

from tests.unit.steering.net import NOW, Net, build_net


@pytest.fixture
def net(db: None, at) -> Net:  # type: ignore[no-untyped-def]
    at(NOW)
    return Net(build_net())
