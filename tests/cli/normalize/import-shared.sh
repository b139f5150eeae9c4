# The published tables that lie beside the project import whole, the code map
# with its one blank; each code of a case is remapped as its row says.
shared=$TOP/../shared/data/terminology
[ -e "$shared/icd10-cn-yibao.opendrg.tsv" ] || { echo "no shared terminology"; exit 77; }
cp "$shared"/*.tsv "$shared/ucum-essence.xml" .
import() {
	mdx-normalize import --terms terms "$@" || exit
}
import --system icd10-yb --version 2.0 icd10-cn-yibao.opendrg.tsv
import --system icd9cm3-yb --version 2.0 icd9cm3-cn-yibao.opendrg.tsv
import --from icd10-gl@2.0 --to icd10-yb@2.0 icd10-cn-codemap.opendrg.tsv
import --from icd9cm3-gl@3.0 --to icd9cm3-yb@2.0 icd9cm3-cn-codemap.opendrg.tsv
import ucum-essence.xml
tail -n +2 icd10-cn-codemap.opendrg.tsv | sed 's/ *\t */\t/; s/ *$//' >pairs
awk -F '\t' '{ printf "{\"x_codes\":[{\"code\":\"%s\",\"system\":\"icd10-gl\",\"version\":\"2.0\"}]}\n", $1 }' pairs |
	mdx-normalize remap --terms terms --from icd10-gl@2.0 --to icd10-yb@2.0 >out
# A code of the map that the list lacks is for a person; all others are there.
paste pairs out | awk -F '\t' '
index($3, "{\"code\":\"" $2 "\"") && $3 ~ /icd10-yb/ { there++; next }
$3 ~ /x@icd10-yb/ { listed++; next }
{ lost++ }
END { print there + 0, listed + 0, lost + 0 }'
