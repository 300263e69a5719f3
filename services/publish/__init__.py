"""Publish owns stories: drafted from dossiers, approved by an editor, carried to channels, taken back on demand."""
