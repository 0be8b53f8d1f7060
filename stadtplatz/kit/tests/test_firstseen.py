from hypothesis import given
from hypothesis import strategies as st

from stadtplatz.kit.firstseen import FirstSeen


@given(st.lists(st.text(max_size=3), max_size=40))
def test_each_word_keeps_the_number_it_came_with_first(words):
    seen, expected = FirstSeen(), {}
    for number, word in enumerate(words):
        assert seen.note(word, number) == expected.setdefault(word, number)
