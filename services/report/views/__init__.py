"""What report's pages show: one frozen type per page, made from queries and rules."""
