from django.apps import AppConfig


class CareConfig(AppConfig):
    name = "anwang.care"
    label = "care"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Registers and emergencies follow what happens to their cases."""
        from anwang.matters import hearing

        from .actions.hearing import hear

        hearing.listen(hear)
