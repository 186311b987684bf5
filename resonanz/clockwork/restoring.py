"""What has to be done after a backup was restored, before anything runs.

    RESTORED.add(10, hold_what_may_have_gone_out)   # hold_what_may_have_gone_out(taken_at)

Between the moment of the backup and the restore the installation went on: what waits in the
backup may have been done since. Each room sees to its own rows, in one transaction for all.
"""

from collections.abc import Callable
from datetime import datetime

from resonanz.plumbing.panels import Place

RESTORED: Place[Callable[[datetime], None]] = Place("after a restore")
