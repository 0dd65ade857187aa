# What the scripts share: where the project is, how they speak, and the tools they put first on the PATH.
# Sourced, not run.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
tools=$root/build/tools
build=$root/build/release
export PATH=$tools/node_modules/.bin:$PATH

step() { printf '\033[1m▸ %s\033[0m\n' "$*"; }
note() { printf '  %s\n' "$*"; }
fail() {
  printf '✗ %s\n' "$1" >&2
  shift
  for line in "$@"; do printf '  %s\n' "$line" >&2; done
  exit 1
}

# Prints the comment at the top of the calling script, as its help.
usage() { sed -n '2,/^[^#]/{/^#/s/^# \{0,1\}//p}' "$0"; }

# Ends the calling script for an argument that it does not know, or whose value is missing.
refuse_argument() { fail "Unknown argument, or one without its value: $1" "$(usage | head -1)"; }

# need_count ARGUMENT VALUE: ends the calling script unless the value is a whole number from 1 on.
need_count() { [[ $2 =~ ^[1-9][0-9]{0,17}$ ]] || fail "$1 needs a whole number from 1 on, not \"$2\"." "$(usage | head -1)"; }

# need_seed ARGUMENT VALUE: ends the calling script unless the value is a whole number.
need_seed() { [[ $2 =~ ^(0|[1-9][0-9]{0,17})$ ]] || fail "$1 needs a whole number, not \"$2\"." "$(usage | head -1)"; }

# Runs a command as root: directly, or through sudo.
as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    fail "Packages must be installed, which needs root, and there is no sudo here." "Run once as root: $root/scripts/setup"
  fi
}
