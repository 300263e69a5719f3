"""What publishing is asked. Reads only."""
