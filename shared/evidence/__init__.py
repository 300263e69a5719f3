"""Files people bring as evidence: nothing is kept as it came, only what was made from it at arm's length."""
