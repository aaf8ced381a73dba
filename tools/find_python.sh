#!/bin/sh
# Prints the first Python that really runs and is recent enough; a pyenv shim may exist and only print an error.
for name in python3.13 python3.12 python3.14 python3; do
    path=$(command -v "$name" 2>/dev/null) || continue
    if "$path" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 12))' >/dev/null 2>&1; then
        # The interpreter itself rather than a shim that depends on the folder it is called from.
        exec "$path" -c 'import sys; print(sys.executable)'
    fi
done
echo "Relais needs Python 3.12 or later with its venv module: install it (Debian, Ubuntu: apt install python3 python3-venv; elsewhere: python.org), then run make again." >&2
exit 1
