#!/bin/sh
# Builds pricing.wasm. Needs node and npm, which fetches the compiler the first time.
set -eu
cd "$(dirname "$0")"
[ -d node_modules ] || npm install --no-audit --no-fund --no-package-lock
npm run --silent build
ls -l pricing.wasm
