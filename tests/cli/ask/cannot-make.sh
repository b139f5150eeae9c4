# An index that cannot be made is an output that cannot be written.
mdx-ask index -d nofolder/a.db "$CASES/records.ndjson"
echo "status $?"
mdx-ask query x -d "$CASES"/.. 2>&1 | sed "s|.*/\.\.|FOLDER|"
