#!/bin/sh
# Makes .venv from the lock files, every download checked against its hash, and puts this project into it.
#
#   sh install.sh        what a learner needs     (make install, make lab)
#   sh install.sh dev    and what the tests need  (make test, make check)
#
# Does nothing when all is in place. Repairs what an interrupted run left behind. Never removes a .venv it did not make.
# When it cannot go on it says why in one sentence.
set -eu
cd "$(dirname "$0")"
here=$(pwd -P)
for_whom=${1:-learner}
kept=.venv/.install # what this script remembers: `making` while it is at work, then one line for each lock installed

say() { printf '%s\n' "$*"; }

stop() {
    printf 'Cannot go on: %s\n' "$*" >&2
    exit 1
}

# ---------------------------------------------------------------------------------------------- what is there already

stamp() { printf '%s %s %s\n' "$1" "$(cat "$1" pyproject.toml install.sh | cksum | tr ' ' -)" "$here"; }

in_place() { grep -qxF "$(stamp "$1")" "$kept" 2>/dev/null; }

venv_works() { .venv/bin/python -I -c 'import pip' 2>/dev/null; }

browser_found() {
    for browser in chromium chromium-browser google-chrome google-chrome-stable; do
        command -v "$browser" >/dev/null && return 0
    done
    [ -e "/Applications/Google Chrome.app" ] || [ -e /Applications/Chromium.app ]
}

missing_tools() {
    browser_found || printf ' chromium fonts-dejavu-core'
    [ "$(uname -s)" != Linux ] || command -v bwrap >/dev/null || printf ' bubblewrap'
}

# ------------------------------------------------------------------------------------------------------- system tools

apt_get() { # PACKAGE...: installs them if this user may; false if not
    command -v apt-get >/dev/null || return 1
    if [ "$(id -u)" = 0 ]; then root=; elif sudo -n true 2>/dev/null; then root=sudo; else return 1; fi
    say "Installing with apt-get: $*"
    set -- $root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"
    output=$("$@" 2>&1) && return 0
    # A machine that has never listed its packages, or long ago, finds none of them: list, then try once more.
    output=$($root apt-get update 2>&1 && "$@" 2>&1) || explain "$output" "apt-get could not install a package."
}

system_tools() {
    missing=$(missing_tools)
    [ -n "$missing" ] || return 0
    # shellcheck disable=SC2086  # one word a package
    apt_get $missing || stop "the tests need programs that are not installed and that you may not install without" \
        "a password; please type: sudo apt-get install$missing"
}

# -------------------------------------------------------------------------------------------------------------- Python

find_python() {
    newest=
    set -- python3 python3.14 python3.13 python3.12 python3.11
    [ -z "${PYTHON:-}" ] || set -- "$PYTHON"
    for python in "$@"; do
        version=$("$python" -c 'import platform; print(platform.python_version())' 2>/dev/null) || continue
        if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then return 0; fi
        newest=${newest:-$version}
    done
    if [ -n "$newest" ]; then
        stop "this course needs Python 3.11 or newer and the one found is $newest; install a newer one" \
            "(Debian 12 and later: apt-get install python3), or name it: make lab PYTHON=/path/to/python3.12"
    fi
    stop "no working ${PYTHON:-python3} was found; install Python 3.11 or newer (on Debian: apt-get install python3)."
}

make_venv() {
    find_python
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then # Debian keeps these two in a package of their own
        package=python${version%.*}-venv
        apt_get "$package" || stop "Python's venv is not installed; please type: sudo apt-get install $package"
    fi
    say "Making .venv with Python $version."
    output=$(rm -rf .venv 2>&1 && mkdir .venv 2>&1 && { echo making >"$kept"; } 2>&1) ||
        explain "$output" "the folder .venv could not be made."
    # In two steps, because `venv` hides why pip could not be put in.
    output=$("$python" -m venv --without-pip .venv 2>&1 && .venv/bin/python -m ensurepip --default-pip 2>&1) ||
        explain "$output" "Python could not make .venv."
}

# ------------------------------------------------------------------------------------------------------------ packages

explain() { # OUTPUT SENTENCE: says the reason in one sentence; SENTENCE is for a reason not known here
    details=
    [ ! -d .venv ] || ! { printf '%s\n' "$1" >.venv/install.log; } 2>/dev/null || details=" (Details: .venv/install.log)"
    case $1 in
    *"No space left on device"* | *"isk quota exceeded"*)
        stop "the disk is full; the course needs about 600 MB in $here and 200 MB in ${TMPDIR:-/tmp} while it installs." ;;
    *"Read-only file system"* | *"ermission denied"*)
        stop "nothing may be written in $here; move the course to a folder of your own and type the command there." ;;
    *"DO NOT MATCH THE HASHES"*)
        stop "a downloaded package is not the one the lock file names, so it was not installed; try again," \
            "and if it happens again, something on the way changes files.$details" ;;
    *"new connection"* | *"name resolution"* | *"ailed to resolve"* | *"failure resolving"* | *"onnection refused"* | \
        *"onnection broken"* | *"is unreachable"* | *"imed out"* | *"SSLError"* | *"ProxyError"* | *"Could not connect"*)
        stop "the download failed, because there is no network or the server does not answer;" \
            "connect and type the command again.$details" ;;
    *"No matching distribution found"*)
        stop "one of the packages is not offered for $(.venv/bin/python -V 2>&1) on $(uname -sm);" \
            "try Python 3.11, 3.12 or 3.13 (make lab PYTHON=python3.12).$details" ;;
    *) # The last line that names an error says more than the last line.
        last=$(printf '%s\n' "$1" | grep -E '(Error|ERROR|^E): ' || printf '%s\n' "$1" | grep -v '^ *$' || true)
        stop "$2 Its last words: $(printf '%s\n' "$last" | tail -n 1 | sed 's/^ *//').$details" ;;
    esac
}

pip_install() { # ARGUMENT...: `pip install` with its output kept for `explain`, and a count where there is a terminal
    exec 3>&1
    output=$(
        { .venv/bin/python -m pip install --disable-pip-version-check --no-input --retries 3 "$@" 2>&1 &&
            echo pip-is-done; } | {
            count=0
            while IFS= read -r line; do
                printf '%s\n' "$line"
                case $line in Collecting* | Processing*) [ ! -t 3 ] || printf '\r  %d of %d' $((count = count + 1)) "$packages" >&3 ;; esac
            done
            [ ! -t 3 ] || printf '\r              \r' >&3
        }
    )
    case $output in *pip-is-done) ;; *) explain "$output" "pip could not install the packages." ;; esac
}

install_lock() { # LOCK: the packages, then the project itself
    packages=$(grep -c == "$1" || true)
    say "Installing the $packages packages of $1, each checked against its hash; a minute, or more on a slow line."
    # Wheels only: nothing is compiled, and nothing runs that has no hash.
    pip_install --require-hashes --only-binary :all: -r "$1"
    pip_install --no-deps --no-build-isolation --no-index --editable .
}

# ---------------------------------------------------------------------------------------------------------------- main

trap 'say; say "Stopped. Type the command again to go on."; exit 130' INT TERM

case $for_whom in
learner) locks=requirements.lock ;;
dev) locks="requirements.lock requirements-dev.lock" ;;
*) stop "install.sh takes no argument or the word dev, not '$for_whom'." ;;
esac

[ "$for_whom" = learner ] || system_tools

todo=
for lock in $locks; do in_place "$lock" || todo="$todo $lock"; done
[ -n "$todo" ] || ! venv_works || exit 0

if [ -e .venv ] && [ ! -e "$kept" ] && ! rmdir .venv 2>/dev/null; then
    stop "$here/.venv was not made by this command, so it is left alone; move it away or delete it, and try again."
fi
# Half made, moved to another folder, or left without its Python: begin again. Else bring up to date what changed.
if grep -qsx making "$kept" || ! grep -qsF " $here" "$kept" || ! venv_works; then
    [ ! -e .venv ] || say "The .venv here is unfinished or no longer works, so it is made again."
    make_venv
    todo=$locks
fi
installed=$(cat "$kept")
output=$({ echo making >"$kept"; } 2>&1) || explain "$output" "the folder .venv cannot be changed."
for lock in $todo; do
    install_lock "$lock"
    installed=$(printf '%s\n' "$installed" | grep -v -e "^$lock " -e '^making$' || true; stamp "$lock")
done
printf '%s\n' "$installed" >"$kept.new" && mv "$kept.new" "$kept"

say "Ready."
missing=$(missing_tools)
[ -z "$missing" ] || say "Learners need no more; tests, and grading other people's work, do: apt-get install$missing"
