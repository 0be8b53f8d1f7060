"""Numbers that notice a slip of the pen, and codes nobody guesses."""

import string

from hypothesis import given
from hypothesis import strategies as st

from stadtplatz.kit import codes

prefixes = st.sampled_from(string.ascii_uppercase)
bodies = st.text(codes.ALPHABET, min_size=6, max_size=6)


def number(prefix: str, body: str) -> str:
    return prefix + body + codes.check_sign(prefix + body)


@given(prefixes, bodies, st.integers(1, 7), st.sampled_from(codes.ALPHABET))
def test_every_single_wrong_sign_is_noticed(prefix, body, place, wrong):
    right = number(prefix, body)
    slip = right[:place] + wrong + right[place + 1 :]
    assert (codes.read_number(slip) is None) == (slip != right)


@given(prefixes, bodies)
def test_every_swap_of_two_neighbours_is_noticed(prefix, body):
    right = number(prefix, body)
    for place in range(1, 7):
        swapped = right[:place] + right[place + 1] + right[place] + right[place + 2 :]
        assert (codes.read_number(swapped) is None) == (swapped != right)


@given(bodies)
def test_a_wrong_kind_of_errand_is_noticed(body):
    """Kinds in use differ in value, so that the letter counts."""
    assert codes.read_number("B" + number("A", body)[1:]) is None


@given(prefixes)
def test_a_number_is_read_however_it_is_typed(prefix):
    fresh = codes.new_number(prefix)
    for typed in (
        fresh,
        fresh.lower(),
        fresh.replace("-", " "),
        fresh.replace("-", ""),
        f" {fresh} ",
        fresh.replace("-", "–"),
    ):
        assert codes.read_number(typed) == fresh


def test_nonsense_is_no_number():
    for typed in ("", "A", "A-000-0000", "A-4K7-MX2", "4K7-MX2P-A", "' OR 1=1", "A-4K7-MX2PP"):
        assert codes.read_number(typed) is None


def test_no_sign_can_be_taken_for_another():
    assert not set("01OIL") & set(codes.ALPHABET)
    assert len(codes.ALPHABET) == 31
    assert codes.ALPHABET.upper() == codes.ALPHABET


def test_codes_and_secrets_are_long_and_different():
    assert len({codes.new_typed_code() for _ in range(2000)}) == 2000
    assert {len(codes.new_typed_code()) for _ in range(50)} == {10}
    assert len({codes.new_secret() for _ in range(2000)}) == 2000
    assert all(len(codes.new_secret()) == 22 for _ in range(50))
    assert codes.read_typed_code("abcde fghjk") == "ABCDEFGHJK"
    assert codes.spelled_code("ABCDEFGHJK") == "ABCDE FGHJK"
