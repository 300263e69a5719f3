"""Tells people: the inbox, the mail, and the proof of both."""
