# A line of several terms is cut at punctuation, numbers and joining words, if
# every part is known; brackets keep what is in them, a name that holds such a
# word stays whole, and tests are never cut.  Traditional characters, widths
# and Roman numerals are one with their plain forms.
mkdir terms
cat >terms/icd10-yb@9.0.csv <<'END'
code,name,aliases
X01,甲病,
X02,乙病Ⅱ型,
X03,并指畸形,
X04,甲病伴发热,
X05,脾腫大,
X06,丙病(重度),
END
cat >terms/loinc@9.0.csv <<'END'
code,name
1-8,某蛋白
2-6,球某
END
cat >lines <<'END'
1.甲病 2.乙病2型
1、甲病2、乙病ii型
①甲病②并指畸形
一、甲病二、脾肿大
（1）甲病（2）脾腫大
甲病；并指畸形。
甲病伴发热
甲病伴脾肿大
甲病、丙病（重度）
甲病(伴乙病Ⅱ型)
甲病，未知病
乙病 Ⅱ型 甲病
END
sed 's/乙病2型/乙病II型/' lines |
	mdx-normalize lookup --terms terms --field diagnosis --system icd10-yb |
	sed 's/"candidates".*//; s/,"display":"[^"]*","system":"icd10-yb","version":"9.0","p":1//g'
echo 某蛋白/球某 |
	mdx-normalize lookup --terms terms --field lab --system loinc |
	sed 's/"candidates".*//'
# A code without the form of its system is for a person, whatever is loaded.
echo '{"诊断名称":"某某","诊断编码":"12.5","_mdx":{"kind":"diagnosis"}}' |
	mdx-normalize | grep -o '"status".*'
