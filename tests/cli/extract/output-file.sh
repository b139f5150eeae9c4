# What a verb prints goes into the file of -o, and its report where it is wanted.
pack='-p thyroid-ablation'
echo '{"id":"a","indicators":{"outcome":null,"x":1}}' >gold.ndjson
written() { # NAME ARGUMENT...
	name=$1
	shift
	mdx-extract "$@" >plain && mdx-extract "$@" -o file --report report >silent
	cmp plain file && echo "$name: $(wc -c <silent) $(wc -l <file)" \
	    "$(jq -c '[.status, .out.bytes > 0]' report)"
}
# shellcheck disable=SC2086
{
	written check check $pack
	written schema schema $pack
	written dictionary form $pack --dictionary
	written eval eval gold.ndjson gold.ndjson
}
