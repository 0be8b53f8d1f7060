"""The index: what can be found, and the words it is found by."""

from django.db import models


class Document(models.Model):
    """Something that can be found, pushed here by the domain that owns it. Tokens are made by `kit.text`.

    A withdrawn document keeps only the words that must still be discounted; the next `learn` removes it.
    """

    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=80)
    public = models.BooleanField(default=True)
    withdrawn = models.BooleanField(default=False)
    learned = models.BooleanField(default=False)
    weight = models.FloatField(default=1.0)
    title_length = models.PositiveSmallIntegerField(default=0)
    tie = models.BigIntegerField()
    """A number made from kind and key: the last word on order, the same on every database."""
    fresh_day = models.PositiveIntegerField()
    """The day it was last touched, counted from the year 1, so that both databases hand over the same number."""
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    title = models.CharField(max_length=300)
    folded = models.CharField(max_length=300)
    title_tokens = models.TextField(blank=True)
    keyword_tokens = models.TextField(blank=True)
    body_tokens = models.TextField(blank=True)
    url = models.CharField(max_length=500, blank=True)
    payload = models.JSONField(default=dict)
    keywords = models.TextField(blank=True)
    body = models.TextField(blank=True)
    learned_words = models.TextField(blank=True)
    shop = models.CharField(max_length=80, blank=True)
    """What results can be narrowed down by; `shop` is the slug of who offers it, the others the names or codes of the owning domain."""
    category = models.CharField(max_length=80, blank=True)
    district = models.CharField(max_length=120, blank=True)
    label = models.CharField(max_length=20, blank=True)
    """What may be said of it because it was proved, such as `organic`."""
    ready = models.BooleanField(default=True)
    """Whether it can be had at once: nothing that is made first, and nothing that is only shown."""
    price = models.IntegerField(null=True)
    """Cents, gross."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="one_document_per_thing")]
        indexes = [models.Index(fields=["id"], condition=models.Q(learned=False), name="search_to_learn")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}: {self.title}"


class Term(models.Model):
    """A word that occurs in public documents, whole or as part of a compound, and in how many."""

    word = models.CharField(max_length=64, unique=True)
    """Folded; compared byte by byte, so that prefixes are ranges on every database."""
    stem = models.CharField(max_length=64, db_index=True)
    written = models.CharField(max_length=64)
    """As people write it, with umlauts, for showing."""
    documents = models.IntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.written} ({self.documents})"


class Trigram(models.Model):
    """Three signs of a term, for finding what somebody meant to type."""

    gram = models.CharField(max_length=3)
    length = models.PositiveSmallIntegerField()
    term = models.ForeignKey(Term, on_delete=models.CASCADE)

    class Meta:
        indexes = [models.Index(fields=["gram", "length", "term"], name="search_gram")]

    def __str__(self) -> str:
        return f"{self.gram} in {self.term_id}"


class State(models.Model):
    """One row: which analyser made the tokens, and how many documents the words were counted in."""

    analyser = models.CharField(max_length=60, blank=True)
    documents = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.analyser}: {self.documents}"


class Source(models.Model):
    """Which make-up the documents of one domain have: with another one (after an update) the domain pushes them all anew."""

    name = models.CharField(max_length=40, unique=True)
    made_as = models.CharField(max_length=60)

    def __str__(self) -> str:
        return f"{self.name}: {self.made_as}"


class Synonym(models.Model):
    """Words that mean the same (`Semmel = Brötchen`), or one way (`Orangen < Zitrusfrucht`), beside those shipped as a file."""

    line = models.CharField(max_length=300, unique=True)

    def __str__(self) -> str:
        return self.line


class EmptySearch(models.Model):
    """How often a text found nothing on a day; nothing about who typed it. Deleted after 90 days.

    `text` is empty until it was typed on three different days: until then only `mark` stands here, made from the text with our secret key, which
    tells that it is the same text again, not which. Both are empty for all texts that are only counted.
    """

    text = models.CharField(max_length=80, blank=True)
    mark = models.CharField(max_length=32, blank=True)
    day = models.DateField(db_index=True)
    count = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mark", "day"], name="one_empty_mark_per_day")]

    def __str__(self) -> str:
        return f"{self.text or '…'} ({self.count})"
