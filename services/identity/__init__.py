"""Identity owns plans in force, their units, people and their offices, sign-in, and tokens for programs."""
