"""Stadtplatz: the digital town square of a German city."""

__version__ = "0.1.0"
