#!/usr/bin/env bash
# Builds the wheel, installs it in a fresh environment, starts the demo from it and asks /readyz.
set -euo pipefail
work=$(mktemp -d)
trap 'kill ${demo:-} 2>/dev/null || true; wait ${demo:-} 2>/dev/null || true; rm -rf "$work"' EXIT

.venv/bin/python -m build --wheel --no-isolation --outdir "$work/dist" . >"$work/build.log" 2>&1 || { tail -30 "$work/build.log"; exit 1; }
python=$(.venv/bin/python -c 'import sys; print(sys._base_executable)')
"$python" -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check --require-hashes -r requirements/base.txt
"$work/venv/bin/pip" install --quiet --disable-pip-version-check --no-deps "$work"/dist/*.whl
ls -l "$work"/dist/*.whl | awk '{printf "wheel: %.1f MB\n", $5 / 1e6}'

port=$("$python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
cd "$work"
VAR="$work/var" "$work/venv/bin/stadtplatz" demo --port "$port" >"$work/demo.log" 2>&1 &
demo=$!
for _ in $(seq 600); do
  if "$python" -c "import urllib.request as u; u.urlopen('http://127.0.0.1:$port/readyz', timeout=2)" 2>/dev/null; then
    echo "The demo from the wheel is ready."
    "$python" -c "import urllib.request as u; assert b'</html>' in u.urlopen('http://127.0.0.1:$port/', timeout=20).read()"
    exit 0
  fi
  kill -0 "$demo" 2>/dev/null || break
  sleep 0.5
done
tail -40 "$work/demo.log"
echo "The demo from the wheel did not get ready." >&2
exit 1
