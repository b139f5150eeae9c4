# A dose with its unit behind the number is both; a column of the unit may say
# the same or nothing, another unit is a conflict.
mdx-normalize >once <<'END'
{"药品名称":"阿司匹林","单次剂量":"100mg","_mdx":{"kind":"order"}}
{"药品名称":"阿司匹林","单次剂量":"０．１ｇ","剂量单位":"","_mdx":{"kind":"order"}}
{"剂量单位":"","药品名称":"阿司匹林","单次剂量":"2片","_mdx":{"kind":"order"}}
{"药品名称":"阿司匹林","单次剂量":"100毫克","剂量单位":"mg","_mdx":{"kind":"order"}}
{"药品名称":"阿司匹林","单次剂量":"100mg","剂量单位":"g","_mdx":{"kind":"order"}}
{"药品名称":"阿司匹林","单次剂量":"100","剂量单位":"毫克","_mdx":{"kind":"order"}}
{"药品名称":"阿司匹林","单次剂量":"遵医嘱","剂量单位":"毫克","_mdx":{"kind":"order"}}
{"药品名称":"阿司匹林","单次剂量":"1-2片","_mdx":{"kind":"order"}}
END
jq -c '[.dose, .dose_unit, ."剂量单位", ._mdx.norm.unmapped]' once
mdx-normalize once | cmp - once && mdx-normalize --again once | cmp - once &&
	echo same
