#!/bin/sh
# Breaks the services of shop and checkout in many small ways and counts what the tests notice.
# mutmut wants the source root to be called src, so it works on a copy in var/mutants.
# usage: count_mutants.sh PYTHON [NAME …]    (names of mutants, with *, to run only those)
set -eu

python=$1
shift
root=$(pwd)
work=var/mutants

rm -rf "$work"
mkdir -p "$work"
cp -r site "$work/src"
cp -r tests templates static simulators pyproject.toml "$work/"
sed -i 's#pythonpath = \["site", "."\]#pythonpath = ["src", "."]#' "$work/pyproject.toml"
cd "$work"
# One at a time: the tests of two would share a database file.
"$root/$python" -m mutmut run --max-children 1 "$@" || true
"$root/$python" -m mutmut export-cicd-stats
cat mutants/mutmut-cicd-stats.json
