# A table of a hospital, with nothing imported: names of the catalogue, ISO
# dates, units of UCUM, the codes of both editions.
cat >诊断.csv <<'END'
患者ID,诊断名称,诊断编码,诊断日期,是否主诊断
0001,2型糖尿病,E11.900,2018年1月14日,是
0001,高血压,,2018/1/14 8:05,否
END
cat >检验.csv <<'END'
患者ID,项目名称,结果,单位,参考范围,采样时间,标本
0001,空腹血糖,99↑,mg/dl,70-110,20180114080500,血清
0001,谷丙转氨酶,<5,IU/L,0-40,2018.1.14,血清
0001,乙肝表面抗原,阴性(0.05),IU/ml,<0.05,2018-01-14,血清
END
mdx-ingest -q 诊断.csv 检验.csv | mdx-normalize -p core | jq -c 'del(._mdx, .patient_id)
    | (.diagnosis_codes, .test_codes) |= (. // [] | map("\(.system)@\(.version):\(.code)"))'
