"""Vietnamese text as people type it: cleaned, folded for search, sorted, and days of the calendar."""
