"""Pages: the portal for everybody, the desk for editors, the log of activities."""
