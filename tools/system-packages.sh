#!/bin/sh
# Installs the Debian packages that are missing: `system-packages.sh run`, or `test` for those the tests need on top.
# With root or sudo it installs; otherwise it says exactly which are missing and ends with an error.
set -eu

# Tesseract's library comes with its Python wheel; only the language data are Debian's.
packages="tesseract-ocr-ind tesseract-ocr-osd python3-uno fonts-liberation fontconfig tzdata bubblewrap restic libheif1"
# Since Debian 13 libheif's decoder is a package of its own; before, there is none of this name.
decoder="libheif-plugin-libde265"
! apt-cache show "$decoder" >/dev/null 2>&1 || packages="$packages $decoder"
command -v soffice >/dev/null 2>&1 || packages="$packages libreoffice-writer-nogui"
installed() { dpkg-query -W -f '${db:Status-Abbrev}' "$1" 2>/dev/null | grep -q '^.i'; }
# Chromium without windows of its own draws the tests' pages for less than half of the cost; older versions of Debian have it only whole.
browser="chromium-headless-shell"
! installed chromium || apt-cache show "$browser" >/dev/null 2>&1 || browser="chromium"
# iproute2: machines of the centre with cables of their own (network namespaces); libfaketime: with a clock that is wrong.
[ "${1:-run}" = run ] || packages="$packages poppler-utils tesseract-ocr $browser softhsm2 openssl postgresql dovecot-imapd iproute2 libfaketime"

missing=""
for package in $packages; do
    installed "$package" || missing="$missing $package"
done
# Debian packs Python's venv module apart.
"${PYTHON:-python3}" -c 'import ensurepip' 2>/dev/null || missing="$missing python3-venv"
[ -n "$missing" ] || exit 0

if ! command -v apt-get >/dev/null 2>&1; then
    echo "Paket sistem ini belum ada:$missing" >&2
    echo "Pasanglah dengan pengelola paket sistem ini, lalu ulangi." >&2
    exit 1
elif [ "$(id -u)" = 0 ]; then
    as_root=""
elif sudo -n true 2>/dev/null; then
    as_root="sudo"
elif command -v sudo >/dev/null 2>&1 && [ -t 0 ]; then
    as_root="sudo"
else
    echo "Paket sistem ini belum ada, dan memasangnya perlu root:" >&2
    echo "  apt-get install --no-install-recommends$missing" >&2
    exit 1
fi
echo "Memasang paket sistem:$missing"
$as_root apt-get update -qq
case " $missing " in # on a new machine apt knows of no package before this
    *" libheif1 "*) ! apt-cache show "$decoder" >/dev/null 2>&1 || missing="$missing $decoder" ;;
esac
case " $missing " in
    *" $browser "*) apt-cache show "$browser" >/dev/null 2>&1 || missing="${missing%% "$browser"*} chromium${missing#* "$browser"}" ;;
esac
# shellcheck disable=SC2086 # the names are words
DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends $missing >/dev/null
