# The founding deck's note gives the deck's nine rows, offline.
jq -r 'select(.id == "thyroid-ablation-deck-case").text' \
	"$TOP/tests/data/extract/thyroid-ablation.gold.ndjson" >note.txt
mdx-extract -p thyroid-ablation --table --plain note.txt
echo
mdx-extract -p thyroid-ablation --table=md --all --plain note.txt
