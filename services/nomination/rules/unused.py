"""How long files stay that no dossier needs any more."""

from datetime import date, timedelta

KEPT = timedelta(days=30)  # a phone may send what it wrote without a network so much later


def kept_since(day: date) -> date:
    """What was brought or given up before this day is forgotten."""
    return day - KEPT
