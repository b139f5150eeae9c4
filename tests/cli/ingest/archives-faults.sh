# One bad member costs one member: encrypted, broken, cut, too large, hidden.
command -v 7z >/dev/null || { echo "no 7z"; exit 77; }
printf 'a,b\n1,2\n' >t.csv
printf 'a,b\n3,4\n' >u.csv
full() { mdx-ingest --sha256 never "$@" >out; status=$?; jq -c '[._mdx.src.member, .a]' out; echo "status $status"; }
echo "one locked member"
zip -q -P sesame z.zip t.csv && zip -q z.zip u.csv
full z.zip 2>&1
printf 'wrong\nsesame\n' >pw
echo "a file of passwords that others may read"
chmod 644 pw && full z.zip --password-file pw 2>&1
echo "with its password"
chmod 600 pw && full z.zip --password-file pw 2>&1
echo "AES, with its password"
7z a -bd -tzip -mem=AES256 -psesame aes.zip t.csv >/dev/null
full aes.zip --password-file pw 2>&1
echo "no password fits"
echo other >pw && full z.zip --password-file pw 2>&1
echo "7z"
7z a -bd -psesame s.7z t.csv >/dev/null && 7z a -bd -mhe=on -psesame h.7z t.csv >/dev/null
echo sesame >pw
full s.7z --password-file pw 2>&1
full h.7z --password-file pw 2>&1
echo "broken member"
zip -q b.zip t.csv u.csv
/usr/bin/python3 - <<'END'
b = bytearray(open("b.zip", "rb").read())
at = b.index(b"t.csv") + 5 + 28	# behind the name and its extra field
b[at] ^= 0xff
open("b.zip", "wb").write(b)
END
full b.zip 2>&1 | sed 's/: [^:]*$//'
echo "cut archive"
/usr/bin/python3 -c 'import random
for i in (1, 2): open(f"{i}.txt", "w").write(random.Random(i).randbytes(20000).hex(","))'
tar cf c.tar t.csv u.csv 1.txt 2.txt && head -c 30000 c.tar >cut.tar
full cut.tar --exclude '*.txt' 2>&1
zip -q c.zip t.csv u.csv 1.txt 2.txt && head -c 3000 c.zip >cut.zip
full --exclude '*.txt' <cut.zip 2>&1
echo "too many members"
full c.tar --exclude '*.txt' --max-members 1 2>&1
echo "too large a member, in the archive's own format or another"
printf 'a,b\n1,22222\n' >v.csv && tar cf d.tar v.csv u.csv
full d.tar --max-member 10 2>&1
full d.tar --max-member 10 -f csv 2>&1
echo "all together too large"
full d.tar --max-total 12 2>&1
echo "tables that begin like an archive"
printf '070701,1\n070702,2\n' >e.csv
printf 'BZhang,1\nLZIP,2\n' >f.csv
full e.csv f.csv --header a,b 2>&1
echo "names in GBK, and a name that climbs"
/usr/bin/python3 - <<'END'
import zipfile
z = zipfile.ZipFile("n.zip", "w")
z.writestr("AAAA.csv", "a,b\n5,6\n")
z.writestr("../../BB.csv", "a,b\n7,8\n")
z.close()
b = open("n.zip", "rb").read().replace(b"AAAA", "检验".encode("gbk"))
open("n.zip", "wb").write(b)
END
full n.zip 2>&1
ls ..//BB.csv ../../BB.csv 2>/dev/null
echo "an unknown binary shows its beginning"
/usr/bin/python3 -c 'import sys; sys.stdout.buffer.write(bytes(range(256)) * 1000)' >bin
mdx-ingest bin --rejects r --sha256 never 2>&1; jq -c '[.error.code, (.raw_b64 | length), .raw_truncated]' r
