# Runs the three programs as children of this one, in a folder of its own and on high ports: for trying and for tests. Touches no
# service of the system.
# shellcheck shell=sh

children=
broker_user=mosquitto

need_programs() {
  missing=
  is_on_path caddy || missing="$missing caddy"
  [ -n "$(mosquitto_program)" ] || missing="$missing mosquitto"
  [ "$with_turn" = no ] || { is_on_path turnserver && is_on_path turnutils_uclient; } || missing="$missing coturn"
  is_on_path curl || missing="$missing curl"
  is_on_path openssl || missing="$missing openssl"
  [ -z "$missing" ] || fail "Missing:$missing. Debian: sudo apt-get install --no-install-recommends$missing"
}

# Debian keeps it where only root looks.
mosquitto_program() {
  for one in /usr/sbin/mosquitto /usr/local/sbin/mosquitto; do
    if [ -x "$one" ]; then
      say "$one"
      return
    fi
  done
}

end_children() {
  trap - EXIT
  for pid in $children; do kill "$pid" 2>/dev/null || true; done
  for pid in $children; do wait "$pid" 2>/dev/null || true; done
  rm -f "$etc/children"
}

# $1: relay, turn or web; the rest: the program.
start_child() {
  part=$1
  shift
  (umask 077 && : >"$etc/$part.log")
  "$@" >"$etc/$part.log" 2>&1 </dev/null &
  children="$children $!"
  printf '%s %s\n' "$part" "$!" >>"$etc/children"
}

run_locally() {
  need_programs
  # As many connections as the system allows; shellcheck knows ulimit -n of other shells only.
  # shellcheck disable=SC3045
  ulimit -n "$(ulimit -H -n)" 2>/dev/null || true
  if [ "$(id -u)" = 0 ]; then broker_user=root; fi
  place_server
  write_configuration
  check_ports
  : >"$etc/children"
  trap end_children EXIT
  trap 'exit 0' INT TERM HUP
  start_child relay "$(mosquitto_program)" -c "$etc/mosquitto.conf"
  if [ "$with_turn" = yes ]; then
    start_child turn turnserver -c "$etc/turnserver.conf" --pidfile "$etc/turn.pid"
  fi
  HOME=$etc XDG_DATA_HOME=$etc/web XDG_CONFIG_HOME=$etc/web start_child web caddy run --config "$etc/Caddyfile" --adapter caddyfile
  await_web
  if check_everything; then :; else say 'It goes on with what works.'; fi
  say ''
  show_owner_link
  say ''
  say "It runs until Ctrl+C. What it keeps is in $local_dir."
  watch_children
}

check_ports() {
  for port in "$base_port" "$broker_port" "$plain_port"; do
    if [ -n "$(ss -Hltn "( sport = :$port )")" ]; then
      fail "Port $port is taken by another program. Choose others: --port $((base_port + 10))"
    fi
  done
  port=
}

await_web() {
  tries=0
  until ask_web /healthz >/dev/null 2>&1; do
    watch_once
    tries=$((tries + 1))
    [ "$tries" -lt 100 ] || fail "The web server did not start. $(log_advice web)"
    sleep 0.2
  done
}

watch_once() {
  while read -r part pid; do
    kill -0 "$pid" 2>/dev/null || fail "The $part part has ended. $(log_advice "$part")"
  done <"$etc/children"
}

watch_children() {
  while :; do
    watch_once
    sleep 1 &
    wait $! || true
  done
}
