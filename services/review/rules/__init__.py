"""What the council and the chair may do: pure functions of plain values."""
