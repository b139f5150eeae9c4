"""Documents: one by python-docx, one by hand with what it cannot write."""
import sys
import zipfile

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
RELS = ('<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/officeDocument" Target="word/%s"/></Relationships>')


def write(path, body, document="document.xml", first=(), **parts):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("[Content_Types].xml", "<Types/>")
        for name, data in first:
            z.writestr(name, data)
        z.writestr("_rels/.rels", RELS % document)
        z.writestr("word/" + document, body)
        for name, data in parts.items():
            z.writestr("word/%s.xml" % name, data)


def body(inner):
    return ('<?xml version="1.0" encoding="UTF-8"?><w:document %s %s><w:body>%s'
            '</w:body></w:document>' % (W, MC, inner))


def p(text):
    return '<w:p><w:r><w:t>%s</w:t></w:r></w:p>' % text


BOX = '<w:txbxContent>' + p("box") + '</w:txbxContent>'
HAND = body(
    '<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr><w:r><w:t xml:space="preserve">a </w:t>'
    '<w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:sym w:font="Symbol" w:char="00B0"/></w:r>'
    '<w:del><w:r><w:delText>old</w:delText></w:r></w:del><w:ins><w:r><w:t>new</w:t></w:r></w:ins>'
    '<w:moveFrom><w:r><w:t>moved</w:t></w:r></w:moveFrom></w:p><w:p/>'
    '<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps">' + BOX +
    '</mc:Choice><mc:Fallback>' + BOX + '</mc:Fallback></mc:AlternateContent></w:r>'
    '<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>behind</w:t></w:r></w:p>'
    '<w:tbl><w:tr><w:tc><w:p/></w:tc><w:tc>' + p("一") + p("二") + '</w:tc><w:tc><w:p/></w:tc></w:tr>'
    '<w:tr><w:tc>' + p("x") + '</w:tc><w:tc><w:tbl><w:tr><w:tc>' + p("in") + '</w:tc><w:tc>' + p("ner") +
    '</w:tc></w:tr></w:tbl><w:p/></w:tc></w:tr></w:tbl>' + p("&lt;end&gt;"))
NOTES = ('<w:footnotes %s><w:footnote w:type="separator" w:id="0">%s</w:footnote>'
         '<w:footnote w:id="1">%s</w:footnote></w:footnotes>' % (W, p("----"), p("note")))

write("hand.docx", HAND, footnotes=NOTES, header1="<w:hdr %s>%s</w:hdr>" % (W, p("head")))
write("other.docx", body(p("other part")), document="document2.xml")
write("late", body(p("found late")), first=[("docProps/thumbnail.jpeg", bytes(range(256)) * 512)])
write("broken.docx", body(p("x"))[:-20])
write("deep.docx", body("<w:p>" * 100000))
write("bomb.docx", body(p("0" * 30000000)))
write("entity.docx", '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')

try:
    import docx
except ImportError:
    sys.exit(0)
d = docx.Document()
d.add_heading("出院记录", 0)
d.add_paragraph("患者一般情况可，切口愈合良好。\t嘱随诊")
t = d.add_table(rows=2, cols=3)
for r, row in enumerate((("项目", "结果", "单位"), ("血糖", "5.60", "mmol/L"))):
    for c, v in enumerate(row):
        t.cell(r, c).text = v
d.add_paragraph("医师：王")
d.save("word.docx")
