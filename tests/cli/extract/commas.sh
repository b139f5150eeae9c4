# Only a plain comma before three digits parts thousands; a full-width one, one
# with a blank behind it, and one behind a ratio part what is listed.
for t in 'EDV 1,120ml' 'EDV 95，120ml' 'EDV 95, 120ml'; do
	printf '{"text":"%s"}\n' "$t" |
	    mdx-extract -p echo --only lvedv | jq -c .indicators
done
for t in '血压130/80，126/78mmHg' '血压130/80,126/78mmHg'; do
	printf '{"kind":"text","text":"入院记录 查体：%s"}\n' "$t" |
	    mdx-extract -p severe-pneumonia --doc admission_note --only sbp,dbp |
	    jq -c .indicators
done
