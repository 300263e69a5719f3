"""The steps of a nomination. Each loads, asks the rules, changes and says so; none commits."""
