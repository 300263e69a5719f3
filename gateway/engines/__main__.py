"""The engines alone: `python -m gateway.engines VAR [--until-eof]`, ended by SIGTERM or Ctrl-C."""

import sys
from pathlib import Path

from gateway.engines.account import NoAccountError
from gateway.engines.embedded import prepare
from gateway.supervisor.arbiter import StartFailedError, supervise
from gateway.supervisor.instance import AlreadyRunningError, NotOursError, hold
from gateway.supervisor.preload import preload

START_WITHIN_S = 100.0


def main(var: Path, *, until_eof: bool) -> int:
    try:
        with hold(var.resolve()) as held:
            engines = prepare(held.var)
            preload(["psycopg", "redis"])
            until = sys.stdin.fileno() if until_eof else None
            return supervise(engines.processes, held=held, until=until, start_within_s=START_WITHIN_S)
    except AlreadyRunningError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    except (NoAccountError, NotOursError, StartFailedError) as error:
        sys.stderr.write(f"{error}\n")
        return 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), until_eof="--until-eof" in sys.argv[2:]))
