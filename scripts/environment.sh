#!/bin/sh
# Makes .venv and installs Retold into it. Usage: scripts/environment.sh [EXTRA]
set -eu
extra=${1:-}
python=${PYTHON:-python3}

fail() { printf '%s\n' "$*" >&2; exit 1; }

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null ||
    fail "Retold needs Python 3.11 or later as '$python'. Install it, or name another: make PYTHON=python3.12 serve"

new_environment() {
    if command -v uv >/dev/null 2>&1; then uv venv -q --python "$python" .venv; return; fi
    "$python" -m venv .venv >/dev/null 2>&1 && return
    rm -rf .venv
    # Debian and Ubuntu keep the venv module in a package of its own.
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        echo "Installing python3-venv ..."
        { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv; } >/dev/null
        "$python" -m venv .venv
    else
        fail "Python's venv module is missing. On Debian or Ubuntu: sudo apt-get install python3-venv; then run this again."
    fi
}

[ -x .venv/bin/python ] || new_environment
if command -v uv >/dev/null 2>&1; then
    uv="uv"
else
    [ -x .venv/bin/uv ] || .venv/bin/python -m pip install -q --disable-pip-version-check uv
    uv=".venv/bin/uv"
fi
echo "Installing Retold and what it needs ..."
"$uv" pip install -q --python .venv/bin/python -c constraints.txt -e ".${extra:+[$extra]}"
if [ "$extra" = test ]; then
    # cffconvert holds back other packages, so it lives apart.
    [ -x .venv-cff/bin/cffconvert ] || { "$uv" venv -q --python "$python" .venv-cff && "$uv" pip install -q --python .venv-cff/bin/python cffconvert; }
fi
