"""The world outside: the folder of photos, the list of holidays."""
