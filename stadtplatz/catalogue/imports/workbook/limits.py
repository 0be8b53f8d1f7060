"""What a workbook may be."""


class TooMuch(Exception):
    """It unpacks to more than we read."""
