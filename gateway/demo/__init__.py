"""The demonstration: sample people, sample nominations, and one nomination driven through by the public doors."""
