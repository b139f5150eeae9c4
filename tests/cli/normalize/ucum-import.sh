# A list of units that was imported is asked before the shipped one: an
# essence with a unit of its own, its functions in its own words.
cat >essence.xml <<'END'
<?xml version="1.0" encoding="UTF-8"?>
<root xmlns="http://unitsofmeasure.org/ucum-essence" version="9.1">
<base-unit Code="m" dim="L"><name>meter</name></base-unit>
<base-unit Code="K" dim="C"><name>kelvin</name></base-unit>
<unit Code="[hand]" isMetric="no"><name>hand of the ward</name><value Unit="m" value="0.1">0.1</value></unit>
<unit Code="Cel" isMetric="yes" isSpecial="yes"><name>degree Celsius</name><value Unit="cel(1 K)"><function name="Cel" value="1" Unit="K"/></value></unit>
</root>
END
mkdir terms
mdx-normalize import --terms terms essence.xml
sed 's/version="9.1"/version="10.0"/; s/0\.1/0.2/g' essence.xml >later.xml
ask() {
	mdx-normalize unit "$@" <<'END' | jq -c '[.unit, .valid, .result, .error]'
{"value":"3","unit":"[hand]","to":"m"}
{"value":"37","unit":"Cel","to":"K"}
{"value":"99","unit":"mg/dL","analyte":"葡萄糖","to":"mmol/L"}
END
}
echo "shipped"; ask
echo "imported"; ask --terms terms
mdx-normalize import --terms terms later.xml
echo "the latest, in natural order"; ask --terms terms
mdx-normalize check --terms terms && echo "check finds nothing"
