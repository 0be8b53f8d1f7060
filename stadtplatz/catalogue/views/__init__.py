"""Pages about offers: for everybody and for the team of a shop."""
