"""PostgreSQL shows a transaction its asker's own account, and the people and offices of the units in its scope."""

from alembic import op

from shared.migrations.scoping import follows, own, scoped, unscoped, within

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ALL_PLANS = "(SELECT scope.all_plans())"
#: Whoever sees an office sees what hangs on it: it ends with the office.
OF_OFFICE = ("api_token", "approval_link", "ending")
#: Nobody's but the person's own.
OF_PERSON = ("credential", "card", "totp", "recovery_code", "provider_link", "password_link")
TABLES = (
    "person",
    "office",
    "session",
    "delegation",
    "login_attempt",
    "unit_change",
    "open_work",
    *OF_OFFICE,
    *OF_PERSON,
)


def upgrade() -> None:
    op.execute(scoped("identity.office", f"{own()} OR {within()}"))
    office = follows("identity.office", "office.person_id = person.id")
    op.execute(scoped("identity.person", f"{own('id')} OR {ALL_PLANS} OR {office}"))
    for table in OF_OFFICE:
        op.execute(scoped(f"identity.{table}", follows("identity.office", f"office.id = {table}.office_id")))
    for table in ("session", "delegation"):
        person = "person_id" if table == "session" else "delegate_id"
        office = follows("identity.office", f"office.id = {table}.office_id")
        op.execute(scoped(f"identity.{table}", f"{own(person)} OR {office}"))
    for table in OF_PERSON:
        op.execute(scoped(f"identity.{table}", own()))
    op.execute(scoped("identity.login_attempt", "false"))
    op.execute(scoped("identity.unit_change", ALL_PLANS))
    op.execute(scoped("identity.open_work", within()))
    # A view looks with the rights of its owner unless it is told to look with those of whoever asks.
    op.execute("ALTER VIEW identity.office_in_force SET (security_invoker = true)")
    op.execute("ALTER VIEW identity.delegation_in_force SET (security_invoker = true)")


def downgrade() -> None:
    op.execute("ALTER VIEW identity.delegation_in_force SET (security_invoker = false)")
    op.execute("ALTER VIEW identity.office_in_force SET (security_invoker = false)")
    op.execute(unscoped(*(f"identity.{table}" for table in TABLES)))
