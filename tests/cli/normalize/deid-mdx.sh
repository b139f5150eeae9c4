# What of _mdx could identify goes: old values, names of files, quotes that do
# not stand where they say, reviewers; ids are keyed anew.
printf '%s\n' 0123456789abcdef0123456789abcdef >key
chmod 600 key
cat >in <<'END'
{"patient_id":"P0000001","name":"王芳","diagnosis":"胃Ca","dept":"内科","text":"神志清，王芳诉痛。2024年3月5日白蛋白35g/L。","indicators":{"alb":35,"note":"王芳"},"_mdx":{"id":"abc","kind":"note","src":{"uri":"王芳/a.zip","member":["王芳.csv"],"format":"csv","encoding":"gb18030","line":3,"row":2,"sha256":"x","offset":[1,2]},"norm":{"diagnosis":{"from":"胃癌王芳","column":"王芳的诊断","rule":"core/map.csv:15","status":"review","alts":[{"code":"C16","display":"王芳","p":0.9}],"codes":[{"code":"C16.900","p":0.97,"method":"learned"}]},"dept":{"from":"內科","rule":"r"},"name":{"from":"x"},"王芳":{"rule":"r"},"unmapped":["diagnosis","diagnosis@icd10-yb","王芳"]},"extract":[{"path":"alb","value":35,"src":"/text","span":[18,21],"quote":"白蛋白","engine":"rule","rule":"alb#1","status":"asserted","more":[{"src":"/text","span":[0,3],"quote":"神志清"},{"src":"/text","span":[4,6],"quote":"王芳"}]},{"path":"note","value":"王芳","src":"/text","span":[0,3],"quote":"王芳啊","by":"李明","why":"王芳","claimed":"王芳"}],"from":["abc"],"qc":[{"rule":"age","severity":"error","field":"diagnosis","value":"王芳"},{"rule":"x","field":"王芳"}],"lic":{"contract":"王芳"},"王芳":1}}
END
mdx-normalize --deid research --key key in | jq -c 'del(._mdx.deid), ._mdx.deid'
# The text under a span that stays is the quote, where it stands now.
mdx-normalize --deid research --key key in | jq -c '.text as $t | ._mdx.extract[] | ., (.more // [])[] | select(.span) |
    $t[.span[0]:.span[1]] == .quote'
sed 's/@extract,rescan/@extract,drop/;s/^@name.*/&\n@src,drop,,/' "$MDX_SHARE/policies/deid/research.csv" >policy.csv
mdx-normalize --deid ./policy.csv --key key in | jq -c '._mdx | .src, .extract'
