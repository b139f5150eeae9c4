# Two diameters in one number, a mark behind each valve, a grade that gave way,
# and reference values that are nobody's.
mdx-extract -p echo <<'END' |
{"id":1,"text":"左室57/37mm，室间隔/左室后壁 11/10mm，室间隔厚9mm。"}
{"id":2,"text":"MR（－）、TR（微量）、AR（－）。"}
{"id":3,"text":"二尖瓣反流由中度减为轻度。正常参考值：LVEF>50%，左房<40mm。"}
END
jq -c '.indicators | [.lvedd, .lvesd, .ivs, .lvpw, .mr, .tr, .ar, .lvef, .la]'
# Fluid beside the heart, what another method or the peak of a test measured,
# and an interval in the label of a value that was not taken.
mdx-extract -p echo <<'END' |
{"id":4,"text":"左室后壁后方见液性暗区，宽约8mm。右室面破口5mm。"}
{"id":5,"text":"心包腔未见分离。E/A（0.8-2.0）：E、A峰融合，未测。PASP（<35mmHg）：无法估测。"}
{"id":6,"text":"核素心肌显像LVEF 50%。床旁超声EF 54%。静息时二尖瓣微量反流，峰值时轻度反流。"}
END
jq -c '.indicators | [.pericardial_effusion, .lvpw, .rv, .e_a, .pasp, .lvef, .mr]'
