# A listener wants a spool, a run of its own, and an address with a port.
mdx-ingest mllp://127.0.0.1:2575
mdx-ingest mllp://127.0.0.1:2575 --spool s --no-spool
mdx-ingest mllp://127.0.0.1:2575 --spool s a.csv
mdx-ingest a.csv --spool s
mdx-ingest mllp://127.0.0.1 --no-spool
echo "status $?"
