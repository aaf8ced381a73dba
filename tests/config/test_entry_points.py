from __future__ import annotations

import subprocess
import sys

from relais.config import wsgi


def test_the_package_runs_as_the_command():
    done = subprocess.run([sys.executable, "-m", "relais.config", "--version"], capture_output=True, text=True, check=True)

    assert done.stdout.startswith("relais, version ")


def test_the_server_has_an_application():
    assert type(wsgi.application).__name__ == "WSGIHandler"
