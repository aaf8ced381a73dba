#!/bin/sh
# A Chromium for the journeys: the system's, else Debian's where apt may be used, else Playwright's own.
set -eu
for name in chromium chromium-browser google-chrome; do
    if command -v "$name" >/dev/null 2>&1; then exit 0; fi
done
playwright() {
    echo "Installing Playwright's Chromium…"
    exec .venv/bin/python -m playwright install chromium-headless-shell
}
sudo=""
if [ "$(id -u)" != 0 ]; then
    sudo="sudo -n"
    $sudo true 2>/dev/null || playwright
fi
command -v apt-get >/dev/null 2>&1 || playwright
echo "Installing Debian's Chromium…"
export DEBIAN_FRONTEND=noninteractive
if $sudo apt-get install -qq -y chromium >/dev/null 2>&1; then exit 0; fi
$sudo apt-get update -qq >/dev/null 2>&1 || true
$sudo apt-get install -qq -y chromium >/dev/null 2>&1 || playwright
