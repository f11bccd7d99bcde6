#!/bin/sh
# Makes the virtual environment where it is missing and installs one requirements file into it.
# usage: make_venv.sh VENV REQUIREMENTS
set -eu

venv=$1
requirements=$2
python=${PYTHON:-python3}

if ! command -v "$python" >/dev/null 2>&1; then
    echo "Haat needs Python 3.11 or newer: install the package python3 (and python3-venv)." >&2
    exit 1
fi
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "Haat needs Python 3.11 or newer; $("$python" --version) is too old. Name another with PYTHON=python3.x." >&2
    exit 1
fi
if [ ! -x "$venv/bin/python" ]; then
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
        echo "Python's venv is missing: install the package python$version-venv and run this again." >&2
        exit 1
    fi
    echo "Making the virtual environment in $venv …"
    "$python" -m venv "$venv"
fi
echo "Installing $requirements …"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-input -r "$requirements"
