"""The council's pages: the list of cases, and one case with its scores and decision."""
