# A pattern of any number of brackets is a fault with a line, not a crash.
mkdir pack
printf 'id,name_zh,level,type,anchors\nn,数,L2,number,re:%s\n' \
    "$(printf '%060000d' 0 | tr 0 '(')" >pack/indicators.csv
mdx-extract check -p ./pack
