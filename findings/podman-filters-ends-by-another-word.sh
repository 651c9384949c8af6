#!/bin/sh
# Podman 4.3.1, Docker's API: the event of a container's end is called "die", as Docker calls it, but a filter event=die finds
# none; event=died does, a word that Docker doesn't have. A label without a value, label=KEY, finds none either.
# Expected: a filter takes the words that events carry, as Docker's does. Who asks for both words hears both engines.
# Needs root, curl, the static busybox, and Podman with runc: on Debian 12 `apt-get install podman runc busybox-static curl`.
set -eu
version=$(podman --version)
[ "$version" = "podman version 4.3.1" ] || { echo "this is $version; seen with 4.3.1" >&2; exit 1; }
folder=$(mktemp -d)
service=
cleanup() {
  [ -z "$service" ] || kill "$service"
  rm -rf "$folder"
}
trap cleanup EXIT
mkdir -p "$folder/image/bin"
cp "$(readlink -f "$(command -v busybox)")" "$folder/image/bin/busybox"
tar -cf "$folder/image.tar" -C "$folder/image" .
printf '[containers]\ndefault_ulimits = ["nofile=1024:1024", "nproc=2048:2048"]\n' >"$folder/containers.conf"
export CONTAINERS_CONF="$folder/containers.conf"
podman="podman --root=$folder/root --runroot=$folder/run --tmpdir=$folder/tmp --runtime=runc --cgroup-manager=cgroupfs
  --storage-driver=vfs --events-backend=file"
$podman import "$folder/image.tar" localhost/seen:1 >/dev/null 2>&1
$podman system service --time=0 "unix://$folder/s.sock" 2>/dev/null &
service=$!
while ! curl -s --unix-socket "$folder/s.sock" http://d/_ping >/dev/null; do :; done
since=$(date +%s)
$podman run --rm --network none --label key=value localhost/seen:1 /bin/busybox sh -c 'exit 7' || true
found() {
  echo "$1: $(curl -s -G --unix-socket "$folder/s.sock" http://d/v1.41/events --data-urlencode "since=$since" \
    --data-urlencode "until=$(($(date +%s) + 2))" --data-urlencode "filters=$1" |
    sed -n 's/.*"Action":"\([a-z]*\)".*"exitCode":"\([0-9]*\)".*/\1 \2/p' | tr '\n' ' ')"
}
seen=$(
  found '{"event":["die"]}'
  found '{"event":["died"]}'
  found '{"event":["died"],"label":["key"]}'
  found '{"event":["died"],"label":["key=value"]}'
)
echo "$seen"
expected='{"event":["die"]}: 
{"event":["died"]}: die 7 
{"event":["died"],"label":["key"]}: 
{"event":["died"],"label":["key=value"]}: die 7 '
[ "$seen" = "$expected" ] || { echo "CHANGED: expected" >&2; echo "$expected" >&2; exit 1; }
