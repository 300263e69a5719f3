"""What may be done with stories and activities: one function for each step. None commits."""
