#!/bin/sh
# Makes sure that the tests can start a real engine, or says what will be skipped.
set -eu

wanted=""
command -v dockerd >/dev/null || wanted="$wanted docker.io"
command -v ip >/dev/null || wanted="$wanted iproute2"
command -v iptables >/dev/null || wanted="$wanted iptables"
command -v ps >/dev/null || wanted="$wanted procps"
busybox=$(command -v busybox || true)
# An image made of it holds no libraries, so it must be the static one.
if [ -z "$busybox" ] || ldd "$busybox" >/dev/null 2>&1; then wanted="$wanted busybox-static"; fi
[ -n "$wanted" ] || exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    export DEBIAN_FRONTEND=noninteractive
    echo "Installing what a real engine needs:$wanted"
    apt-get update -qq
    # shellcheck disable=SC2086
    apt-get install -y -qq --no-install-recommends $wanted >/dev/null
else
    echo "Tests against a real engine are skipped: not root on Debian, and missing:$wanted" >&2
fi
