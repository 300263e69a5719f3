"""What each process of the embedded run does. A module each, so that a child loads what it needs and no more."""
