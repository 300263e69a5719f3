"""How long the texts of a story may be, in characters."""

LONGEST_TITLE = 150
LONGEST_SAPO = 400
LONGEST_BODY = 12_000
LONGEST_ACTIVITY_TITLE = 200
