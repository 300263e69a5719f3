"""What the pages and the API ask. Reads only, scoped to the asker."""
