"""How questions are written and judged; for domains that carry questions in their part of a city pack."""

from stadtplatz.questionnaires.evaluating import Evaluation, evaluate
from stadtplatz.questionnaires.notation import KINDS, NOTATION, faults, schema_of

__all__ = ["KINDS", "NOTATION", "Evaluation", "evaluate", "faults", "schema_of"]
