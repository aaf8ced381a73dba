"""Serve the floor with the product's own server options."""

import os

from relais.config.commands.web import server

if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.floor.settings"
    server("bench.floor.wsgi:application").serve()
