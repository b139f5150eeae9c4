# An index that cannot be made is an output that cannot be written.
mdx-ask index -d nofolder/a.db "$CASES/records.ndjson"
