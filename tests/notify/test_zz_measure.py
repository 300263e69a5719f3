"""Times notify's handlers and mail: run inside pytest with the fixtures of tests/notify."""
import time
from shared.access.principal import Role
from shared.bus.consume import consume
from shared.bus.record import act_as, record
from shared.database import engine_of, transaction
from shared.events.review import CaseRecognised, CaseOpened
from tests.notify.conftest import about_case, mail_all, submitted
from tests.notify.conftest import *  # fixtures

def record_all(engine, plan, events, by):
    with transaction(engine) as session:
        act_as(session, by)
        return [record(session, e, plan) for e in events]

def test_measure(plan, post, office, database, rows):
    from services.notify.handlers import ear
    mail_all()
    noms = [submitted(plan, code=f"DC-{n}") for n in range(500)]
    for name, events in (("submitted", noms), ("opened", [about_case(CaseOpened, n) for n in noms]), ("recognised", [about_case(CaseRecognised, n) for n in noms])):
        ids = record_all(database, plan, events, office[Role.NOMINATOR] if name=="submitted" else office[Role.CHAIR])
        t = time.perf_counter(); c=time.process_time()
        for i in range(0, 500, 100):
            consume(engine_of("notify"), ear, ids[i:i+100])
        d = time.perf_counter() - t
        print(name, f"{d*2:.2f} ms/event wall, {(time.process_time()-c)*2:.2f} ms cpu", rows("SELECT count(*), count(*) FILTER (WHERE mail_state<>'none') FROM notify.message"))
    n = rows("SELECT count(*) FROM bus.effect WHERE settled_at IS NULL")[0][0]
    t = time.perf_counter(); c=time.process_time(); mail_all(); d = time.perf_counter() - t
    print("mail", n, f"{d/n*1000:.2f} ms/mail", f"{(time.process_time()-c)/n*1000:.2f} ms cpu (both sides)", len(post.taken))
