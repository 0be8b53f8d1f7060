"""What the databases are asked, answered once more in plain Python: slow, without an index, and the same wherever it runs."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from stadtplatz.kit import text
from stadtplatz.search.lexicon import PREFIX_TERMS
from stadtplatz.search.matching import Wanted
from stadtplatz.search.models import Document, Term
from stadtplatz.search.narrowing import CHOICES, Narrow
from stadtplatz.search.understanding import Alternative

FIELDS = {"A": "title_tokens", "B": "keyword_tokens", "C": "body_tokens"}


@dataclass
class PlainTown:
    """All public documents and all words, held in memory."""

    documents: list[Document]
    terms: list[Term]

    @classmethod
    def read(cls) -> "PlainTown":
        return cls([row for row in Document.objects.order_by("pk") if row.public], list(Term.objects.order_by("pk")))

    def candidates(
        self, wanted: Sequence[Wanted], *, kinds: Sequence[str] | None, limit: int, among: str, narrow: Narrow
    ) -> list[tuple[str, str]]:
        """Kind and key of what `matching.candidates` must find, in its order."""
        found = [
            row
            for row in self.documents
            if answers(row, wanted, among or "ABC") and (not kinds or row.kind in kinds) and is_left(row, narrow)
        ]
        found.sort(key=lambda row: (-row.weight, row.title_length, row.tie))
        return [(row.kind, row.key) for row in found[:limit]]

    def tally(self, wanted: Sequence[Wanted], *, kinds: Sequence[str] | None, narrow: Narrow):
        """What `matching.tally` must count: by kind, and under each choice."""
        found = [row for row in self.documents if answers(row, wanted, "ABC")]
        by_kind = Counter(row.kind for row in found if is_left(row, narrow))
        of_kind = [row for row in found if not kinds or row.kind in kinds]
        return by_kind, {
            name: Counter(
                getattr(row, name) for row in of_kind if getattr(row, name) and is_left(row, narrow, besides=name)
            )
            for name in CHOICES
        }

    def count(self, stems: set[str]) -> dict[str, int]:
        """In how many documents each stem occurs, summed over its words."""
        counts: Counter[str] = Counter()
        for term in self.terms:
            if term.stem in stems:
                counts[term.stem] += term.documents
        return counts

    def beginning_with(self, folded: str) -> list[str]:
        """The most frequent words that begin so."""
        found = [term for term in self.terms if term.word.startswith(folded)]
        found.sort(key=lambda term: (-term.documents, term.word.encode()))
        return [term.word for term in found[:PREFIX_TERMS]]

    def words(self) -> dict[str, int]:
        """Each word that public documents hold, whole or as a part, and in how many."""
        counts: Counter[str] = Counter()
        for row in self.documents:
            held: set[str] = set()
            for field in (row.title, row.keywords, row.body):
                for word in text.read_words(field):
                    if not word.is_stop and len(word.folded) <= 64:
                        held.update((word.folded, *word.parts))
            counts.update(held)
        return counts


def answers(row: Document, wanted: Sequence[Wanted], among: str) -> bool:
    """Whether the document has, in one of the columns, what one of the `wanted` asks of each word."""
    columns = [set(getattr(row, FIELDS[letter]).split()) for letter in among]
    tokens = set().union(*columns)

    def has(choice: Alternative) -> bool:
        return all(tokens & {stem, f"={stem}", f"~{stem}"} for stem in choice.stems)

    return any(all(any(has(choice) for choice in group) for group in groups) for groups in wanted)


def is_left(row: Document, narrow: Narrow, besides: str = "") -> bool:
    """Whether the document is left when narrowed so; the choice named `besides` is not asked."""
    return (
        all(
            not (chosen := getattr(narrow, name)) or getattr(row, name) == chosen for name in CHOICES if name != besides
        )
        and (row.ready or not narrow.ready)
        and (narrow.among is None or row.shop in narrow.among)
        and (narrow.price_from is None or (row.price is not None and row.price >= narrow.price_from))
        and (narrow.price_to is None or (row.price is not None and row.price <= narrow.price_to))
    )
