"""The house stays the house: layers, public faces, one writer per table. See docs/architecture.md."""

import ast
import re
import tomllib
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import polib
import pytest
from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from stadtplatz.domains import DOMAINS, LAYERS

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "stadtplatz"
FACE = {"actions", "queries", "rules", "models", "facts", "fields"}
ALSO_ALLOWED = {
    ("audit", "reactions"),
    ("accounts", "visitors"),
    ("cases", "flow"),
    ("audit", "forms"),
    ("moderation", "pages"),
    ("moderation", "owners"),
}
"""Reactions overhear, views ask who visits, kinds of cases write their flow in the words of the engine, and operate shows
audit's page of web hooks, because audit knows no accounts. The views of offers and shops lend their content to the pages of moderation, and
say there who answers for it."""
WRITING = {"create", "update", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "save"}
LAYER_OF = {domain: depth for depth, layer in enumerate(LAYERS) for domain in layer}


def sources(domain: str) -> Iterator[tuple[Path, ast.Module]]:
    """The domain's own modules, without tests and migrations."""
    for path in sorted((PACKAGE / domain).rglob("*.py")):
        if not {"tests", "migrations"} & set(path.relative_to(PACKAGE).parts):
            yield path, ast.parse(path.read_text(encoding="utf-8"))


def imports(tree: ast.Module) -> Iterator[tuple[str, str, int]]:
    """(module, name or "", line) of everything imported from the project."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("stadtplatz"):
            for alias in node.names:
                yield node.module or "", alias.name, node.lineno
        elif isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.startswith("stadtplatz."):
                    yield alias.name, "", node.lineno


def builds_the_demo(path: Path) -> bool:
    """The demo invents a town: its modules may use each other and write what the demo needs."""
    return "demo" in path.relative_to(PACKAGE).with_suffix("").parts


def calls(tree: ast.Module) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def foreign(domain: str, module: str, name: str) -> tuple[str, str] | None:
    """(other domain, its module) if the import crosses a border."""
    parts = [*module.split("."), name]
    if len(parts) < 3 or parts[1] not in LAYER_OF or parts[1] == domain:
        return None
    return parts[1], parts[2]


def test_the_layers_are_the_same_for_python_and_for_the_import_linter():
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0]
    written = [{part.strip() for part in line.split("|")} for line in contract["layers"]]
    built = [{name for name in layer if not name.startswith("(")} for layer in written]
    assert [layer for layer in built if layer] == [set(layer) for layer in LAYERS]
    assert contract["exhaustive"] is True


@pytest.mark.parametrize("domain", DOMAINS)
def test_a_relation_points_to_the_same_domain_or_downwards(domain):
    for model in apps.get_app_config(domain).get_models():
        for field in model._meta.get_fields():
            other = field.related_model if field.concrete else None
            if other and other is not model and other._meta.app_label in LAYER_OF:
                target = other._meta.app_label
                assert target == domain or LAYER_OF[target] > LAYER_OF[domain], f"{model.__name__}.{field.name}"


@pytest.mark.parametrize("domain", DOMAINS)
def test_only_the_public_face_of_another_domain_is_imported(domain):
    wrong = []
    for path, tree in sources(domain):
        for module, name, line in imports(tree):
            other = foreign(domain, module, name)
            if other and builds_the_demo(path) and "demo" in other[1:]:
                continue
            if other and other[0] != "kit" and other[1] not in FACE and other not in ALSO_ALLOWED and other[1]:
                wrong.append(f"{path.relative_to(ROOT)}:{line} {module} {name}")
    assert not wrong


@pytest.mark.parametrize("domain", DOMAINS)
def test_a_foreign_model_is_read_and_never_written(domain):
    wrong = []
    for path, tree in sources(domain):
        if builds_the_demo(path):
            continue
        strangers = {
            name
            for module, name, _ in imports(tree)
            if module.endswith(".models") and module.split(".")[1] in LAYER_OF and module.split(".")[1] != domain
        }
        wrong += [
            f"{path.relative_to(ROOT)}:{call.lineno} {ast.unparse(call.func)}"
            for call in calls(tree)
            if isinstance(call.func, ast.Attribute) and call.func.attr in WRITING and root_name(call.func) in strangers
        ]
    assert not wrong


def root_name(node: ast.expr) -> str:
    """The name at the left end of `Shop.objects.filter(...).update`."""
    while isinstance(node, ast.Attribute | ast.Call):
        node = node.value if isinstance(node, ast.Attribute) else node.func
    return node.id if isinstance(node, ast.Name) else ""


def test_the_state_of_a_case_is_changed_by_cases_alone():
    wrong = []
    for domain in set(DOMAINS) - {"cases"}:
        for path, tree in sources(domain):
            for node in ast.walk(tree):
                targets = (
                    node.targets
                    if isinstance(node, ast.Assign)
                    else [node.target]
                    if isinstance(node, ast.AugAssign)
                    else []
                )
                wrong += [
                    f"{path.relative_to(ROOT)}:{node.lineno}"
                    for target in targets
                    if isinstance(target, ast.Attribute)
                    and target.attr == "state"
                    and "case" in ast.unparse(target.value).lower()
                ]
    assert not wrong


def named_patterns(patterns, prefix: str = "") -> Iterator[tuple[str, str]]:
    for entry in patterns:
        if isinstance(entry, URLResolver):
            yield from named_patterns(entry.url_patterns, prefix + str(entry.pattern))
        elif isinstance(entry, URLPattern) and entry.name:
            yield entry.name, prefix + str(entry.pattern)


def test_no_address_has_two_names_to_fight_for_it():
    found: dict[str, set[str]] = {}
    for name, _pattern in named_patterns(get_resolver().url_patterns):
        found.setdefault(name, set()).add(_pattern)
    own = {
        name: patterns
        for name, patterns in found.items()
        if not name.startswith(("account_", "mfa_", "socialaccount_"))
    }
    assert not {name: patterns for name, patterns in own.items() if len(patterns) > 1}


@pytest.mark.parametrize("domain", DOMAINS)
def test_every_address_named_in_templates_and_navigation_leads_somewhere(domain):
    known = {name for name, _ in named_patterns(get_resolver().url_patterns)}
    used: set[str] = set()
    for path in (PACKAGE / domain / "templates").rglob("*.html"):
        used |= set(re.findall(r"{%\s*url\s+[\"']([\w-]+)[\"']", path.read_text(encoding="utf-8")))
    for _path, tree in sources(domain):
        used |= {
            str(call.args[0].value)
            for call in calls(tree)
            if isinstance(call.func, ast.Name)
            and call.func.id in {"reverse", "redirect"}
            and call.args
            and isinstance(call.args[0], ast.Constant)
            and re.fullmatch(r"[\w-]+", str(call.args[0].value))
        }
    only_in_the_demo = {name for name in used if domain == "operate" and name.startswith("demo-")}
    assert used - only_in_the_demo <= known


@pytest.mark.parametrize("domain", DOMAINS)
def test_navigation_leads_to_pages_that_exist(domain):
    if find_spec(f"stadtplatz.{domain}.navigation"):
        for entry in getattr(import_module(f"stadtplatz.{domain}.navigation"), "ENTRIES", []):
            assert reverse(entry.url_name)


@pytest.mark.parametrize("domain", DOMAINS)
def test_facts_are_named_after_their_domain_and_keep_only_keys(domain):
    if not find_spec(f"stadtplatz.{domain}.facts"):
        return
    from stadtplatz.audit.facts import Fact

    module = import_module(f"stadtplatz.{domain}.facts")
    for fact in (value for value in vars(module).values() if isinstance(value, Fact)):
        assert fact.verb.startswith(f"{domain}."), fact.verb
        personal = {"name", "email", "mail", "phone", "address", "text", "body", "comment", "street"}
        assert not personal & set(fact.keys), fact.verb


@pytest.mark.parametrize("domain", DOMAINS)
def test_templates_of_other_domains_are_included_only_from_their_parts(domain):
    wrong = []
    for path in (PACKAGE / domain / "templates").rglob("*.html"):
        for other in re.findall(r"{%\s*include\s+[\"']([^\"']+)[\"']", path.read_text(encoding="utf-8")):
            owner = other.split("/")[0]
            if owner in LAYER_OF and owner not in {domain, "kit"} and not other.startswith(f"{owner}/parts/"):
                wrong.append(f"{path.relative_to(ROOT)}: {other}")
    assert not wrong


@pytest.mark.parametrize("domain", DOMAINS)
def test_every_sentence_is_there_in_german(domain):
    catalogue = PACKAGE / domain / "locale" / "de" / "LC_MESSAGES" / "django.po"
    if not catalogue.exists():
        assert not has_sentences(domain), f"{domain} has sentences and no German ones"
        return
    texts = polib.pofile(str(catalogue))
    assert not [entry.msgid for entry in texts.untranslated_entries()]
    assert not [entry.msgid for entry in texts.fuzzy_entries()]


def has_sentences(domain: str) -> bool:
    for path in (PACKAGE / domain / "templates").rglob("*.html"):
        if re.search(r"{%\s*(translate|blocktranslate)\b", path.read_text(encoding="utf-8")):
            return True
    return any(
        isinstance(node.func, ast.Name) and node.func.id in {"_", "gettext", "ngettext"}
        for _path, tree in sources(domain)
        for node in calls(tree)
    )
