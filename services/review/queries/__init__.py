"""What review is asked: lists of cases, one case with its scores, and what else is known of its nominee."""
