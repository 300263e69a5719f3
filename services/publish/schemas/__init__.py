"""Shapes at the edge: the API's requests and answers, typed boxes of forms, what templates are given, the words."""
