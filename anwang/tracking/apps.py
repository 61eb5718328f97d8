from django.apps import AppConfig


class TrackingConfig(AppConfig):
    name = "anwang.tracking"
    label = "tracking"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have a say in rulings on decisions that come from minutes."""
        from anwang.conferences import hearing

        from .actions.ruling import follow, refuse

        hearing.listen(to_refuse=refuse, to_follow=follow)
