#!/bin/sh
# Makes sure that the tests can start a real engine and registries, or says what will be skipped.
set -eu

wanted=""
# What is wanted, and the package that brings it.
while read -r program package; do
    command -v "$program" >/dev/null || wanted="$wanted $package"
done <<PROGRAMS
dockerd docker.io
docker docker.io
ip iproute2
iptables iptables
ps procps
setpriv util-linux
docker-registry docker-registry
htpasswd apache2-utils
openssl openssl
docker-credential-pass golang-docker-credential-helpers
pass pass
gpg gnupg
PROGRAMS
busybox=$(command -v busybox || true)
# An image made of it holds no libraries, so it must be the static one.
if [ -z "$busybox" ] || ldd "$busybox" >/dev/null 2>&1; then wanted="$wanted busybox-static"; fi
[ -n "$wanted" ] || exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    export DEBIAN_FRONTEND=noninteractive
    echo "Installing what real engines and registries need:$wanted"
    # Nothing of it is to be started here: a registry would listen to everybody on port 5000.
    policy=/usr/sbin/policy-rc.d
    if [ ! -e "$policy" ]; then
        trap 'rm -f "$policy"' EXIT
        printf '#!/bin/sh\nexit 101\n' >"$policy"
        chmod +x "$policy"
    fi
    apt-get update -qq
    # shellcheck disable=SC2086
    apt-get install -y -qq --no-install-recommends $wanted >/dev/null
else
    echo "Tests against a real engine are skipped: not root on Debian, and missing:$wanted" >&2
fi
