# Installs the server as services of this system, keeps it, and takes it away. Services of the system that were there before stay as they are:
# ours have names, folders and configuration of their own.
# shellcheck shell=sh
# shellcheck disable=SC2034

library=/usr/local/lib/freeflow
command_link=/usr/local/bin/freeflow-server
units=/etc/systemd/system

need_root() {
  [ -n "$dry_run" ] || [ "$(id -u)" = 0 ] || fail "This needs root: sudo server $verb"
}

need_fitting_system() {
  [ -z "$dry_run" ] || return 0
  system=$(. /etc/os-release && printf '%s %s' "$ID" "$VERSION_ID")
  case $system in
    'debian 12' | 'debian 13' | 'ubuntu 24.04') ;;
    *) fail "This is $system. The command knows Debian 12 and 13 and Ubuntu 24.04." ;;
  esac
  [ -d /run/systemd/system ] || fail 'There is no systemd here. For trying it without: server --local'
  [ "$(df -Pm /usr | awk 'NR == 2 {print $4}')" -ge 300 ] || fail 'It needs 300 MB of free space below /usr.'
}

# Whether an IPv4 address is of a private network, behind a router that translates.
is_private() {
  case $1 in
    10.* | 192.168.* | 169.254.* | 172.1[6-9].* | 172.2[0-9].* | 172.3[01].* | 100.6[4-9].* | 100.[7-9][0-9].* | 100.1[01][0-9].* | 100.12[0-7].*) return 0 ;;
    *) return 1 ;;
  esac
}

# The name must lead here. Behind a router it leads to the router, which TURN has to name in place of its own address.
look_up_domain() {
  [ -z "$dry_run" ] || return 0
  named=$(getent ahosts "$domain" | awk '{print $1}' | sort -u)
  [ -n "$named" ] || fail "$domain leads nowhere yet. Set an A record (and AAAA for IPv6) to this machine at your name's provider, wait some minutes, and run this again."
  own=$(hostname -I | tr ' ' '\n' | sed '/^$/d')
  for one in $named; do
    if printf '%s\n' "$own" | grep -qxF "$one"; then return; fi
  done
  inner=$(own_address)
  outer=$(printf '%s\n' "$named" | grep -E '^[0-9.]+$' | head -n 1)
  if [ -n "$outer" ] && is_private "$inner"; then
    external_ip=$outer/$inner
    say "This machine is behind a router: $domain leads to $outer, its own address is $inner."
    say "Let the router hand TCP 80, 443, 3478 and 5349 and UDP 3478 and 49160-49359 on to $inner."
    return
  fi
  fail "$domain leads to $(printf '%s' "$named" | tr '\n' ' '), and this machine has $(printf '%s' "$own" | tr '\n' ' '). Set its A record (and AAAA) to this machine, wait some minutes, and run this again."
}

need_free_ports() {
  if [ -n "$dry_run" ] || systemctl is-active --quiet freeflow-web; then return; fi
  for one in ${proxy_port:-80 443}; do
    holder=$(ss -Hltnp "( sport = :$one )" | sed -n 's/.*users:(("\([^"]*\)".*/\1/p' | head -n 1)
    [ -z "$(ss -Hltn "( sport = :$one )")" ] || fail "Port $one is taken by ${holder:-another program}. Stop it, or keep it as the web server for all names and let it hand $domain on: server $domain --behind-proxy 8080"
  done
}

# Debian starts what it installs. Services of the same programs that were here before go on as they did.
install_packages() {
  missing=
  for package in caddy mosquitto coturn qrencode curl openssl; do
    if [ "$package" = coturn ] && [ "$with_turn" = no ]; then continue; fi
    if [ -n "$dry_run" ] || ! dpkg -s "$package" >/dev/null 2>&1; then missing="$missing $package"; fi
  done
  [ -n "$missing" ] || return 0
  for package in $missing; do
    case $package in caddy | mosquitto | coturn) change systemctl mask --quiet "$package.service" ;; esac
  done
  change apt-get update -q
  # shellcheck disable=SC2086
  change env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $missing
  for package in $missing; do
    case $package in
      caddy | mosquitto | coturn)
        change systemctl unmask --quiet "$package.service"
        change systemctl disable --quiet "$package.service"
        ;;
    esac
  done
}

install_command() {
  if [ "$home" = "$library" ]; then return; fi
  mkdir -p "$root$library" "$root$(dirname "$command_link")"
  for one in lib templates; do
    rm -rf "${root:?}$library/$one"
    cp -R "$home/$one" "$root$library/$one"
  done
  cp "$home/server" "$root$library/server"
  chmod 755 "$root$library/server"
  ln -sfn "$library/server" "$root$command_link"
}

write_units() {
  for unit in freeflow-relay.service freeflow-web.service freeflow-updated.path freeflow-updated.service; do
    fill "$unit" | put "$units/$unit" 644 root
  done
  [ "$with_turn" = yes ] || return 0
  for unit in freeflow-turn.service freeflow-certificate.service freeflow-certificate.timer; do
    fill "$unit" | put "$units/$unit" 644 root
  done
}

# What runs and was changed starts anew, what does not run starts; the rest is left alone, and calls under way with it.
start_part() {
  name=$1
  shift
  change systemctl enable --quiet "$name"
  if [ -n "$dry_run" ] || has_changed "$@"; then change systemctl restart "$name"
  elif ! systemctl is-active --quiet "$name"; then change systemctl start "$name"; fi
}

start_everything() {
  change systemctl daemon-reload
  start_part freeflow-relay.service "$etc/mosquitto.conf" "$etc/acl.json" "$units/freeflow-relay.service"
  start_part freeflow-web.service "$etc/Caddyfile" "$units/freeflow-web.service"
  start_part freeflow-updated.path "$units/freeflow-updated.path"
  [ "$with_turn" = yes ] || return 0
  if has_turn_tls; then
    await_certificate
    start_part freeflow-certificate.timer "$units/freeflow-certificate.timer"
  fi
  start_part freeflow-turn.service "$etc/turnserver.conf" "$units/freeflow-turn.service"
}

certificate_of_caddy() { find "$state/freeflow-web/caddy/certificates" -name "$domain.crt" -size +0 2>/dev/null | head -n 1; }

# Gives coturn the certificate that Caddy has; tells it when there is a new one.
copy_certificate() {
  found=$(certificate_of_caddy)
  [ -n "$found" ] || fail "Caddy has no certificate for $domain yet. $(log_advice web)"
  if cmp -s "$found" "$etc/turn-certificate.pem"; then return; fi
  had_one=no
  [ ! -f "$etc/turn-certificate.pem" ] || had_one=yes
  install -o turnserver -g turnserver -m 0400 "${found%.crt}.key" "$etc/turn-key.pem"
  install -o turnserver -g turnserver -m 0400 "$found" "$etc/turn-certificate.pem"
  # It reads its certificate again, and goes on with the calls that it carries; without one it had no listener for TLS.
  if [ "$had_one" = yes ]; then systemctl kill --kill-who=main -s USR2 freeflow-turn.service 2>/dev/null || true
  else systemctl try-restart freeflow-turn.service; fi
}

await_certificate() {
  if [ -n "$dry_run" ]; then
    say "+ $library/server copy-certificate"
    return
  fi
  tries=0
  until [ -n "$(certificate_of_caddy)" ]; do
    tries=$((tries + 1))
    if [ "$tries" -ge 60 ]; then
      say "No certificate for $domain within a minute: ports 80 and 443 have to be open from outside. TURN over TLS comes with the next run of this command."
      return
    fi
    sleep 1
  done
  copy_certificate
}

install_server() {
  need_root
  need_fitting_system
  need_free_ports
  install_packages
  look_up_domain
  place_server
  broker_user=mosquitto
  write_configuration
  install_command
  write_units
  start_everything
  [ -z "$dry_run" ] || return 0
  say ''
  result=0
  check_everything || result=1
  say ''
  show_owner_link
  [ "$result" -eq 0 ] || say 'Mend the crosses above and run the command again; the link stays the same.'
  return "$result"
}

# What cannot be made anew: the name, the choices and the secret.
back_up() {
  need_root
  (umask 077 && tar -C "$root$etc" -czf "$1" secret server.conf)
  say "Everything that cannot be made anew is in $1. It holds the secret of the server: keep it as you keep a password."
}

restore_from() {
  need_root
  [ -f "$1" ] || fail "There is no file $1."
  [ "$(tar -tzf "$1" 2>/dev/null | LC_ALL=C sort | tr '\n' ' ')" = 'secret server.conf ' ] || fail "$1 is no backup of this command."
  # Looked at before anything is replaced.
  tar -xzOf "$1" secret | grep -Eqx '[0-9a-f]{64}' || fail "$1 is no backup of this command: its secret is none."
  mkdir -p "$root$etc"
  (umask 077 && tar -C "$root$etc" --no-same-owner -xzf "$1" secret server.conf)
  read_configuration
  if [ "$mode" = local ]; then say 'It is back. Start it again: server --local'
  else say "It is back. Now run: server $domain"; fi
}

upgrade_from() {
  need_root
  [ "$mode" = system ] || fail 'What runs with --local needs no upgrade: start it from the newer release.'
  [ -f "$1" ] || fail "There is no file $1."
  unpacked=$(mktemp -d)
  tar -C "$unpacked" -xzf "$1" || fail "$1 is no release."
  newer=$(find "$unpacked" -maxdepth 2 -name server -type f | head -n 1)
  [ -n "$newer" ] || fail "$1 is no release: there is no server command in it."
  set -- "$domain"
  [ "$with_turn" = yes ] || set -- "$@" --no-turn
  [ "$turn_tls" = yes ] || set -- "$@" --no-turn-tls
  [ -z "$proxy_port" ] || set -- "$@" --behind-proxy "$proxy_port"
  [ "$overlay" = no ] || set -- "$@" --overlay
  [ -z "$dry_run" ] || set -- "$@" --dry-run "$root"
  result=0
  sh "$newer" "$@" || result=$?
  rm -rf "$unpacked"
  return "$result"
}

renew_secret() {
  need_root
  rm -f "$root$etc/secret"
  place_server
  keep_secret
  [ "$with_turn" = no ] || turn_configuration | put "$etc/turnserver.conf" 640 turnserver
  if [ "$with_turn" = yes ]; then
    case $(cat "$root$etc/turnserver.conf") in
      *"static-auth-secret=$(cat "$root$etc/secret")"*) ;;
      *) fail "Put the line static-auth-secret of $etc/turnserver.conf.new into $etc/turnserver.conf, then: systemctl restart freeflow-turn" ;;
    esac
  fi
  if [ "$mode" = system ]; then
    [ "$with_turn" = no ] || change systemctl restart freeflow-turn.service
    say 'The secret is a new one: TURN passwords made before are good for nothing now. The relay takes everybody as before.'
    say ''
    show_owner_link
  else
    say 'The secret is a new one. Start the server again: server --local'
  fi
}

remove_server() {
  need_root
  if [ "$mode" = local ]; then
    [ ! -f "$etc/children" ] || fail 'It is running: end it with Ctrl+C first.'
    [ -f "$local_dir/server.conf" ] || fail "There is no server in $local_dir."
    rm -rf "$local_dir"
    say "Gone: $local_dir."
    return
  fi
  change systemctl disable --quiet --now freeflow-updated.path freeflow-certificate.timer freeflow-relay.service freeflow-turn.service freeflow-web.service || true
  rm -f "$root$units"/freeflow-*
  change systemctl daemon-reload
  rm -rf "$root$etc" "$root$state/freeflow-web" "$root$state/freeflow-turn" "$root$(dirname "$www")" "$root$command_link" "${root:?}$library"
  say 'The server is gone, with its secret and its certificate. The programs stay: apt-get remove caddy mosquitto coturn'
}
