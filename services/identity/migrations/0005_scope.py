"""PostgreSQL shows a transaction its asker's own account, and the people and offices of the units in its scope."""

from alembic import op

from shared.migrations.scoping import follows, own, scoped, unscoped, within

revision = "0005"
down_revision = "0001"
branch_labels = None
depends_on = None

TABLES = ("person", "credential", "session", "api_token", "login_attempt", "office")


def upgrade() -> None:
    op.execute(scoped("identity.office", f"{own()} OR {within()}"))
    op.execute(
        scoped("identity.person", f"{own('id')} OR {follows('identity.office', 'office.person_id = person.id')}")
    )
    op.execute(scoped("identity.credential", own()))
    op.execute(scoped("identity.session", own()))
    op.execute(
        scoped(
            "identity.api_token",
            follows("identity.office", f"office.id = api_token.office_id AND {own('office.person_id')}"),
        )
    )
    op.execute(scoped("identity.login_attempt", "false"))
    # A view looks with the rights of its owner unless it is told to look with those of whoever asks.
    op.execute("ALTER VIEW identity.office_in_force SET (security_invoker = true)")


def downgrade() -> None:
    op.execute("ALTER VIEW identity.office_in_force SET (security_invoker = false)")
    op.execute(unscoped(*(f"identity.{table}" for table in TABLES)))
