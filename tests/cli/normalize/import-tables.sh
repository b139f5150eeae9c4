# Tables of values import like spreadsheets: GB18030, tabs, LOINC with its
# release, a hospital's own list; UCUM's essence becomes a table of units.
printf '药品代码,注册名称,商品名称\nXA01ABD075A002010100483,某片,某牌\n' |
	iconv -f utf-8 -t gb18030 >医保药品目录3.1.csv
printf '"LOINC_NUM","LONG_COMMON_NAME","SHORTNAME","STATUS","VersionLastChanged"\n"2345-7","Glucose","Gluc","ACTIVE","2.73"\n"1-8","Old","",DEPRECATED,"2.9"\n' >Loinc.csv
printf 'X1\t胸片\nX2\t胸部CT\n' | sed '1i\
编码\t名称' >own.tsv
cat >ucum-essence.xml <<'END'
<root xmlns="http://unitsofmeasure.org/ucum-essence" version="2.2">
 <prefix Code="k"><name>kilo</name><value value="1e3">1</value></prefix>
 <base-unit Code="g"><name>gram</name></base-unit>
 <unit Code="U" isMetric="yes" class="chemical"><name>Unit</name>
  <value Unit="umol/min" value="1">1</value></unit>
 <unit Code="Cel" isMetric="yes" isSpecial="yes"><name>degree Celsius</name>
  <value Unit="cel(1 K)"><function name="Cel" value="1" Unit="K"/></value></unit>
 <unit Code="[iU]" isMetric="yes" isArbitrary="yes"><name>IU</name>
  <value Unit="1" value="1">1</value></unit>
</root>
END
mdx-normalize import --terms terms 医保药品目录3.1.csv Loinc.csv \
    ucum-essence.xml || exit
mdx-normalize import --terms terms --system pacs --field exam --version 7 \
    own.tsv || exit
cd terms || exit
for f in *.csv; do
	echo "== $f"
	cat "$f"
done
