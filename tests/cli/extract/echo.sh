# Two diameters in one number, a mark behind each valve, a grade that gave way,
# and reference values that are nobody's.
mdx-extract -p echo <<'END' |
{"id":1,"text":"左室57/37mm，室间隔/左室后壁 11/10mm，室间隔厚9mm。"}
{"id":2,"text":"MR（－）、TR（微量）、AR（－）。"}
{"id":3,"text":"二尖瓣反流由中度减为轻度。正常参考值：LVEF>50%，左房<40mm。"}
END
jq -c '.indicators | [.lvedd, .lvesd, .ivs, .lvpw, .mr, .tr, .ar, .lvef, .la]'
