# The configuration of the three programs, out of templates, and what is kept from run to run.
# shellcheck shell=sh
# shellcheck disable=SC2034

turn_host=
turn_port=3478
external_ip=
server_name=

read_configuration() {
  if [ ! -f "$root$etc/server.conf" ]; then
    if [ "$mode" = local ]; then fail "There is no server in $local_dir yet. Start it: server --local"; fi
    fail "There is no server here yet. Install it: sudo ./server DOMAIN"
  fi
  [ -r "$root$etc/secret" ] || fail 'This needs root: sudo server ...'
  while IFS='=' read -r key value; do
    case $key in
      DOMAIN) domain=$value ;;
      TURN) with_turn=$value ;;
      PROXY_PORT) proxy_port=$value ;;
      TURN_TLS) turn_tls=$value ;;
      OVERLAY) overlay=$value ;;
      EXTERNAL_IP) external_ip=$value ;;
      BASE_PORT) base_port=$value ;;
    esac
  done <"$root$etc/server.conf"
  [ "$mode" = local ] || is_domain "$domain" || fail "$etc/server.conf names no server."
  place_server
}

# Where everything is, of what is known.
place_server() {
  if [ "$mode" = local ]; then
    domain=127.0.0.1
    turn_host=$(own_address)
    turn_port=$((base_port + 3))
    broker_port=$((base_port + 1))
    plain_port=$((base_port + 2))
    server_name="127.0.0.1:$base_port"
    base_url="http://127.0.0.1:$base_port"
  else
    turn_host=$domain
    broker_port=19001
    plain_port=19002
    server_name=$domain
    base_url="https://$domain"
  fi
}

# The address of this machine that WebRTC uses; the loopback one only where there is no other.
own_address() {
  found=$(hostname -I 2>/dev/null | tr ' ' '\n' | grep -E '^[0-9.]+$' | head -n 1)
  say "${found:-127.0.0.1}"
}

keep_secret() {
  if [ ! -s "$root$etc/secret" ]; then
    (umask 077 && openssl rand -hex 32 | tr -d '\n' >"$root$etc/secret.part")
    mv "$root$etc/secret.part" "$root$etc/secret"
  fi
  chmod 600 "$root$etc/secret"
}

write_configuration() {
  mkdir -p "$root$etc"
  chmod 755 "$root$etc"
  [ "$mode" = system ] || chmod 700 "$root$etc"
  keep_secret
  (
    umask 077
    {
      say "DOMAIN=$domain"
      say "TURN=$with_turn"
      say "PROXY_PORT=$proxy_port"
      say "TURN_TLS=$turn_tls"
      say "OVERLAY=$overlay"
      say "EXTERNAL_IP=$external_ip"
      say "BASE_PORT=$base_port"
    } >"$root$etc/server.conf.part"
  )
  mv "$root$etc/server.conf.part" "$root$etc/server.conf"
  write_web
  fill acl.json | put "$etc/acl.json" 640 mosquitto
  fill mosquitto.conf "BROKER_USER=$broker_user" "ACL_PLUGIN=$(acl_plugin)" "ETC=$etc" "PLAIN_PORT=$plain_port" \
    "BROKER_PORT=$broker_port" | put "$etc/mosquitto.conf" 644 mosquitto
  if [ "$with_turn" = yes ]; then turn_configuration | put "$etc/turnserver.conf" 640 turnserver; fi
}

# Where Debian and its kin keep it; the folder names the kind of processor.
acl_plugin() {
  for one in /usr/lib/*/mosquitto_dynamic_security.so /usr/lib/mosquitto_dynamic_security.so; do
    if [ -f "$one" ]; then
      say "$one"
      return
    fi
  done
  # Not installed yet: a dry run shows where it will be.
  say "/usr/lib/$(uname -m)-linux-gnu/mosquitto_dynamic_security.so"
}

write_web() {
  site=$domain
  bind=
  auto_https=
  if [ "$mode" = local ]; then
    site="http://127.0.0.1:$base_port"
    bind="\tbind 127.0.0.1"
    auto_https="\tauto_https off"
  elif [ -n "$proxy_port" ]; then
    site="http://:$proxy_port"
    bind="\tbind 127.0.0.1"
    auto_https="\tauto_https off"
  fi
  fill Caddyfile "SITE=$site" "BIND=$bind" "AUTO_HTTPS=$auto_https" "BROKER_PORT=$broker_port" "WWW=$www" |
    put "$etc/Caddyfile" 644 caddy
  fill index.html | put "$www/index.html" 644 root
  copy_page
}

# The guest page, where there is one: a new folder first, then its name, so that nobody gets half of it.
copy_page() {
  [ -n "$page" ] || { [ -d "$home/page" ] && page=$home/page; } || return 0
  [ -f "$page/index.html" ] || fail "There is no index.html in $page: that is no guest page."
  digest=$(cd "$page" && find . -type f -exec sha256sum {} + | LC_ALL=C sort | sha256sum | cut -c1-16)
  if [ ! -d "$root$www/page-$digest" ]; then
    mkdir -p "$root$www"
    cp -R "$page" "$root$www/page-$digest.part"
    chmod -R a+rX "$root$www/page-$digest.part"
    mv "$root$www/page-$digest.part" "$root$www/page-$digest"
  fi
  ln -sfn "page-$digest" "$root$www/join"
  for old in "$root$www"/page-*; do
    [ "$old" = "$root$www/page-$digest" ] || rm -rf "$old"
  done
}

# TURN over TLS takes Caddy's certificate, where Caddy has one.
has_turn_tls() { [ "$with_turn" = yes ] && [ "$mode" = system ] && [ -z "$proxy_port" ] && [ "$turn_tls" = yes ]; }

turn_configuration() {
  turn_state=$state/freeflow-turn
  [ "$mode" = system ] || turn_state=$state
  fill turnserver.conf "REALM=$domain" "TURN_PORT=$turn_port" "MIN_PORT=49160" \
    'MAX_PORT=49359' "TURN_STATE=$turn_state"
  if [ "$overlay" = no ]; then
    say 'denied-peer-ip=200::-3ff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'
    say 'denied-peer-ip=400::-5ff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'
  fi
  if [ "$mode" = local ]; then
    # Two people who both hide behind this server meet at its own address, which is a private one here.
    for one in $(printf '127.0.0.1\n%s\n' "$turn_host" | sort -u); do say "listening-ip=$one"; done
    say "relay-ip=$turn_host"
    say "allowed-peer-ip=$turn_host"
    say 'no-tls'
  elif ! has_turn_tls; then
    say 'no-tls'
  else
    say 'tls-listening-port=5349'
    say "cert=$etc/turn-certificate.pem"
    say "pkey=$etc/turn-key.pem"
  fi
  if [ -n "$external_ip" ]; then say "external-ip=$external_ip"; fi
  printf 'static-auth-secret='
  cat "$root$etc/secret"
  say ''
}
