# Units are checked, named and converted; a refusal is an answer.
mdx-normalize unit <<'END'
{"value":"99","unit":"mg/dL","analyte":"葡萄糖","to":"mmol/L"}
{"value":"99","unit":"mg/dL","to":"mmol/L"}
{"unit":"×10⁹/L"}
{"unit":"个个"}
{"value":"x","unit":"m","to":"cm"}
{"value":"37","unit":"℃","to":"K"}
{"value":"5","unit":"[iU]/L","to":"g/L"}
END
