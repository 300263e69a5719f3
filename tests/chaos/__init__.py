"""Everything is killed again and again while nominations come in; then each of them is looked for, id by id."""
