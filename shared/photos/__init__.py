"""Photos people send, decoded at arm's length and stored without what they did not mean to tell."""
