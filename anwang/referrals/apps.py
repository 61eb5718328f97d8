from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "anwang.referrals"
    label = "referrals"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Notices follow the days that are heard on her case."""
        from anwang.matters import hearing

        from .actions.days import hear

        hearing.listen(hear)
