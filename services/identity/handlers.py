"""What identity hears from others: nothing. Its ear is there because every service has one."""

from shared.bus.ear import Ear

ear = Ear("identity")
