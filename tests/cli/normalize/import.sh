# The official files are known by their headers: chapters become parents,
# daggers pairs, blanks around codes are counted; lists appear together.
python=/usr/bin/python3 # Debian's, which has its packages
"$python" -c 'import openpyxl' 2>/dev/null || { echo "no openpyxl"; exit 77; }
"$python" "$CASES/import.py"
mdx-normalize import --terms terms 医保疾病诊断分类与代码.xlsx \
    国家临床版2.0疾病诊断编码.xlsx || exit
cd terms || exit
for f in *.csv; do
	echo "== $f"
	cat "$f"
done
