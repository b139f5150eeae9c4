# Damaged input: no byte is lost, no run crashes, every output line is JSON.
python=/usr/bin/python3 # Debian's, which has its packages
cp "$TOP/tests/data/night/night.zip" .
command -v "$python" >/dev/null || { echo "no python3"; exit 77; }
"$python" "$CASES/mutate.py" night.zip 300
# The long run: tests/cli/ingest/mutate.py NIGHT.ZIP 10000 SEED
