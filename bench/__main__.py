"""`make bench`: the big community, then each page beside the floor. Its data live in `var/bench` unless RELAIS_DATA says otherwise."""

import os
from importlib import import_module

if __name__ == "__main__":
    os.environ.setdefault("RELAIS_DATA", "var/bench")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "relais.config.settings")
    import_module("relais.config.commands").prepare()
    import_module("bench.measure").main()
