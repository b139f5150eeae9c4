# A file that a tool writes beside its output may not be the output.
echo '{"a":1}' >one
mdx-ingest --manifest both -o both one
echo "status $?"
mdx-normalize --review both -o both one
echo "status $?"
ls
