# Nothing of these records may leave, and what is said of them names no value.
printf '%s\n' 0123456789abcdef0123456789abcdef >key
chmod 600 key
cat >policy.csv <<'END'
field,class,arg
@name,closed,
@patient,id,
@shift,30,
id,hmac,patient
name,drop,
note,keep,
day,shift,
age,age,
old,mask,3*4
where,generalise,region:2
n,generalise,range:10
indicators,keep,
END
mdx-normalize --deid ./policy.csv --key key --rejects rejects >out <<'END'
{"id":1,"王芳13800138000":1}
{"id":1,"name":"王芳","note":{"a":["见王　芳处"]}}
{"id":1,"note":"1101011962030401 8X"}
{"id":1,"note":{"\u0031\u0033800138000":1}}
{"id":1,"note":13800138000}
{"id":1,"note":"a.b@c.cn"}
{"day":"2024-01-01"}
{"id":1,"day":"2024-13-01"}
{"id":1,"day":["2024-01-01"]}
{"id":1,"age":"王芳"}
{"id":1,"age":"35岁王芳"}
{"id":1,"n":"x"}
{"id":true}
{"id":1,"_mdx":{"deid":{"policy":"closed","key":"00000000"}}}
{"id":1,"_mdx":{"deid":{"policy":"other","key":"3eb1bd43"}}}
{"id":1,"_mdx":{"deid":{"policy":"closed","key":"3eb1bd43"}}}
{"name":"王芳","_mdx":{"deid":{"policy":"closed","key":"3eb1bd43"}}}
{"note":"13800138000","_mdx":{"deid":{"policy":"closed","key":"3eb1bd43"}}}
{"id":1,"note":"王芳
{"id":1,"old":"12345678","age":"1岁2个月","where":"幸福小区3号楼","n":-5,"note":"2024-01-01"}
{"id":1,"old":"13800138000","age":"1100月","where":"广东省广州市天河区体育西路1号","n":5.5}
{"id":1,"where":"北京市朝阳区建国路1号","age":89}
{"id":1,"where":"440106001"}
END
echo $?
cat out
jq -c '[.error.code, .error.message, (.raw_sha256 | length)]' rejects
