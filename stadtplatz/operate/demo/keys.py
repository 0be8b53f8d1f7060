"""What opens every door of the demo."""

PASSWORD = "stadtplatz-demo"  # noqa: S105 - printed on purpose, and only the demo has it
