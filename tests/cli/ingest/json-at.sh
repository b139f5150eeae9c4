# --at: records inside a document, element by element; the rest is framing.
short() { jq -c '[.error.code, .error.message, .src.offset, (.raw // "" | length)]' "$1"; }
account() { jq -c '[.records, .set_aside, .skipped, .bytes == (.bytes_of | add)]' "$1"; }
run() { # the records without what is long of _mdx
	mdx-ingest --sha256 never --manifest m --rejects r -q "$@" |
	    jq -c '[del(._mdx), ._mdx.src.line, ._mdx.src.offset]'
	account m
	short r
}
cat >d.json <<'END'
{"meta":{"n":2,"deep":[[[{"x":"}]"}]]],"items":"no"},
 "data":{"items":[
  {"id":1,"v":[{"w":"}"}]}, "x", null,
  {"id":2}],
 "a/b":{"~c":{"id":3}}},
 "tail":[1,2]}
END
run d.json --at /data/items
run d.json --at '/data/a~1b/~0c'
run d.json --at /data/items/3/id
run d.json --at /data/nothing
# One line is a document too, and each document of several has its own.
printf '{"d":[{"a":1}]}\n{"e":[]}\n{"d":[]}\n{"d":[{"a":2}],"d":[3]}\n' >n.ndjson
run n.ndjson --at /d
# Where it breaks, the elements before are out and the rest is one reject.
printf '{"d":[{"a":1},{"a":2},{"a":tru},{"a":4}],"z":1}\n' >broken.json
run broken.json --at /d
printf '{"z":[1,2,}],"d":[{"a":1}]}\n' >before.json
run before.json --at /d
printf '{"d":[{"a":1},{"a":2}' >open.json
run open.json --at /d
# A path is checked before anything is read.
mdx-ingest d.json --at data; echo "status $?"
mdx-ingest d.json --at '/a~2'; echo "status $?"
# Bigger than a record may be: what is around, and an element that is too long.
awk 'BEGIN { printf "{\"skip\":{\"a\":["; for (i = 0; i < 40000; i++) printf "{\"k\":%d,\"s\":\"\\\"]}\"},", i
    printf "0]},\n\"d\":[{\"a\":1},{\"a\":\""; for (i = 0; i < 9000; i++) printf "0123456789"
    print "\"},\n{\"a\":3}],\"z\":[1]}" }' >big.json
run big.json --at /d --max-record 64k
# Too deep, it ends with a reason; what stands before and behind it is out.
awk 'BEGIN { printf "[{\"a\":1},"; for (i = 0; i < 100000; i++) printf "["
    for (i = 0; i < 100000; i++) printf "]"; print ",{\"a\":3}]" }' >deep.json
run deep.json
awk 'BEGIN { printf "{\"a\":1,\"d\":"; for (i = 0; i < 100000; i++) printf "["; print "" }' >hole.json
run hole.json --at /e
