from django.apps import AppConfig


class FollowupsConfig(AppConfig):
    name = "anwang.followups"
    label = "followups"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Courses begin, count and end with what happens to their cases."""
        from anwang.matters import hearing

        from .actions.hearing import hear

        hearing.listen(hear)
