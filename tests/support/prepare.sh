#!/usr/bin/env bash
# Installs what a command needs from Debian if we are root; otherwise says what is missing.
set -euo pipefail

need() { # need <debian packages...>
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing from Debian: $*"
    apt-get install -y -qq --no-install-recommends "$@" >/dev/null 2>&1 ||
      { apt-get update -qq >/dev/null && apt-get install -y -qq --no-install-recommends "$@" >/dev/null; }
  else
    echo "Please install these packages first: $*" >&2
    exit 1
  fi
}

case "$1" in
  venv)
    python="$2"
    command -v "$python" >/dev/null || need python3 python3-venv
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Stadtplatz needs Python 3.11 or newer." >&2; exit 1; }
    if [ ! -x .venv/bin/pip ]; then
      rm -rf .venv
      "$python" -m venv .venv 2>/dev/null || { rm -rf .venv; need python3-venv; "$python" -m venv .venv; }
    fi
    ;;
  chromium)
    # The shell without windows needs half the time of the whole browser.
    command -v chromium-headless-shell >/dev/null || (need chromium-headless-shell fonts-liberation) || command -v chromium >/dev/null
    ;;
  postgres)
    ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null || need postgresql
    ;;
  dovecot)
    [ -x /usr/sbin/dovecot ] || need dovecot-imapd
    ;;
  clamd)
    [ -x /usr/sbin/clamd ] || need clamav-daemon
    ;;
  pango)
    ldconfig -p 2>/dev/null | grep -q libpangoft2 || need libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
    ;;
  gettext)
    command -v xgettext >/dev/null || need gettext
    ;;
esac
