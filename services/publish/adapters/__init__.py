"""The world outside the tables: templates of drafts, files of bulletins and leaflets, the feed."""
