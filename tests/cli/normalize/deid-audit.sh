# An audit needs no key, prints no value, and lists all that would be set aside.
mdx-normalize --deid research --audit <<'END'
{"patient_id":"0000000012","name":"王芳","findings":"患者王芳，电话138-0013-8000","x":1,"_mdx":{"id":"abc"}}
{"time":"2024-02-30","age":"王芳","dept":"13800138000","y":1,"王芳":1,"_mdx":{"deid":{"policy":"x"}}}
END
