"""One role more: officers of an authority, who steer the network and read no case."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0005_invited_members_of_the_network"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="appointment",
            name="role_known",
        ),
        migrations.AlterField(
            model_name="appointment",
            name="role",
            field=models.CharField(
                choices=[
                    ("screener", "篩派案人員"),
                    ("screening_supervisor", "篩派案督導"),
                    ("duty_worker", "值班社工"),
                    ("duty_supervisor", "值班督導"),
                    ("investigator", "調查社工"),
                    ("social_worker", "社工"),
                    ("care_visitor", "關懷訪視員"),
                    ("nurse", "公共衛生護理師"),
                    ("supervisor", "督導"),
                    ("chief", "主管"),
                    ("clerk", "收發文人員"),
                    ("ngo_worker", "承辦社工（民間團體）"),
                    ("ngo_supervisor", "督導（民間團體）"),
                    ("administrator", "系統管理"),
                    ("privacy_officer", "個資保護窗口"),
                    ("network_guest", "受邀的網絡成員"),
                    ("officer", "業務承辦人"),
                ],
                max_length=24,
            ),
        ),
        migrations.AddConstraint(
            model_name="appointment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "role__in",
                        [
                            "screener",
                            "screening_supervisor",
                            "duty_worker",
                            "duty_supervisor",
                            "investigator",
                            "social_worker",
                            "care_visitor",
                            "nurse",
                            "supervisor",
                            "chief",
                            "clerk",
                            "ngo_worker",
                            "ngo_supervisor",
                            "administrator",
                            "privacy_officer",
                            "network_guest",
                            "officer",
                        ],
                    )
                ),
                name="role_known",
            ),
        ),
    ]
