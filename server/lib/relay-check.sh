# Talks to the relay as a caller does: MQTT 3.1.1 over a WebSocket (RFC 6455), written by hand, because no program of Debian speaks it.
# shellcheck shell=sh

# Bytes by their hexadecimal digits.
from_hex() {
  # shellcheck disable=SC2046
  bytes $(printf '%s' "$1" | sed 's/../0x& /g')
}

to_hex() { od -An -v -tx1 | tr -d ' \n'; }

# A masked binary frame of at most 125 bytes. A mask of zeros changes nothing.
frame() { from_hex "82$(printf '%02x' $((128 | ${#1} / 2)))00000000$1"; }

# An MQTT packet: type and flags $1, the rest $2, in hexadecimal.
packet() { printf '%s%02x%s' "$1" $((${#2} / 2)) "$2"; }

# A text with its length in front, in hexadecimal.
mqtt_text() { printf '%04x%s' "${#1}" "$(printf '%s' "$1" | to_hex)"; }

# A subscription to $2 with the number $1.
subscription() { frame "$(packet 82 "$(printf '%04x' "$1")$(mqtt_text "$2")00")"; }

# What does not name one topic.
patterns='# + ffc1/# ffc1/+ +/+ /# $share/x/ffc1/+ $share/x/# $SYS/#'

# A whole conversation: connects, subscribes to a topic of its own and to every pattern, publishes, and leaves.
conversation() {
  printf 'GET /mqtt HTTP/1.1\r\nHost: %s\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' "$domain"
  printf 'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ZnJlZWZsb3cgY29ubmVjdA==\r\nSec-WebSocket-Protocol: mqtt\r\n\r\n'
  # The proxy wants to have answered before anything else comes.
  sleep 1
  frame "$(packet 10 "$(mqtt_text MQTT)0402003c$(mqtt_text "check$1")")"
  subscription 1 "ffc1/$1"
  number=2
  set -f
  for pattern in $patterns; do
    subscription "$number" "$pattern"
    number=$((number + 1))
  done
  set +f
  frame "$(packet 30 "$(mqtt_text "ffc1/$1")$(printf 'seen %s' "$1" | to_hex)")"
  sleep 1
  frame e000
}

# Bytes to the web server and back.
talk() {
  if [ "$mode" = local ] || [ -n "$proxy_port" ]; then
    timeout 10 curl -s --max-time 8 "telnet://127.0.0.1:${proxy_port:-$base_port}"
  else
    timeout 10 openssl s_client -quiet -verify_quiet -servername "$domain" -connect "$domain:443" 2>/dev/null
  fi
}

# Writes what is true of the relay: any of `connects`, `carries`, and `open PATTERN` for every pattern that it grants.
look_at_relay() {
  topic=$(openssl rand -hex 8)
  heard=$(conversation "$topic" | talk | to_hex)
  case $heard in *20020000*) say connects ;; esac
  case $heard in *"$(printf 'seen %s' "$topic" | to_hex)"*) say carries ;; esac
  number=2
  set -f
  for pattern in $patterns; do
    refused="9003$(printf '%04x' "$number")80"
    case $heard in *"$refused"*) ;; *) say "open $pattern" ;; esac
    number=$((number + 1))
  done
  set +f
}
