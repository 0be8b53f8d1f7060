"""What the pages of orders, of asked prices and of things put aside show, worked out before the template."""
