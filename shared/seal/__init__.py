"""One hash chain per commune over an append-only log: sealed in batches, verified whole, heads published outside."""
