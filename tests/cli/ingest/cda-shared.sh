# Chinese shared documents: head, sections, every data element, all encodings.
python3 "$CASES/cda_samples.py" || exit 1
mdx-ingest --sha256 never --split discharge.xml | jq -c '[._mdx.kind, ._mdx.id[:4], del(._mdx, .author, .organization, .birth, .sex)]'
