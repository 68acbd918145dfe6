#!/bin/sh
# Builds pricing.wasm. Needs rustc with its library for wasm32-unknown-unknown; on Debian:
#   apt-get install rustc libstd-rust-dev-wasm32 lld
# and with rustup: rustup target add wasm32-unknown-unknown
set -eu
cd "$(dirname "$0")"
"${RUSTC:-rustc}" src/lib.rs --crate-name pricing --crate-type cdylib --edition 2021 \
  --target wasm32-unknown-unknown --remap-path-prefix "$PWD=." \
  -C opt-level=z -C lto -C panic=abort -C codegen-units=1 -C strip=symbols \
  -C link-arg=--initial-memory=262144 -C link-arg=-zstack-size=131072 \
  -o pricing.wasm
ls -l pricing.wasm
