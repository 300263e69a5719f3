"""Who asks, and whether they may: one table of rights, one function that decides, default deny."""
