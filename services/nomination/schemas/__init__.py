"""Shapes at the edge: the API's requests and answers, the words for refusals, what the templates are given."""
