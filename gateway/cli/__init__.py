"""`guongsang`: the command line for administrators."""
