# The server link (docs/protocol.md#server-link) and the TURN passwords in it. Secrets go through builtins and pipes only: never into
# the arguments of a program, which everybody on the machine can read.
# shellcheck shell=sh

# Bytes by their decimal values.
bytes() {
  for one in "$@"; do
    # shellcheck disable=SC2059
    printf "\\$(printf '%03o' "$one")"
  done
}

# A record: type $1, then the text $2 with its length in front.
record() {
  [ "${#2}" -le 128 ] || fail "\"$2\" is too long for a server link."
  bytes "$1" "${#2}"
  printf '%s' "$2"
}

base64url() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }

# HMAC-SHA-1 (RFC 2104) of standard input with the secret, as base64. The secret has 64 bytes, which is the block of SHA-1.
hmac_sha1() {
  inner=
  outer=
  for byte in $(od -An -v -tu1 "$root$etc/secret"); do
    inner="$inner $((byte ^ 54))"
    outer="$outer $((byte ^ 92))"
  done
  # shellcheck disable=SC2086
  { bytes $outer; { bytes $inner; cat; } | openssl dgst -sha1 -binary; } | openssl dgst -sha1 -binary | openssl base64 -A
}

# The password of a user `EXPIRY:NAME` (draft-uberti-behave-turn-rest-00, 2.2).
password_of() { printf '%s' "$1" | hmac_sha1; }

# Whoever is on this machine for trying speaks to it without TLS.
relay_address() {
  if [ "$mode" = local ]; then say "mqtt+ws://127.0.0.1:$base_port/mqtt"
  else say "mqtt+wss://$domain/mqtt"; fi
}

page_address() {
  if [ "$mode" = local ]; then say "http://127.0.0.1:$base_port/join/"
  else say "https://$domain/join/"; fi
}

has_page() { [ -f "$root$www/join/index.html" ]; }

turn_addresses() {
  [ "$with_turn" = yes ] || return 0
  say "turn:$turn_host:$turn_port"
  say "turn:$turn_host:$turn_port?transport=tcp"
  if has_turn_tls; then say "turns:$turn_host:5349?transport=tcp"; fi
}

# The records of every link but how to sign in; standard input is that.
link_of() {
  body=$root$etc/.link
  (
    umask 077
    {
      bytes 1
      record 1 "$(relay_address)"
      for address in $(turn_addresses); do record 2 "$address"; done
      cat
      if has_page; then record 7 "$(page_address)"; fi
      record 8 "$server_name"
    } >"$body"
  )
  printf 'ffc-server:1:'
  { cat "$body"; bytes 255 4; openssl dgst -sha256 -binary <"$body" | head -c 4; } | base64url
  rm "$body"
}

owner_sign_in() {
  [ "$with_turn" = yes ] || return 0
  bytes 4 64
  cat "$root$etc/secret"
}

owner_link() { owner_sign_in | link_of; }

# $1: a name without signs that mean something; $2: when it ends, in seconds.
member_link() {
  if [ "$with_turn" = yes ]; then
    {
      record 3 "$2:$1"
      record 5 "$(password_of "$2:$1")"
      bytes 6 4 $(($2 >> 24 & 255)) $(($2 >> 16 & 255)) $(($2 >> 8 & 255)) $(($2 & 255))
    } | link_of
  else
    link_of </dev/null
  fi
}

show_link() {
  say "$1"
  if is_on_path qrencode; then printf '%s' "$1" | qrencode -t UTF8 -m 2 || true; fi
}

show_owner_link() {
  say 'Your server link. Add it in FreeFlow Connect: Settings, Network, "Add my server".'
  say 'It holds the secret of the server: for your own devices only. For others: server add-member NAME'
  say ''
  show_link "$(owner_link)"
}

add_member() {
  name=$(printf '%s' "${1:-member}" | tr -cd 'A-Za-z0-9_-' | cut -c1-32)
  [ -n "$name" ] || fail 'A name is made of letters, digits, "-" and "_".'
  if [ "$days" -lt 1 ] || [ "$days" -gt 3650 ]; then fail 'A link is good for 1 to 3650 days.'; fi
  end=$(($(date +%s) + days * 86400))
  if [ "$with_turn" = yes ]; then say "A server link for $name. Its TURN password is good until $(date -u -d "@$end" +%F)."
  else say "A server link for $name."; fi
  say ''
  show_link "$(member_link "$name" "$end")"
}
