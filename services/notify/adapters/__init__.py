"""The outside: letters as text and as mail."""
