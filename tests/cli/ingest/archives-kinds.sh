# Every sort of archive, as a file, from a pipe, and in another archive.
for c in 7z lz4 lzip cpio; do
	command -v $c >/dev/null || { echo "no $c"; exit 77; }
done
/usr/bin/python3 "$CASES/archives-kinds.py"
