"""Row level security for a migration: `op.execute(scoped("review.sheet", …))`. Released texts stay as they are.

Each policy asks the transaction's scope through sub-selects, which PostgreSQL evaluates once per statement and not once
per row. The owner of the tables (migrations, the housekeeper) is not bound by them.
"""

EVERYTHING = "(SELECT scope.everything())"
#: Whether the scope takes in all units of its plans: that of an officer, not of one village.
WHOLE_PLANS = "(SELECT scope.all_units())"


def scoped(table: str, sees: str) -> str:
    """Rows for which `sees` is true can be read and written; the machinery reads and writes all.

    Asked without a scope it raises at the first row that it meets; `shared.database` does so before it asks at all.
    """
    return f"""
    ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
    CREATE POLICY scoped ON {table} USING ({EVERYTHING} OR ({sees}));
    """


def shown(table: str, sees: str) -> str:
    """Rows for which `sees` is true can be read by everybody besides."""
    return f"CREATE POLICY shown ON {table} FOR SELECT USING ({sees});"


def unscoped(*tables: str) -> str:
    """Undoes `scoped` and `shown`."""
    return "\n".join(
        f"DROP POLICY scoped ON {table}; DROP POLICY IF EXISTS shown ON {table};"
        f" ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;"
        for table in tables
    )


def within_plan(plan: str = "plan_id") -> str:
    """The row belongs to a plan in the scope, whatever its unit."""
    return f"((SELECT scope.all_plans()) OR {plan} = ANY ((SELECT scope.plans())::text[]))"


def within(plan: str = "plan_id", unit: str = "unit_id") -> str:
    """The row belongs to a plan and to a unit in the scope."""
    return f"({within_plan(plan)} AND ({WHOLE_PLANS} OR {unit} = ANY ((SELECT scope.units())::uuid[])))"


def own(person: str = "person_id") -> str:
    """The row is the asker's own."""
    return f"{person} = (SELECT scope.person())"


def kept(person: str = "person_id") -> str:
    """The row is that of whoever holds the asker's present office."""
    return f"{person} = (SELECT scope.holder())"


def follows(parent: str, on: str) -> str:
    """The row is seen as the one that it belongs to: `follows("review.case", "case.id = sheet.case_id")`."""
    return f"EXISTS (SELECT FROM {parent} WHERE {on})"
