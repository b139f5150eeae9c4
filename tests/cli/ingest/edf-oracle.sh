# Recordings that libedf writes read as it reads them; every value is the
# exact fraction, rounded by less than a thousandth of a step; every record of
# samples is cut back out of its file by its offset.
python=/usr/bin/python3
command -v "$python" >/dev/null || { echo "no python3"; exit 77; }
"$python" -c 'import ctypes; ctypes.CDLL("libedf.so.1")' 2>/dev/null ||
    { echo "no libedf"; exit 77; }
"$python" "$CASES/edf_oracle.py"
