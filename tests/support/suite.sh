# What the suites that Node plays share. Sourced, not run.
. "$(dirname "${BASH_SOURCE[0]}")/../../scripts/common.sh"
export VIGIE_BUILD=${VIGIE_BUILD:-$build}

# Node is told to end when its script is ended, by whatever signal, and then ends what its tests have started.
node_tests=(setpriv --pdeathsig TERM node --test)

check_server() {
  [ -x "$VIGIE_BUILD/server/vigie-server" ] || fail "There is no server in $VIGIE_BUILD." "Build first: scripts/build"
}

# The packages are there and are those of the lock file.
install_packages() {
  [ "$root/tests/node_modules/.package-lock.json" -nt "$root/tests/package-lock.json" ] ||
    npm --prefix "$root/tests" ci --no-audit --no-fund --loglevel=error
}

# play AT_ONCE TEST ...: so many files at a time. What a test leaves running is not waited for.
play() {
  local status=0
  summary=$(mktemp)
  trap 'rm -f "$summary"' EXIT
  "${node_tests[@]}" --test-timeout=1800000 --test-concurrency="$1" --test-force-exit --test-reporter=tap "${@:2}" | tee "$summary" |
    grep -v '^ *\(---\|\.\.\.\|duration_ms:.*\|type:.*\)$' || status=${PIPESTATUS[0]}
  tell_counts "$summary"
  return "$status"
}

# How many the summary's lines (`# pass 9`) say: "N passed, N failed".
tell_counts() {
  printf '%s passed, %s failed\n' "$(count pass "$1")" "$(($(count fail "$1") + $(count cancelled "$1")))"
}

count() { sed -n "s/^# $1 //p" "$2" | tail -n 1; }
