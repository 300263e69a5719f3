"""Alembic's environment, the same for every schema. `upgrade.py` hands over the connection and the schema's name."""

from alembic import context

connection = context.config.attributes["connection"]
schema = context.config.attributes["schema"]

context.configure(
    connection=connection,
    target_metadata=context.config.attributes.get("metadata"),
    version_table_schema=schema,
    include_schemas=True,
    include_name=lambda name, kind, _: kind != "schema" or name == schema,
    compare_type=True,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
