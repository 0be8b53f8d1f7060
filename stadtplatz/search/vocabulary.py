"""The words of the index: counted apart from the pushing, so that a shop saving an offer never waits for another one's words."""

from collections import Counter

from django.db import transaction
from django.db.models import F

from stadtplatz.kit import text
from stadtplatz.search import indexing
from stadtplatz.search.models import Document, State, Term, Trigram

BATCH = 500
LONGEST = 64


def learn() -> int:
    """Read the documents not yet learned, batch by batch; returns how many."""
    total = 0
    while count := _learn_batch():
        total += count
    return total


def rebuild() -> int:
    """Make the tokens of every document anew with the present analyser, then learn the words."""
    total, last = 0, 0
    while rows := list(Document.objects.filter(id__gt=last, withdrawn=False).order_by("id")[:BATCH]):
        total, last = total + len(rows), rows[-1].id
        for row in rows:
            indexing.analyse(row)
        with transaction.atomic():
            Document.objects.bulk_update(rows, indexing.TOKEN_FIELDS)
    learn()
    State.objects.update_or_create(pk=1, defaults={"analyser": text.VERSION})
    return total


def is_stale() -> bool:
    """Whether the tokens were made by another analyser than the present one."""
    state = State.objects.filter(pk=1).first()
    return state is not None and bool(state.analyser) and state.analyser != text.VERSION


@transaction.atomic
def _learn_batch() -> int:
    rows = list(Document.objects.filter(learned=False).order_by("id")[:BATCH])
    if not rows:
        return 0
    change: Counter[str] = Counter()
    written: dict[str, str] = {}
    for row in rows:
        words = _words_of(row, written) if row.public else set()
        before = set(row.learned_words.split())
        change.update(words - before)
        change.subtract(before - words)
        row.learned, row.learned_words = True, " ".join(sorted(words))
    _count({word: by for word, by in change.items() if by}, written)
    gone = [row.pk for row in rows if row.withdrawn]
    Document.objects.filter(pk__in=gone).delete()
    Document.objects.bulk_update(
        [row for row in rows if not row.withdrawn], ["learned", "learned_words"], batch_size=200
    )
    _remember_size()
    return len(rows)


def _words_of(row: Document, written: dict[str, str]) -> set[str]:
    """The folded words of a document and of its compounds' parts; `written` learns how they are spelled."""
    found: set[str] = set()
    for field in (row.title, row.keywords, row.body):
        forms = text.written_forms(field)
        for word in text.read_words(field):
            if word.is_stop or len(word.folded) > LONGEST:
                continue
            found.add(word.folded)
            written.setdefault(word.folded, forms.get(word.folded, word.written))
            for part in word.parts:
                found.add(part)
                written.setdefault(part, forms.get(part, text.written_part(part)))
    return found


def _count(change: dict[str, int], written: dict[str, str]) -> None:
    """Add to the terms' counts; new words get their trigrams, words in no document are forgotten."""
    words = sorted(change)
    known: set[str] = set()
    for start in range(0, len(words), BATCH):
        part = words[start : start + BATCH]
        known.update(Term.objects.filter(word__in=part).values_list("word", flat=True))
    _add_terms([word for word in words if word not in known], written)
    by_change: dict[int, list[str]] = {}
    for word in words:
        by_change.setdefault(change[word], []).append(word)
    for by, same in sorted(by_change.items()):
        for start in range(0, len(same), BATCH):
            Term.objects.filter(word__in=same[start : start + BATCH]).update(documents=F("documents") + by)
    if any(by < 0 for by in change.values()):
        Term.objects.filter(documents__lte=0).delete()


def _add_terms(words: list[str], written: dict[str, str]) -> None:
    rows = [
        Term(word=word, stem=text.stem(word)[:LONGEST], written=written.get(word, word)[:LONGEST]) for word in words
    ]
    Term.objects.bulk_create(rows, ignore_conflicts=True, batch_size=BATCH)
    ids: dict[str, int] = {}
    for start in range(0, len(words), BATCH):
        ids.update(Term.objects.filter(word__in=words[start : start + BATCH]).values_list("word", "id"))
    grams = [
        Trigram(gram=gram, length=len(word), term_id=ids[word])
        for word in words
        if word.isalpha() and len(word) >= 4
        for gram in sorted(text.trigrams(word))
    ]
    Trigram.objects.bulk_create(grams, batch_size=BATCH)


def _remember_size() -> None:
    count = Document.objects.filter(public=True).count()
    if not State.objects.filter(pk=1).update(documents=count):
        State.objects.create(pk=1, documents=count, analyser=text.VERSION)
