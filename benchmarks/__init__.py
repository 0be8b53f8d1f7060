"""Repeatable measurements. Each module has `main()` and prints its figures with median and spread."""
