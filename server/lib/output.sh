# Words for people, commands that a dry run only shows, and files that are kept when somebody has edited them.
# shellcheck shell=sh

say() { printf '%s\n' "$*"; }

fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

is_on_path() { command -v "$1" >/dev/null 2>&1; }

# Runs a command that changes the system; a dry run shows it.
change() {
  if [ -n "$dry_run" ]; then
    say "+ $*"
  else
    "$@"
  fi
}

# Paths whose contents this run has changed.
changed=

# Writes standard input to the file $1 with mode $2 and group $3. A file that somebody has edited since it was written stays as it is.
put() {
  path=$1
  mkdir -p "$(dirname "$root$path")" "$root$etc"
  written="$root$etc/written"
  touch "$written"
  temporary="$root$path.part"
  (umask 077 && cat >"$temporary")
  if [ -f "$root$path" ]; then
    if cmp -s "$temporary" "$root$path"; then
      rm "$temporary"
      own "$path" "$2" "$3"
      return
    fi
    # Whether it is as it was written last.
    if ! grep -qxF "$(hash_of "$root$path")  $path" "$written"; then
      mv "$temporary" "$root$path.new"
      own "$path.new" "$2" "$3"
      say "Kept: $path was edited by hand. What this version would write is in $path.new."
      return
    fi
  fi
  mv "$temporary" "$root$path"
  own "$path" "$2" "$3"
  changed="$changed $path"
  {
    grep -v "  $path\$" "$written" || true
    printf '%s  %s\n' "$(hash_of "$root$path")" "$path"
  } >"$written.part"
  mv "$written.part" "$written"
}

hash_of() { sha256sum "$1" | cut -d' ' -f1; }

own() {
  chmod "$2" "$root$1"
  [ "$(id -u)" != 0 ] || [ -n "$dry_run" ] || [ "$mode" = local ] || chown "root:$3" "$root$1"
}

# Whether this run has changed one of the paths.
has_changed() {
  for one in "$@"; do
    case " $changed " in *" $one "*) return 0 ;; esac
  done
  return 1
}

# A template with its @NAMES@ filled in: NAME=VALUE for each. Secrets never come this way: others could read them in the list of processes.
fill() {
  template=$1
  shift
  script=
  for pair in "$@"; do
    script="${script}s|@${pair%%=*}@|${pair#*=}|g;"
  done
  sed "$script" "$home/templates/$template"
}
