"""The trail is append-only, and its chain finds what somebody changed behind the database's back."""

import threading

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from typer.testing import CliRunner

from gateway.cli.main import app
from shared.audit.entry import NOBODY, Action, Entry, Thing
from shared.audit.note import note
from shared.audit.trail import TRAIL
from shared.database import engine_of, transaction
from shared.ids import new_id
from shared.plan.shelf import shelf
from shared.seal.chain import GENESIS, seal, standing, verify
from shared.seal.heads import publish_heads, published_heads
from shared.settings import settings


@pytest.fixture
def unit_id(installation):
    return next(iter(shelf().values())).unit.id


@pytest.fixture
def look(database, unit_id):
    """Notes so many looks, each at another thing, as a service does."""

    def looked(count=1, service="review"):
        for _ in range(count):
            with transaction(engine_of(service)) as session:
                thing = Thing("case", str(new_id()), "DC-2025-0147")
                note(session, Entry(action=Action.OPENED, actor=NOBODY, thing=thing, unit_id=unit_id))

    return looked


@pytest.fixture
def sealed(database, look):
    """Twelve entries, sealed in three batches with their heads published; the folder of heads."""
    folder = settings().var_dir / "chain"
    (folder / "heads.jsonl").unlink(missing_ok=True)
    for _ in range(3):
        look(4)
        publish_heads(seal(database, TRAIL), folder)
    return folder


@pytest.fixture
def tamper(database):
    """Does what no role of ours may do: changes rows as somebody with the database's own files could."""

    def do(*statements):
        with database.begin() as connection:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            for statement in statements:
                connection.execute(text(statement))

    return do


AT_5 = "(SELECT entry_id FROM audit.seal WHERE number = 5)"
FORMS = {
    "one byte of an entry": (
        [f"UPDATE audit.entry SET object_code = 'DC-2025-0148' WHERE id = {AT_5}"],
        (5, "was changed"),
    ),
    "whose data they were": (
        [f"UPDATE audit.entry SET subjects = ARRAY[gen_random_uuid()] WHERE id = {AT_5}"],
        (5, "was changed"),
    ),
    "when": ([f"UPDATE audit.entry SET at = at + interval '1 microsecond' WHERE id = {AT_5}"], (5, "was changed")),
    "one byte of a seal": (
        ["UPDATE audit.seal SET hash = set_byte(hash, 7, get_byte(hash, 7) # 1) WHERE number = 5"],
        (5, "was changed"),
    ),
    "a deleted entry": ([f"DELETE FROM audit.entry WHERE id = {AT_5}"], (5, "the sealed entry is gone")),
    "an entry deleted with its seal": (
        [f"DELETE FROM audit.entry WHERE id = {AT_5}", "DELETE FROM audit.seal WHERE number = 5"],
        (5, "a seal is missing"),
    ),
    "a cut tail": (
        [
            "DELETE FROM audit.entry WHERE id IN (SELECT entry_id FROM audit.seal WHERE number > 8)",
            "DELETE FROM audit.seal WHERE number > 8",
            "UPDATE audit.head SET number = 8, hash = (SELECT hash FROM audit.seal WHERE number = 8)",
        ],
        (12, "the published head is not in the chain"),
    ),
    "a changed order": (
        [
            "CREATE TEMPORARY TABLE two ON COMMIT DROP AS SELECT * FROM audit.seal WHERE number IN (5, 6)",
            "DELETE FROM audit.seal WHERE number IN (5, 6)",
            "INSERT INTO audit.seal SELECT unit_id, 11 - number, entry_id, hash FROM two",
        ],
        (5, "was changed"),
    ),
    "an entry slipped in": (
        [
            f"CREATE TEMPORARY TABLE forged ON COMMIT DROP AS SELECT * FROM audit.entry WHERE id = {AT_5}",
            "UPDATE forged SET id = gen_random_uuid()",
            "INSERT INTO audit.entry SELECT * FROM forged",
        ],
        (0, "1 entries are neither sealed nor waiting"),
    ),
}


@pytest.mark.parametrize("form", FORMS)
def test_tampering_is_found_where_it_was_done(database, sealed, tamper, form):
    statements, (number, what) = FORMS[form]
    assert verify(database, TRAIL, published_heads(sealed, TRAIL.name)) == []

    tamper(*statements)

    found = verify(database, TRAIL, published_heads(sealed, TRAIL.name))
    assert found[0].number == number
    assert what in found[0].what
    answer = CliRunner().invoke(app, ["audit", "verify"])
    assert (answer.exit_code, f"seal {number}:" in answer.stdout) == (1, True)


def test_an_untouched_trail_verifies_beside_the_events(database, sealed):
    assert [head.number for head in published_heads(sealed, TRAIL.name)] == [4, 8, 12]
    assert published_heads(sealed, "events") == []

    answers = [CliRunner().invoke(app, [log, "verify"]) for log in ("audit", "chain")]

    assert [answer.exit_code for answer in answers] == [0, 0], answers[0].stdout


def test_the_page_sees_a_break_among_the_newest_entries(database, sealed, tamper, unit_id):
    with transaction(engine_of("identity")) as session:
        before = standing(session, TRAIL, unit_id)
    tamper(FORMS["a deleted entry"][0][0])
    with transaction(engine_of("identity")) as session:
        after = standing(session, TRAIL, unit_id)

    assert (before.head.number, before.waiting, before.holds, after.holds) == (12, 0, True, False)


def test_where_nothing_is_sealed_nothing_is_broken(database, look, unit_id):
    look()
    with transaction(engine_of("identity")) as session:
        found = standing(session, TRAIL, unit_id)

    assert (found.head.hash, found.sealed_at, found.waiting, found.holds) == (GENESIS, None, 1, True)


@pytest.mark.parametrize(
    "statement", ["UPDATE audit.entry SET route = ''", "DELETE FROM audit.entry", "TRUNCATE audit.entry"]
)
def test_not_even_the_owner_changes_it(database, look, statement):
    look()
    with pytest.raises(DBAPIError, match="append-only"), database.begin() as connection:
        connection.exec_driver_sql(statement)


@pytest.mark.parametrize("service", ["nomination", "review", "publish", "notify", "report"])
@pytest.mark.parametrize(
    "statement",
    ["SELECT 1 FROM audit.entry", "SELECT 1 FROM audit.seal", "UPDATE audit.entry SET route = ''",
     "DELETE FROM audit.entry", "DELETE FROM audit.unsealed", "SELECT audit.dossiers('{}', '{}', '', '', NULL)"],
)  # fmt: skip
def test_a_service_may_add_to_it_and_nothing_else(database, service, statement):
    with pytest.raises(DBAPIError, match="permission denied"), transaction(engine_of(service)) as session:
        session.connection().exec_driver_sql(statement)


def test_the_reader_may_not_change_it_either(database, look):
    look()
    for statement in ("UPDATE audit.entry SET route = ''", "DELETE FROM audit.entry", "DELETE FROM audit.seal"):
        with pytest.raises(DBAPIError, match="permission denied"), transaction(engine_of("identity")) as session:
            session.connection().exec_driver_sql(statement)


def test_writers_and_sealers_at_once_make_one_chain(database, look, tmp_path):
    found = []
    work = [threading.Thread(target=look, args=(25, service)) for service in ("review", "publish", "notify", "report")]
    work += [threading.Thread(target=lambda: found.extend(seal(database, TRAIL))) for _ in range(4)]

    for thread in work:
        thread.start()
    for thread in work:
        thread.join()
    while heads := seal(database, TRAIL):
        found += heads

    publish_heads(found, tmp_path)
    assert max(head.number for head in found) == 100
    assert verify(database, TRAIL, published_heads(tmp_path, TRAIL.name)) == []


def test_an_entry_goes_with_its_transaction(database, unit_id):
    with pytest.raises(ValueError, match="no"), transaction(engine_of("review")) as session:
        note(session, Entry(action=Action.OPENED, actor=NOBODY, thing=Thing("case", "1"), unit_id=unit_id))
        raise ValueError("no")

    with database.begin() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM audit.entry").scalar_one() == 0
