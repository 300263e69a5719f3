"""Review: cases before the council, scores, decisions, and what the clerk makes of a recognised model."""
