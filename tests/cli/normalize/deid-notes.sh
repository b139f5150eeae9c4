# Recall on the notes that the rules were tuned on, and words that must survive;
# figures that count are those of templates that nobody tuned on (see man page).
data=$TOP/tests/data/deid
python3 "$data/notes.py" 1500 3 >notes.ndjson
python3 "$data/score.py" mdx-normalize "$MDX_SHARE" notes.ndjson >score || exit 9
jq -r '"spans", .recall >= 0.99, "ids, phones, mails", .numbers == 1, "words", .kept >= 0.99' score
python3 "$data/notes.py" 92 4 | jq -r .kind | sort -u | wc -l
