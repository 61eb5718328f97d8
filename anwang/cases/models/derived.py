"""Generated columns on tables whose writer may not read them."""

from typing import Any

from django.db import models


class Derived(models.GeneratedField):
    """A generated column that an INSERT does not read back.

    RETURNING would need the right to read the new row, and whoever opens a case or notes a contact for somebody
    else need not have it.
    """

    db_returning = False

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.GeneratedField", args, kwargs
