#!/bin/sh
# Everything that is checked without running the suite. Every check runs; one that fails makes the whole fail.
cd "$(dirname "$0")/.." || exit 1
PATH="$PWD/.venv/bin:$PATH"
failed=""
check() {
    name=$1
    shift
    echo "— $name"
    "$@" || failed="$failed, $name"
}
check "requirements" python tools/requirements.py
check "ruff" ruff check --quiet .
check "format" ruff format --check --quiet .
check "types" mypy
check "floors" lint-imports
check "templates" python tools/lint_templates.py
check "translations" python tools/messages.py check
check "budgets" python tools/budgets.py
check "migrations" relais manage makemigrations --check --dry-run
if [ -n "$failed" ]; then
    echo "Not in order: ${failed#, }." >&2
    exit 1
fi
echo "All in order."
