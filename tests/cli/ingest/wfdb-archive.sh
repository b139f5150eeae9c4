# In an archive a header is read with its signal files and annotations,
# whichever comes first; these are skips, what no header names is a reject.
python=/usr/bin/python3
command -v "$python" >/dev/null || { echo "no python3"; exit 77; }
mkdir w && "$python" "$CASES/wfdb_files.py" w
printf '\000\002\003\004' >w/orphan.dat
tar cf a.tar w/f16.dat w/f16.hea w/multi.hea w/multi.dat w/orphan.dat \
    w/resp.dat w/f212.atr w/f212.dat
for options in '' '--samples 1'; do
	# shellcheck disable=SC2086
	mdx-ingest $options a.tar --rejects r --manifest m --report report |
	    jq -c '[.recording, ._mdx.src.member]'
	jq -c '[.member, .format, .bytes, .bytes_of, .complete, .skipped]' m
	jq -c '[.error.code, .src.member]' r
	jq -c '[.ingest.pieces, .out.records, .set_aside, .skipped]' report
done
echo "as from the folder, in any order, packed or nested, from a pipe"
values() { jq -cS 'del(._mdx)' | sort; }
kinds() { jq -r ._mdx.kind | sort | uniq -c; }
mdx-ingest --samples 1 --include '*.hea' w --rejects r >folder 2>err
values <folder >want
tar cf fore.tar $(find w -type f | sort)
tar czf back.tar.gz $(find w -type f | sort -r)
tar cf nest.tar back.tar.gz
for source in fore.tar back.tar.gz nest.tar; do
	set -- --samples 1 --include '*.hea' --include '*.dat' \
	    --include '*.atr' --rejects r
	mdx-ingest "$@" $source >got 2>err
	values <got | cmp - want && echo "$source: $(wc -l <got) the same"
	mdx-ingest "$@" <$source 2>err | cut -d'_' -f 1 >piped
	cut -d'_' -f 1 got | cmp - piped
done
cat err
kinds <folder >a; kinds <got | cmp - a
jq -r ._mdx.id got | sort | uniq -d
echo "without --samples annotations come with the header"
mdx-ingest back.tar.gz --include '*f212.*' --manifest m |
    jq -c '[.recording, (.annotations | length)]'
jq -c 'select(.member[0] // "" | contains("f212")) | [.member, .skipped]' m
echo "an archive that grew gives what is new"
tar cf grows.tar w/f16.hea w/f16.dat
mdx-ingest grows.tar --samples 1 --state state | wc -l
tar rf grows.tar w/f8.dat w/f8.hea
mdx-ingest grows.tar --samples 1 --state state | jq -r '._mdx.src.member[0]' | uniq -c
mdx-ingest grows.tar --samples 1 --state state | wc -l
echo "one that is cut off is a reject, and what stands before the cut is read"
head -c 3000 fore.tar >cut.tar
mdx-ingest cut.tar --samples 1 --rejects r --manifest m | wc -l
echo "signals that are not there"
tar cf lone.tar w/f16.hea
mdx-ingest lone.tar --samples 1 | jq -c ._mdx.src.member
mdx-ingest lone.tar --samples 1 -o o; echo "status $?"
echo "a temporary file that cannot be"
mdx-ingest lone.tar --spool-dir nowhere; echo "status $?"
ls -A | grep mdx- || echo 'none is left'
