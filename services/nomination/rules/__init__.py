"""What may be submitted, when and by whom. Pure: no I/O, no clock, no framework."""
