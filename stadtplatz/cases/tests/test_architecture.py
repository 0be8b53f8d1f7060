"""No code but `advance` (with the opening beside it, and the taking over from other systems) writes the state of a case."""

import ast
from pathlib import Path

import stadtplatz

ROOT = Path(stadtplatz.__file__).parent
ALLOWED = {ROOT / "cases/actions/moving.py", ROOT / "cases/actions/importing.py"}
"""Where cases move, and where finished ones of another system are taken over with the state they had there."""

WRITERS = {"update", "create", "bulk_create", "get_or_create", "update_or_create", "Case"}


def test_only_advance_writes_the_state_of_a_case():
    sources = [p for p in ROOT.rglob("*.py") if not {"migrations", "tests"} & set(p.parts) and p not in ALLOWED]
    found = [f"{path.relative_to(ROOT)}:{line}" for path in sources for line in writes_of_state(path)]
    assert found == []


def test_the_search_for_writers_finds_them():
    tree = ast.parse(
        "case.state = 1\nticket.case.state = 2\nCase.objects.filter(pk=1).update(state='x')\nshop.state = 3"
    )
    assert sorted(lines(tree)) == [1, 2, 3]


def writes_of_state(path):
    return lines(ast.parse(path.read_text()))


def lines(tree):
    for node in ast.walk(tree):
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        for target in targets:
            for leaf in ast.walk(target) if isinstance(target, ast.AST) else []:
                if isinstance(leaf, ast.Attribute) and leaf.attr in {"state", "state_since"} and is_case(leaf.value):
                    yield leaf.lineno
        if isinstance(node, ast.Call) and writes(node.func) and any(word.arg == "state" for word in node.keywords):
            yield node.lineno


def is_case(node):
    return ast.unparse(node).lower().split(".")[-1] in {"case", "case_row"}


def writes(function):
    text = ast.unparse(function)
    return text.split(".")[-1].split("(")[0] in WRITERS and (
        "Case.objects" in text or text == "Case" or ".case" in text
    )
