# Looks whether everything works, as somebody from outside would, and says what to do where it does not.
# shellcheck shell=sh

crosses=0

tick() { say "  ✓ $1"; }

cross() {
  say "  ✗ $1"
  say "    $2"
  crosses=$((crosses + 1))
}

# $1: what is looked at; $2: what to do about it; the rest: the command that says whether it is so.
expect() {
  what=$1
  advice=$2
  shift 2
  if "$@" >/dev/null 2>&1; then tick "$what"; else cross "$what" "$advice"; fi
}

log_advice() {
  if [ "$mode" = local ]; then say "What it says is in $etc/$1.log."
  else say "Look at: journalctl -u freeflow-$1"; fi
}

ask_web() {
  if [ -n "$proxy_port" ]; then curl -fsS --max-time 8 -H "Host: $domain" "http://127.0.0.1:$proxy_port$1"
  else curl -fsS --max-time 8 "$base_url$1"; fi
}

check_web() {
  if [ "$mode" = local ]; then advice=$(log_advice web)
  elif [ -n "$proxy_port" ]; then advice="Let the other web server hand $domain on to 127.0.0.1:$proxy_port. $(log_advice web)"
  else advice="Open TCP 80 and 443 in the provider's firewall, and look whether $domain leads here. $(log_advice web)"; fi
  expect "The web server answers at $base_url" "$advice" ask_web /healthz
  if has_page; then expect "The guest page is at $(page_address)" "$advice" ask_web /join/
  else say '  - No guest page: guests without the extension cannot join yet. Give one with --page FOLDER.'; fi
}

check_relay() {
  seen=$(look_at_relay)
  advice=$(log_advice relay)
  expect 'The relay takes a connection' "$advice" says "$seen" connects
  expect 'The relay carries a message' "$advice" says "$seen" carries
  granted=$(printf '%s\n' "$seen" | sed -n 's/^open //p' | tr '\n' ' ')
  if ! says "$seen" connects; then return; fi
  if [ -z "$granted" ]; then tick 'Nobody can look for topics: every pattern is refused'
  else cross "Patterns are refused ($granted)" "acl.json or the plugin in mosquitto.conf was changed: put back $etc/mosquitto.conf.new, or remove both and run this command again."; fi
}

says() { printf '%s\n' "$1" | grep -qxF "$2"; }

# The broker itself must be out of reach: only the proxy strips what names people.
check_broker() {
  for address in $(hostname -I 2>/dev/null); do
    case $address in *:*) address="[$address]" ;; esac
    if curl -s --max-time 2 -o /dev/null "http://$address:$broker_port/" || [ $? -ne 7 ]; then
      cross "The broker is closed at $address" "\"socket_domain ipv4\" is missing beside its listener in $etc/mosquitto.conf."
      return
    fi
  done
  tick 'The broker can be reached through the web server only'
}

allocates() { timeout 15 turnutils_uclient "$@" -y -n 1 -m 1 -p "${port:-$turn_port}" "$turn_host"; }

# turnutils ends well even when it was refused: its words count.
turn_works() { allocates -u "$user" -w "$password" "$@" 2>&1 | grep -q 'Total lost packets 0 '; }

turn_refuses() { ! allocates -u "$user" -w wrong 2>&1 | grep -q 'allocate sent\|Total lost packets 0 '; }

# A refusal comes at once; without one the client waits for long.
turn_denies() { timeout 5 turnutils_uclient -u "$user" -w "$password" -e "$1" -n 1 -m 1 -p "$turn_port" "$turn_host" 2>&1 | grep -q '403'; }

stun_answers() { timeout 10 turnutils_stunclient -p "$turn_port" "$turn_host" 2>&1 | grep -q 'UDP reflexive addr'; }

check_turn() {
  user=$(($(date +%s) + 600)):check
  password=$(password_of "$user")
  advice="Open UDP and TCP $turn_port and UDP 49160-49359 in the provider's firewall. $(log_advice turn)"
  expect 'STUN answers' "$advice" stun_answers
  expect 'TURN relays over UDP' "$advice" turn_works
  expect 'TURN relays over TCP' "$advice" turn_works -t
  if has_turn_tls; then
    port=5349
    expect 'TURN relays over TLS' "Open TCP 5349 in the provider's firewall. $(log_advice turn)" turn_works -t -S
    port=
  fi
  expect 'TURN refuses a wrong password' "\"use-auth-secret\" is missing in $etc/turnserver.conf." turn_refuses
  expect 'TURN does not reach private networks' "The lines \"denied-peer-ip\" are missing in $etc/turnserver.conf." turn_denies 10.0.0.1
}

# All of it; ends badly when there was a cross.
check_everything() {
  crosses=0
  say "$server_name:"
  check_web
  check_relay
  check_broker
  if [ "$with_turn" = yes ]; then check_turn; else say '  - No TURN server: some networks let no direct call through.'; fi
  [ "$crosses" -eq 0 ]
}

show_numbers() {
  say ''
  say "  people connected to the relay: $(ss -Htn state established "( sport = :$broker_port )" | wc -l)"
  [ "$with_turn" = no ] || say "  relayed connections of TURN: $(ss -Huan | awk '{print $4}' | grep -Ec ':49(1[6-9]|2[0-9]|3[0-5])[0-9]$' || true)"
  if [ "$mode" = local ]; then return; fi
  for part in relay turn web; do
    if [ "$part" = turn ] && [ "$with_turn" = no ]; then continue; fi
    say "  freeflow-$part: $(systemctl is-active "freeflow-$part" || true), $(($(systemctl show -p MemoryCurrent --value "freeflow-$part" | tr -dc 0-9 | sed 's/^$/0/') / 1048576)) MB, since $(systemctl show -p ActiveEnterTimestamp --value "freeflow-$part")"
  done
  say "  versions: $(dpkg-query -W -f '${Package} ${Version}, ' mosquitto coturn caddy 2>/dev/null | sed 's/, $//')"
  ! has_turn_tls || say "  certificate good until: $(openssl x509 -noout -enddate -in "$etc/turn-certificate.pem" 2>/dev/null | cut -d= -f2)"
}

# For people, cron and monitoring: ends badly on any cross.
show_status() {
  result=0
  check_everything || result=1
  show_numbers
  return "$result"
}
