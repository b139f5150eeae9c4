# Units are checked, named and converted; a refusal is an answer.
mdx-normalize unit >answers <<'END' || exit 1
{"value":"99","unit":"mg/dL","analyte":"葡萄糖","to":"mmol/L"}
{"value":"99","unit":"mg/dL","to":"mmol/L"}
{"unit":"×10⁹/L"}
{"unit":"个个"}
{"value":"x","unit":"m","to":"cm"}
{"value":"37","unit":"℃","to":"K"}
{"value":"5","unit":"[iU]/L","to":"g/L"}
END
cat answers
mdx-normalize unit answers | cmp - answers && echo "a second pass changes nothing"
echo '{"unit":"毫克/分升","value":99}' | mdx-normalize unit --to mmol/L --analyte 血糖
echo '{"unit":""} {"unit":"kg.m2/s"} {"unit":null,"valid":1} {"error":"mine","unit":"m"}' |
    tr ' ' '\n' | mdx-normalize unit
