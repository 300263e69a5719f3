"""Owns what is known about the plan's progress. Everything here is learned from events and can be rebuilt from them."""
