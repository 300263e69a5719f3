"""The law: pure."""
