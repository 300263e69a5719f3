"""What publishing allows. Plain values in, a verdict out; no I/O, no clock."""
