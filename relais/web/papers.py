"""Papers: a Typst layout and its data to a PDF anybody can read (PDF/UA), in a child process that ends with its work.

Run as `python -m relais.web.papers LAYOUT` it reads the data (JSON) and writes the PDF. Fonts come with the engine; nothing is fetched.
"""

from __future__ import annotations

import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any


def pdf(layout: Path, data: dict[str, Any]) -> bytes:
    """The paper that this layout makes of these data."""
    done = subprocess.run(  # noqa: S603 (our own interpreter and module)
        [sys.executable, "-m", __name__, str(layout)], input=json.dumps(data).encode(), capture_output=True, check=True, timeout=60
    )
    return done.stdout


def main() -> None:
    """The child's work."""
    engine, layout = import_module("typst"), Path(sys.argv[1])
    data = sys.stdin.buffer.read().decode()
    made = engine.compile(layout.read_bytes(), sys_inputs={"data": data}, ignore_system_fonts=True, pdf_standards="ua-1")
    sys.stdout.buffer.write(made)


if __name__ == "__main__":  # pragma: no cover (this line runs in the child only)
    main()
