"""Proofs are about databases, though mostly other processes ask them."""

from tests.concurrency.conftest import databases_beside

__all__ = ["databases_beside"]
