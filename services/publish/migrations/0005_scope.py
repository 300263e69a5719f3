"""PostgreSQL shows a transaction the stories in its scope, and everybody what is out.

A story carries the day of recognition itself, so that the portal need not look into the dossier.
"""

from alembic import op

from shared.migrations.scoping import follows, scoped, shown, unscoped, within

revision = "0005"
down_revision = "0002"
branch_labels = None
depends_on = None

TABLES = ("story_revision", "publication", "story", "dossier", "activity")
#: Out on a channel at some time; or taken back after it was approved, which its address has to say.
IS_OUT = (
    "(story.public_at IS NOT NULL OR story.introduced_on IS NOT NULL"
    " OR (story.stage = 'withdrawn' AND story.approved_version IS NOT NULL))"
)
IS_SENT = "(publication.sent_version IS NOT NULL OR publication.content <> '')"


def upgrade() -> None:
    op.execute("""
    ALTER TABLE publish.story ADD COLUMN recognised_on date;
    UPDATE publish.story SET recognised_on = dossier.recognised_on
        FROM publish.dossier WHERE dossier.nomination_id = story.nomination_id;
    """)
    staff = within("story.plan_id", "story.unit_id")
    op.execute(scoped("publish.dossier", within()))
    op.execute(scoped("publish.story", within()) + shown("publish.story", IS_OUT))
    op.execute(
        scoped("publish.publication", follows("publish.story", f"story.id = publication.story_id AND {staff}"))
        + shown(
            "publish.publication",
            f"{IS_SENT} AND " + follows("publish.story", f"story.id = publication.story_id AND {IS_OUT}"),
        )
    )
    op.execute(
        scoped("publish.story_revision", follows("publish.story", f"story.id = story_revision.story_id AND {staff}"))
        + shown(
            "publish.story_revision",
            follows(
                "publish.story",
                "story.id = story_revision.story_id AND story.public_version = story_revision.version",
            )
            + " OR "
            + follows(
                "publish.publication",
                "publication.story_id = story_revision.story_id AND publication.sent_version = story_revision.version",
            ),
        )
    )
    op.execute(scoped("publish.activity", within()))


def downgrade() -> None:
    op.execute(unscoped(*(f"publish.{table}" for table in TABLES)))
    op.execute("ALTER TABLE publish.story DROP COLUMN recognised_on")
