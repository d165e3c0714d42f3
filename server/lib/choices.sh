# What was asked on the command line, and what an earlier run has kept of it.
# shellcheck shell=sh
# Read and set by the other parts.
# shellcheck disable=SC2034

root=
dry_run=
mode=system
etc=/etc/freeflow
state=/var/lib
www=/usr/local/share/freeflow/www
domain=
with_turn=yes
proxy_port=
turn_tls=yes
overlay=no
page=
days=90
base_port=8780
local_dir=${XDG_STATE_HOME:-${HOME:-/tmp}/.local/state}/freeflow-server

need_value() {
  case ${2:---} in --*) fail "$1 needs a value. See: server help" ;; esac
}

is_port() {
  case $1 in '' | *[!0-9]*) return 1 ;; esac
  [ "$1" -ge 1 ] && [ "$1" -le 65535 ]
}

is_base_port() {
  if is_port "$1" && [ "$1" -le 49000 ]; then return; fi
  fail "\"$1\" is no port from 1 to 49000."
}

# A host name of at least two labels, in lower case: it goes into configuration files as it is.
is_domain() {
  [ "${#1}" -le 100 ] && printf '%s' "$1" | grep -Eqx '([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]'
}

read_arguments() {
  while [ $# -gt 0 ]; do
    case $1 in
      --domain) need_value "$@"; domain=$2; shift ;;
      --no-turn) with_turn=no ;;
      --no-turn-tls) turn_tls=no ;;
      --behind-proxy) need_value "$@"; is_port "$2" || fail "\"$2\" is no port."; proxy_port=$2; shift ;;
      --overlay) overlay=yes ;;
      --page) need_value "$@"; page=$(readlink -f "$2"); shift ;;
      --dry-run) need_value "$@"; dry_run=yes; mkdir -p "$2"; root=$(readlink -f "$2"); shift ;;
      --local) mode=local ;;
      --port) need_value "$@"; is_base_port "$2"; base_port=$2; shift ;;
      --dir) need_value "$@"; local_dir=$2; shift ;;
      --days) need_value "$@"; case $2 in '' | *[!0-9]* | ?????*) fail "\"$2\" is no number of days." ;; esac; days=$2; shift ;;
      -h | --help) verb=help ;;
      -*) fail "There is no option $1. See: server help" ;;
      *) take_word "$1" ;;
    esac
    shift
  done
  if [ "$mode" = local ]; then use_local_folder; fi
  [ -n "$verb" ] || choose_verb
  case $verb in
    backup | restore | upgrade) [ -n "$argument" ] || fail "Which file? server $verb FILE" ;;
    install) is_domain "$domain" || fail "\"$domain\" is no name of a server, such as call.example.org." ;;
  esac
}

take_word() {
  if [ -z "$verb" ] && [ -z "$domain" ]; then
    case $1 in
      help | status | link | add-member | backup | restore | upgrade | renew-secret | remove | copy-certificate) verb=$1; return ;;
      *.*) domain=$(printf '%s' "$1" | tr '[:upper:]' '[:lower:]'); return ;;
    esac
  elif [ -n "$verb" ] && [ -z "$argument" ]; then
    argument=$1
    return
  fi
  fail "\"$1\" is not understood. See: server help"
}

choose_verb() {
  if [ -n "$domain" ]; then verb=install
  elif [ "$mode" = local ]; then verb=local
  else verb=help; fi
}

use_local_folder() {
  mkdir -p "$local_dir"
  chmod 700 "$local_dir"
  local_dir=$(readlink -f "$local_dir")
  etc=$local_dir
  state=$local_dir
  www=$local_dir/www
}
