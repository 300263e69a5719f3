"""What may be decided without looking anything up."""
