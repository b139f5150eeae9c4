# The table to fill in by hand, REDCap's dictionary of it, and the way back; a
# spreadsheet makes 7 of 007, so such cells have a quote in front, and --join
# takes it off.
mkdir mine
cp "$TOP"/lib/share/packs/thyroid-ablation/* mine/ 2>/dev/null
cat >>mine/indicators.csv <<'END'
recur,复发,,随访,L4,,bool,,,,,hand,,,,,
fu_result,随访结论,,随访,L4,,code,,治愈; 好转; 未愈,,,hand,,,,,
fu_date,复查日,,随访,L4,,date,,,,,hand,,,,,
fu_code,随访编号,,随访,L4,,text,,,,,hand,,,,,
END
cat >in.ndjson <<'END'
{"patient_id":"007","indicators":{"lesion":[{"location":"右叶","fu_size":[10,8,7.5]},{"location":"左叶"}],"recur":false},"_mdx":{"id":"a"}}
{"patient_id":"7","indicators":{"lesion":[],"fu_result":"好转","fu_code":"=1+1"},"_mdx":{"id":"b"}}
{"visit_id":"x"}
END
mdx-extract form -p ./mine --max-rejects 1 in.ndjson | tail -c +4 | tee form.csv
echo "--- the dictionary"
mdx-extract form -p ./mine --dictionary | tee dictionary.csv
python3 - <<'END'
import csv
rows = list(csv.reader(open("dictionary.csv", encoding="utf-8")))
print(len(rows), {len(r) for r in rows})
END
echo "--- filled, and back"
sed -e "s/^'007,,,,,0,,,/'007,,,,3,1,3,2024-05-06,'0123/" \
    -e "s/^'007,lesion,2,,.*/'007,lesion,2,9x9x9,,,,,/" form.csv >filled.csv
diff form.csv filled.csv
mdx-extract -p ./mine --level L4 --join filled.csv in.ndjson |
	jq -c '[.patient_id, .indicators, ((._mdx.extract // []) | map([.path, .engine, .src]))]'
echo "--- names that fall together"
echo 'fu.result,复发二,,随访,L4,,bool,,,,,hand,,,,,' >>mine/indicators.csv
mdx-extract check -p ./mine
echo "--- a key of many members; a table that cannot be written leaves the file"
echo old >keep
mdx-extract form -p ./mine -o keep in.ndjson
echo "$? $(cat keep)"
echo '{"a":1,"b":1,"c":1,"d":1,"e":1,"f":1,"g":1,"h":1,"i":1,"j":1,"k":1,"l":1,"m":1,"n":1,"o":1,"p":1,"q":1,"r":1}' |
	mdx-extract form -p thyroid-ablation --on a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r | tail -n +2
