# States that cannot be used: not a database, of a newer version, locked.
printf 'a,b\n1,2\n' >a.csv
echo 'no database at all, but some text of enough bytes' >text.db
mdx-ingest --state text.db a.csv >/dev/null
echo "status $?"
mdx-ingest --state new.db a.csv >/dev/null
echo "status $?"
python3 - <<'END'
import sqlite3
c = sqlite3.connect("new.db")
c.execute("PRAGMA user_version = 99")
c.commit()
END
mdx-ingest --state new.db a.csv >/dev/null
echo "status $?"
mdx-ingest --state held.db a.csv >/dev/null
mkfifo hold
mdx-ingest --state held.db - <hold >/dev/null &
holder=$!
exec 9>hold
sleep 0.3
mdx-ingest --state held.db a.csv 2>err
echo "status $?"
sed "s/$holder/HOLDER/" err
exec 9>&-
wait $holder
