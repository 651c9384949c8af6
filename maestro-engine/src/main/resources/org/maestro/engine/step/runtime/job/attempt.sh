#!/bin/sh
# Runs one attempt of a step so that it survives the engine. Three stages:
#
#   start  is the engine's child. It puts "run" into a session of its own and exits at once.
#   run    claims the attempt, runs "job" in another session, keeps its output, records its end.
#          On SIGTERM it ends the job: SIGTERM to the job's group, SIGKILL after the grace.
#   job    applies the limits, takes the job's environment, and becomes the job.
#
# Files in the attempt's folder, each written once:
#   pid     "<pid> <start time> <boot id>" of "run". Its creation is the claim: whoever links it
#           may run the job, nobody else ever will.
#   job     "<pid> <start time>" of the job, which leads its own session and process group.
#   exit    "<exit status> <1 if it was told to end, else 0>". Complete as soon as it is there.
#
# In the events folder a file named like the attempt appears for a moment after each change.
set -u
stage=$1
shift

# Sets ticks to the start time of process $1 (clock ticks since boot).
read_ticks() {
  ticks=0
  { read -r stat <"/proc/$1/stat"; } 2>/dev/null || return 0
  set -- ${stat##*)}
  ticks=${20}
}

announce() {
  : >"$events/$uuid"
  rm -f "$events/$uuid"
}

# Copies stdin to stdout, a file, at once and up to the limit, then swallows the rest: the writer
# must not be stopped.
keep() {
  (
    ulimit -f "$((limit / 512))"
    exec cat
  ) || {
    printf '\n[maestro: cut off here, the limit is %s bytes]\n' "$limit"
    cat >/dev/null
  }
}

stop() {
  interrupted=1
  stopped=1
  [ -n "$job" ] || return 0
  kill -s TERM -- "-$job" 2>/dev/null || kill -TERM "$job" 2>/dev/null
  if [ -z "$timer" ]; then
    (
      trap 'kill "$nap"; exit' TERM
      sleep "$grace" &
      nap=$!
      wait "$nap"
      kill -s KILL -- "-$job"
    ) 2>/dev/null 3<&- 4>&- &
    timer=$!
  fi
}

# Ends what left the job's group but still carries the attempt's mark in its environment.
kill_escaped() {
  for found in $(grep -lzxF "MAESTRO_ATTEMPT_UUID=$uuid" /proc/[0-9]*/environ 2>/dev/null); do
    found=${found#/proc/}
    kill -KILL "${found%/environ}" 2>/dev/null
  done
}

case $stage in
start)
  for tool in setsid mkfifo timeout sync grep; do
    command -v "$tool" >/dev/null || {
      echo "$tool isn't installed" >&2
      exit 69
    }
  done
  setsid /bin/sh "$0" run "$@" </dev/null >/dev/null &
  ;;

run)
  folder=$1 events=$2 uuid=$3 grace=$4 limit=$5 drain=$6 user=$7
  shift 7
  umask 077
  ulimit -c 0
  cd "$folder" || exit 1
  interrupted='' stopped='' job='' timer='' boot=''
  trap stop TERM

  read_ticks $$
  { read -r boot </proc/sys/kernel/random/boot_id; } 2>/dev/null
  echo "$$ $ticks $boot" >"claim.$$" || exit 1
  ln "claim.$$" pid 2>/dev/null || {
    rm -f "claim.$$"
    exit 0
  }
  # A claim that a power failure forgets would let the job run again.
  sync pid .
  rm -f "claim.$$"
  announce

  mkfifo out.pipe err.pipe end.pipe || exit 1
  # Descriptor 3 reads to its end when both keepers have gone: 4 is open until they have it, too.
  exec 4<>end.pipe 3<end.pipe
  # They open 5 before the job's pipe, so it is open before the job can begin.
  keep 5>end.pipe 3<&- 4>&- <out.pipe >>stdout &
  keep 5>end.pipe 3<&- 4>&- <err.pipe >>stderr &

  set -- /bin/sh "$0" job "$@"
  if [ -n "$user" ]; then
    chown "$user" work output || exit 1
    group=$(id -g -- "$user") || exit 1
    set -- setpriv --reuid="$user" --regid="$group" --init-groups --inh-caps=-all \
      --no-new-privs -- "$@"
  fi
  code=143
  if [ -z "$stopped" ]; then
    setsid "$@" </dev/null >out.pipe 2>err.pipe 3<&- 4>&- &
    job=$!
    read_ticks "$job"
    echo "$job $ticks" >job
    [ -z "$stopped" ] || stop
    while :; do
      interrupted=''
      wait "$job"
      code=$?
      [ -n "$interrupted" ] || break
    done
    # What the job left running in the background ends with it.
    kill -s KILL -- "-$job" 2>/dev/null
    [ -z "$timer" ] || kill -TERM "$timer" 2>/dev/null
  else
    : >out.pipe
    : >err.pipe
  fi
  if [ -n "$stopped" ]; then
    kill_escaped
  fi
  exec 4>&-
  timeout "$drain" cat <&3 >/dev/null || {
    kill_escaped
    timeout "$drain" cat <&3 >/dev/null
  }
  rm -f out.pipe err.pipe end.pipe

  echo "$code ${stopped:-0}" >exit.new || exit 1
  sync exit.new stdout stderr output 2>/dev/null
  mv exit.new exit
  sync .
  announce
  ;;

job)
  maestro_folder=$1 maestro_cpu=$2 maestro_memory=$3 maestro_file=$4 maestro_processes=$5
  shift 5
  umask 022
  [ "$maestro_cpu" = 0 ] || ulimit -t "$maestro_cpu" || exit 126
  [ "$maestro_memory" = 0 ] || ulimit -v "$maestro_memory" || exit 126
  [ "$maestro_file" = 0 ] || ulimit -f "$maestro_file" || exit 126
  [ "$maestro_processes" = 0 ] || ulimit -u "$maestro_processes" 2>/dev/null ||
    ulimit -p "$maestro_processes" || exit 126
  maestro_count=0
  while
    maestro_count=$((maestro_count + 1))
    eval "maestro_entry=\${MAESTRO_ENV_$maestro_count-}"
    [ -n "$maestro_entry" ]
  do
    unset "MAESTRO_ENV_$maestro_count"
    export "$maestro_entry"
  done
  cd "$maestro_folder/work" || exit 126
  exec "$@"
  ;;
esac
