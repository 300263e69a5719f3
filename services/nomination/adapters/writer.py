"""The one writer of this process: requests that arrive together share a transaction."""

from shared.database import engine_of
from shared.group_commit import GroupCommit

writer = GroupCommit(lambda: engine_of("nomination"))
