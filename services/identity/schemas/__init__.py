"""Shapes of the JSON API, and the words of refusals and roles."""
