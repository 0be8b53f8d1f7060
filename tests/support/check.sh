#!/usr/bin/env bash
# Everything that can be said about the code without running it. Under a minute.
set -uo pipefail
bin="${BIN:-.venv/bin}"
export VAR="${VAR:-var}" DJANGO_SETTINGS_MODULE=stadtplatz.settings
failed=0

step() { # step <name> <command...>
  local name="$1" out; shift
  local start=$SECONDS
  if out=$("$@" 2>&1); then printf 'ok    %-13s %ss\n' "$name" "$((SECONDS - start))"
  else printf 'FAIL  %-13s\n%s\n' "$name" "$out"; failed=1; fi
}

deploy() {
  STADTPLATZ_MODE=production STADTPLATZ_SECRET_KEY=$(head -c 40 /dev/urandom | base64 | tr -d '\n=') STADTPLATZ_BASE_URL=https://platz.example \
    $bin/python -m stadtplatz check --deploy --fail-level WARNING
}
hashes() { ! grep -nE 'https?://|index-url' requirements/*.txt; }

step format     $bin/ruff format --check .
step lint       $bin/ruff check .
step contracts  $bin/lint-imports
step django     $bin/python -m stadtplatz check
step deployment deploy
step migrations $bin/python -m stadtplatz makemigrations --check --dry-run
step templates  $bin/djlint --lint --quiet stadtplatz
step translations $bin/python -m tests.support.translations
step security   $bin/bandit -q -c pyproject.toml -r stadtplatz
step pins       hashes
step types      $bin/mypy stadtplatz
exit $failed
