# A number split by blanks, by line ends, in full width, in a table's row.
cat >policy.csv <<'END'
field,class,arg
@name,x,
text,scan,
END
printf '%s\n' 0123456789abcdef0123456789abcdef >key
chmod 600 key
mdx-normalize --deid ./policy.csv --key key <<'END' | jq -r .text
{"text":"证 110101 19620304 018X 完，手机 138 0013 8000。"}
{"text":"证 1 1 0 1 0 1 1 9 6 2 0 3 0 4 0 1 8 X，手机 1 3 8 0 0 1 3 8 0 0 0。"}
{"text":"证110101196\n20304018X\n手机1380013\n8000"}
{"text":"证１１０１０１１９６２０３０４０１８Ｘ，手机１３８００１３８０００，٠١٠"}
{"text":"| 王芳 | 110101196203040​18X | 13800138000 | 内科 |"}
{"text":"身份证|1|1|0|1|0|1|1|9|6|2|0|3|0|4|0|1|8|X|"}
{"text":"手机一三八〇〇一三八〇〇〇，(010)5550 1234，+86-138-0013-8000，400-820-8820"}
{"text":"卡号 6222 0212 3456 7894，邮箱 wang.f @ hospital.cn，网址 https://a.cn/x?id=1，10.0.0.7，京A·12345"}
{"text":"电话：1380 0138 000，身份证号：110101196203040188（核对不符）"}
{"text":"标本号：20241120001 批号 20240305 血压130/80mmHg Na 138 20240315 E11.900 110101196203040188 6.5×10^9/L"}
END
