# A document by python-docx has the text that was put into it.
python=/usr/bin/python3 # Debian's, which has its packages
"$python" -c 'import docx' 2>/dev/null || { echo "no docx of python3-docx"; exit 77; }
"$python" "$CASES/make_docx.py"
mdx-ingest --sha256 never word.docx | jq -r .text
zip -q in.zip word.docx
mdx-ingest --sha256 never in.zip | jq -c '[._mdx.kind, ._mdx.src]'
