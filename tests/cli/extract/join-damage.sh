# A key that a spreadsheet turned into a number is refused with its line.
cat >fu.csv <<'END'
patient_id,fu_months
0000000001,3
1.23457E+18,6
END
mdx-extract -p thyroid-ablation --join fu.csv </dev/null
