#!/bin/sh
# Browser tests drive the system's Chromium. Finds it, or installs it where we may, or says what to do.
set -eu
for name in "${RETOLD_CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable \
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" "/Applications/Chromium.app/Contents/MacOS/Chromium"; do
    [ -n "$name" ] && command -v "$name" >/dev/null 2>&1 && exit 0
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing Chromium for the browser tests ..."
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium; } >/dev/null
    command -v chromium >/dev/null 2>&1 && exit 0
fi
cat >&2 <<'MESSAGE'
The browser tests need Chromium or Chrome, and none was found.
  Debian:  sudo apt-get install chromium
  Ubuntu:  install Google Chrome, or: sudo snap install chromium
  macOS:   brew install --cask chromium
Then run this again. A browser elsewhere: RETOLD_CHROMIUM=/path/to/chromium make test
MESSAGE
exit 1
