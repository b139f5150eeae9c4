# Every kind of damage is found and blamed on the right place.
. "$CASES/common"
echo '{"a":1}' | mdx-register put one --title One -k steward.pem >/dev/null
echo '{"a":2}' | mdx-register put two --title Two -k steward.pem >/dev/null
mdx-register verify | jq -c '[.check, .asset, .ok]'
pack=$(find store/packs -name '*.pack' | sort | head -n 1)
cp "$pack" keep
printf 'X' | dd of="$pack" bs=1 seek=40 conv=notrunc 2>/dev/null
mdx-register verify | jq -c '[.check, .ok]' | sort; cp keep "$pack"
sqlite3 store/catalogue.db "UPDATE entry SET bytes = CAST(replace(CAST(bytes AS TEXT), 'put', 'cut') AS BLOB) WHERE n = 3"
mdx-register verify | jq -c 'select(.check == "log") | [.ok, .error.code]'
