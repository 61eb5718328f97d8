from django.apps import AppConfig


class TrackingConfig(AppConfig):
    name = "anwang.tracking"
    label = "tracking"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have a say in rulings on decisions that come from minutes; fill in the agenda of the next sitting."""
        from anwang.conferences import hearing
        from anwang.minutes import hearing as sittings

        from .actions.filling import fill_planned
        from .actions.ruling import follow, refuse

        hearing.listen(to_refuse=refuse, to_follow=follow)
        sittings.listen(to_plan=fill_planned)
