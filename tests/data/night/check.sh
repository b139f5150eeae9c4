#!/bin/sh
# Makes the night again, in another time zone and locale, and compares.
# Exit 0: the same bytes.  77: the Python packages it needs are not here.
set -eu
here=$(dirname -- "$0")
/usr/bin/python3 -c 'import openpyxl, pydicom' 2>/dev/null || {
	echo "check.sh: needs python3-openpyxl and python3-pydicom" >&2
	exit 77
}
new=$(mktemp -d)
trap 'rm -rf -- "$new"' EXIT
TZ=Asia/Shanghai LC_ALL=C PYTHONDONTWRITEBYTECODE=1 \
    "$here/generate.py" -o "$new/night.zip"
cmp -- "$here/night.zip" "$new/night.zip"
cmp -- "$here/truth.json" "$new/truth.json"
