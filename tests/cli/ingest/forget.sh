# --forget: what it matches is read again; without a source that is all.
mkdir in
printf 'a,b\n1,2\n' >in/a.csv
printf 'a,b\n3,4\n' >in/b.csv
tar cf in/c.tar -C in a.csv b.csv
read_again() {
	mdx-ingest --state s.db "$@" | jq -c '[._mdx.src.uri, ._mdx.src.member]'
}
read_again in
echo '== one'
read_again --forget 'a.csv' in
echo '== by its folder, and an archive with its members'
read_again --forget 'in/*.tar' --forget 'nothing' in
echo '== without a source'
mdx-ingest --state s.db -v --forget '*'
echo "status $?"
read_again in
