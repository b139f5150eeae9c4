# A format that is not known is suggested, or where the names are to be found.
mdx-ingest --format ndjsn /dev/null
echo "status $?"
mdx-ingest --format bogus /dev/null
echo "status $?"
mdx-ingest --header "" /dev/null
