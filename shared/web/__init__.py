"""What every page shares: look, words, figures and pictures."""
