"""The JSON API for programs: nominations and photos one by one, imports of many."""
