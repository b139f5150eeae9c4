# A format that is forced on another content: one reject with place and remedy.
printf 'a,b\n1,2\n3,4\n' >t.csv
printf '<order><id>5</id><item>x</item></order>' >order.xml
printf '<PRPA_IN1 xmlns="urn:hl7-org:v3"><id root="1"/></PRPA_IN1>' >message.xml
printf 'RIFF\044\000\000\000WAVEfmt \020\000\000\000\001\000\001\000\100\037\000\000\100\037\000\000\001\000\010\000data\000\000\000\000' >s.wav
python3 - <<'E' || exit 77
import zipfile
with zipfile.ZipFile('sheet.zip', 'w') as z:
    z.writestr('[Content_Types].xml', '<Types/>')
    z.writestr('_rels/.rels', '<Relationships><Relationship Id="1" Type='
               '"http://x/officeDocument" Target="xl/workbook.xml"/>'
               '</Relationships>')
    z.writestr('xl/workbook.xml', '<workbook><sheets/></workbook>')
E
refuses() { # FORMAT FILE
	mdx-ingest -f "$1" "$2" --manifest m >out 2>err
	printf '%s %s %s: %s\n' "$1" $? "$(wc -l <out)" "$(head -n 1 err)"
	# all of it stands in the account
	jq -e --argjson n "$(wc -c <"$2")" '.bytes == $n and .records == 0 and
	    .set_aside == 1 and .bytes == (.bytes_of | add)' m >ok || cat m
}
for f in $(mdx-ingest --list formats | jq -r .format); do
	case $f in csv | text | json | ndjson | fhir) continue ;; esac
	refuses "$f" t.csv
done
echo "bytes on formats of bytes"
for f in dicom photo edf avi mp4 mkv mp3 bam bcf cram sqlite; do
	refuses $f s.wav
done
echo "what is near"
refuses cda order.xml
refuses docx sheet.zip
refuses dicom order.xml
echo "unforced, a message of version 3 is XML"
mdx-ingest message.xml --sha256 never
