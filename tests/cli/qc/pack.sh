# Rules follow from the catalogue; sex is one of its codes.
mdx-qc --only 'sex:*,age:*' <<'END'
{"pid":"P01","sex":"M","_mdx":{"id":"k3v","kind":"patient"}}
{"age":250,"_mdx":{"id":"k4","kind":"inpatient"}}
{"sex":"1","_mdx":{"kind":"patient"}}
END
