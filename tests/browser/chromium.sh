#!/bin/sh
# A Chromium for the browser tests: the one that is here, else the distribution's, else Playwright's own.
set -u
playwright=$1

found() { command -v chromium || command -v chromium-browser || command -v google-chrome; }
own() { "$playwright" install --dry-run chromium 2>/dev/null | sed -n 's/.*Install location: *//p' | head -n 1; }

if found >/dev/null; then exit 0; fi
folder=$(own); if [ -n "$folder" ] && [ -d "$folder" ]; then exit 0; fi

if command -v apt-get >/dev/null; then
    as=""; [ "$(id -u)" = 0 ] || as="sudo -n"
    echo "Installing Chromium for the browser tests with apt-get…"
    if $as apt-get update -qq >/dev/null 2>&1 &&
        DEBIAN_FRONTEND=noninteractive $as apt-get install -y -qq --no-install-recommends chromium >/dev/null 2>&1 &&
        found >/dev/null; then exit 0; fi
fi
echo "Installing Playwright's own Chromium for the browser tests…"
if "$playwright" install chromium; then exit 0; fi

echo "The browser tests need Chromium, and neither apt-get nor Playwright could install it here."
echo "Install it by hand (Debian, Ubuntu: sudo apt-get install chromium) so that 'chromium' is on the PATH, then run make test again."
exit 1
