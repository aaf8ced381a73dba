"""Make this checkout importable in its environment, and give it the command `relais`: an editable install without a build."""

from __future__ import annotations

import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCRIPT = """#!/bin/sh
exec "{python}" -c 'import sys; sys.argv[0] = "relais"; from relais.config.cli import main; main()' "$@"
"""


def link() -> None:
    """Write the `.pth` file and the script."""
    paths = sysconfig.get_paths()
    (Path(paths["purelib"]) / "relais.pth").write_text(f"{ROOT}\n")
    script = Path(paths["scripts"]) / "relais"
    script.write_text(SCRIPT.format(python=sys.executable))
    script.chmod(0o755)


if __name__ == "__main__":
    link()
