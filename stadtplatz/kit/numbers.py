"""Numbers as they stand in addresses and forms, where anybody may write anything."""


def typed_id(text: object) -> int:
    """The id of a row as a form sends it back; 0, which no row has, for everything that can be none.

    `isdigit` alone is no guard: `²` is a digit that `int` refuses, and so are five thousand nines.
    """
    said = str(text)
    return int(said) if said.isascii() and said.isdigit() and len(said) < 18 else 0
