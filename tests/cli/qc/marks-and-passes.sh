# Failing records are marked by rule and place; the others leave as they came.
mdx-qc --rules-only -r "$CASES/rules.csv" <<'END'
{"id":1, "dept":"呼吸一科", "age":30, "fee":0.10}
{"id":2,"age":"250","入院时间":"2024-01-01 10:00","出院时间":"2024-01-01","dept":"不详"}
{"id":3,"dept":"a","出院时间":"2023-12-31","入院时间":"2024-01-01 10:00","总费用":0.3,"西药费":0.1,"检查费":"0.2"}
{"id":4,"dept":"a","diagnosis":[{"code":"E11","main":1},{"code":"11"},{"code":null}],"_mdx":{"id":"x"}}
{"id":5,"dept":"a","lab":"GLU","unit":"mmol/L","value":"31.5"}
{"id":6,"dept":"a","lab":"GLU","unit":"mg/dL","value":"310"}
{"id":7,"dept":"a","_mdx":{"qc":[{"rule":"old"}]}}
END
