# An SQLite file by its magic, by its scheme, in an archive and from a pipe;
# values as they are stored; tables, views and queries.
command -v sqlite3 >/dev/null || { echo "no sqlite3"; exit 77; }
sqlite3 his.db <<'END'
CREATE TABLE 检验(病案号 TEXT, 项目 TEXT, 结果 REAL, 图 BLOB);
INSERT INTO 检验 VALUES('00012','血糖',5.6,x'00ff'),('','',NULL,NULL);
INSERT INTO 检验 VALUES('3/4/21','钾',0.1+0.2,x''),(1234567890123456789,NULL,1e300,'text');
INSERT INTO 检验 VALUES('x','整',7,NULL);
CREATE TABLE t(id INTEGER PRIMARY KEY, _mdx, "a""b");
INSERT INTO t VALUES(1,9223372036854775807,-1.0),(2,-0.0,CAST(x'e5b08fe698' AS TEXT));
CREATE TABLE empty(a, b);
CREATE VIEW v AS SELECT id FROM t;
END
mdx-ingest his.db --sha256 never --manifest m --rejects r
echo "status $?"
cat m r
cmp_ids() { jq -r ._mdx.id; }
mdx-ingest his.db --rejects r 2>/dev/null | cmp_ids >file
mdx-ingest sqlite:his.db --rejects r 2>/dev/null | cmp_ids >scheme
mdx-ingest --rejects r <his.db 2>/dev/null | cmp_ids >pipe
cmp file scheme && cmp file pipe && echo "same ids"
mkdir d; cp his.db d/; tar -czf d.tgz d
mdx-ingest d.tgz --rejects r 2>/dev/null | jq -c '[._mdx.src.member, ._mdx.src.format]' | sort | uniq -c
mdx-ingest d --include '*.db' --table t --rejects r 2>/dev/null | jq -c '._mdx.src'
mdx-ingest his.db --table v,T --rejects r 2>/dev/null | jq -c '[.id, ._mdx.src.member[0]]'
mdx-ingest his.db --table tt; echo "status $?"
mdx-ingest his.db --query 'SELECT count(*) AS n FROM t WHERE id > 1' | jq -c '[.n, ._mdx.src.member]'
mdx-ingest his.db --query 'SELECT nosuch FROM t'; echo "status $?"
mdx-ingest his.db --query 'DELETE FROM t'; echo "status $?"
mdx-ingest his.db --query 'SELECT 1; SELECT 2'; echo "status $?"
mdx-ingest his.db --table t --key nosuch; echo "status $?"
mdx-ingest his.db --inspect | jq -c '[.member, .kind, .columns]'
head -c 3000 his.db >cut.db; mdx-ingest cut.db; echo "status $?"
mdx-ingest sqlite:none.db; echo "status $?"
# Nothing is written beside a source, and a log of one that is open is read.
mkdir w
sqlite3 'w/a#1%.db' 'PRAGMA journal_mode = WAL; CREATE TABLE t(a); INSERT INTO t VALUES (1)'
mdx-ingest 'w/a#1%.db' | jq -c .a
ls w
/usr/bin/python3 - <<'END'
import sqlite3, subprocess
db = sqlite3.connect("w/a#1%.db")
db.execute("INSERT INTO t VALUES (2)")
db.commit()
subprocess.run("mdx-ingest w/*.db | jq -c .a", shell=True)
END
