"""What may be done: plans put into force, people enrolled, signed in and out, tokens given and taken back."""
