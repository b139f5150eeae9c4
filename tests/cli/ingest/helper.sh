# Another program reads what is not read here: only where it is allowed, in a
# cage, and its output is a member with offsets of its own.
printf '%%PDF-1.4 no real one\n' >检验报告.pdf
mdx-ingest 检验报告.pdf; echo "status $?"
cat >read <<'END'
#!/usr/bin/python3
import os, socket, sys
sys.stdin.readline()
def net():
    try:
        socket.socket()
        return "open"
    except PermissionError:
        return "closed"
print("network", net(), "| environment", sorted(k for k in os.environ if k != "LC_CTYPE"))
END
chmod +x read
mdx-ingest 检验报告.pdf --helper "pdftotext=$PWD/read" --manifest m --sha256 never
echo "status $?"
jq -c '[.format, .member, .kind, .kind_by, .bytes == (.bytes_of | add), .skipped]' m
printf 'a,b\n1,2\n3\n' >t.csv && tar cf t.tar 检验报告.pdf t.csv
echo "it fails, and the others are read"
mdx-ingest t.tar --helper pdftotext=/bin/false 2>&1 | cut -c1-70
printf '#!/usr/bin/python3\nbytearray(3 << 30)\n' >greedy && chmod +x greedy
echo "it wants too much memory"
mdx-ingest 检验报告.pdf --helper "pdftotext=$PWD/greedy" 2>&1 | sed 's,/[^ ]*/,,'
echo "it writes too much"
mdx-ingest 检验报告.pdf --helper "pdftotext=yes abc" --max-member 1M --max-record 4K 2>&1
echo "misuse"
mdx-ingest 检验报告.pdf --helper pdftotxt; echo "status $?"
mdx-ingest 检验报告.pdf --helper pdftotext=not-there; echo "status $?"
mdx-ingest --list helpers | jq -c '[.helper, .format]'
