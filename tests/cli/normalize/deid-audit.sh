# An audit needs no key and prints no value.
mdx-normalize --deid research --audit <<'END'
{"patient_id":"0000000012","name":"王芳","findings":"患者王芳，电话138-0013-8000","x":1,"_mdx":{"id":"abc"}}
END
