#!/bin/sh
# Runs once, when PostgreSQL's volume is empty: makes the role that owns the database, and the database.
# The role may make the services' roles, and is no superuser.
set -eu

psql --set=ON_ERROR_STOP=1 --username="$POSTGRES_USER" --dbname=postgres <<'SQL'
\set password `cat /run/secrets/postgres_owner`
CREATE ROLE guongsang LOGIN CREATEROLE PASSWORD :'password';
GRANT pg_monitor, pg_signal_backend TO guongsang;
ALTER ROLE guongsang SET createrole_self_grant = 'set, inherit';
CREATE DATABASE guongsang OWNER guongsang;
SQL
