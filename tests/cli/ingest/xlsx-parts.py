"""Writes spreadsheets part by part, as other programs than openpyxl do.

parts.xlsx: what cells can be.  strict.xlsx: the strict namespace, a workbook
elsewhere in the package, epoch 1904.  bomb.xlsx: one string of 30,000
characters in 1,000 cells of a row.
"""
import zipfile

MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
REL = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
STRICT = 'http://purl.oclc.org/ooxml/spreadsheetml/main'
STRICT_REL = 'http://purl.oclc.org/ooxml/officeDocument/relationships'
PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships'


def relations(rel, *parts):
    return f'<Relationships xmlns="{PACKAGE}">' + ''.join(
        f'<Relationship Id="r{i}" Type="{rel}/{kind}" Target="{target}"/>'
        for i, (kind, target) in enumerate(parts, 1)) + '</Relationships>'


def write(name, main, rel, folder, sheets, strings, properties=''):
    parts = [('worksheet', f'sheets/{i}.xml') for i in range(len(sheets))]
    parts += [('sharedStrings', 'texts.xml'),
              ('styles', f'/{folder}styles.xml')]
    book = ''.join(
        f'<x:sheet name="{title}" sheetId="{i}" rel:id="r{i}" {more}/>'
        for i, (title, more, _) in enumerate(sheets, 1))
    with zipfile.ZipFile(name, 'w', zipfile.ZIP_DEFLATED) as z:
        z.writestr('[Content_Types].xml', '<Types/>')
        z.writestr('_rels/.rels',
                   relations(rel, ('officeDocument', f'{folder}book.xml')))
        z.writestr(f'{folder}book.xml', f'<x:workbook xmlns:x="{main}" '
                   f'xmlns:rel="{rel}">{properties}<x:sheets>{book}'
                   '</x:sheets></x:workbook>')
        z.writestr(f'{folder}_rels/book.xml.rels', relations(rel, *parts))
        z.writestr(f'{folder}texts.xml',
                   f'<sst xmlns="{main}">' + ''.join(
                       f'<si>{s}</si>' for s in strings) + '</sst>')
        z.writestr(f'{folder}styles.xml', f'<styleSheet xmlns="{main}">'
                   '<numFmts><numFmt numFmtId="170" '
                   'formatCode="yyyy/m/d\\ h:mm:ss.000"/><numFmt '
                   'numFmtId="171" formatCode="&quot;day&quot;0"/></numFmts>'
                   '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/>'
                   '<xf numFmtId="170"/><xf numFmtId="9"/>'
                   '<xf numFmtId="21"/><xf numFmtId="171"/></cellXfs>'
                   '</styleSheet>')
        for i, (_, _, rows) in enumerate(sheets):
            z.writestr(f'{folder}sheets/{i}.xml', f'<worksheet '
                       f'xmlns="{main}"><sheetData>{rows}</sheetData>'
                       '</worksheet>')


def cell(place, value, kind='', style=0):
    return f'<c r="{place}" t="{kind or "n"}" s="{style}"><v>{value}</v></c>'


header = '<row r="2">' + ''.join(
    f'<c r="{c}2" t="inlineStr"><is><t>{c}</t></is></c>' for c in 'ABCDEF')
rows = header + '</row>'
rows += '<row r="4">' + cell('A4', 0, 's') + cell('B4', 1, 's') + \
    cell('C4', 2, 's') + cell('D4', '#N/A', 'e') + cell('E4', 1, 'b') + \
    '<c r="F4" t="str"><f>A4&amp;"x"</f><v>sum _x000D_</v></c></row>'
rows += '<row r="5">' + cell('A5', '0.5', '', 3) + \
    cell('B5', '0.30000000000000004') + cell('C5', '1E-2') + \
    cell('F5', '7', '', 5) + '</row>'
rows += '<row r="7">' + cell('A7', 59, '', 1) + cell('B7', 60, '', 1) + \
    cell('C7', 61, '', 1) + cell('D7', '45322.409722222219', '', 2) + \
    cell('E7', '0.40972222222222221', '', 4) + \
    cell('F7', '45322.999999999', '', 2) + '</row>'
rows += '<row>' + '<c><v>1</v></c>' * 2 + \
    cell('E9', '2024-01-31T09:50:00', 'd') + \
    cell('F9', '123456789012345678') + '</row>'
rows += '<row r="10"><c r="XFE10"><v>1</v></c></row>'
rows += '<row r="11">' + cell('A11', 9999, 's') + cell('B11', 0, '', 1) + \
    cell('C11', '0.5', '', 2) + cell('D11', -1, '', 1) + \
    '<c r="E11"><f>1+1</f></c>' + cell('F11', 'x') + '</row>'
write('parts.xlsx', MAIN, REL, 'xl/', [
    ('检验', '', rows), ('字典', 'state="hidden"', header + '</row>'
                        '<row r="3">' + cell('A3', 1, 's') + '</row>')], [
    '<t>plain</t>',
    '<r><t>rich </t></r><r><rPr/><t xml:space="preserve"> text</t></r>',
    '<t>血糖</t><rPh sb="0" eb="2"><t>xuetang</t></rPh><phoneticPr/>'])
write('strict.xlsx', STRICT, STRICT_REL, 'deep/er/', [
    ('S', '', header + '</row><row r="3">' + cell('A3', 0, '', 1) +
     cell('B3', '43860.5', '', 2) + cell('C3', '0.25', '', 4) +
     cell('D3', 0, 's') + '</row>')], ['<t>a</t>'],
    '<x:workbookPr date1904="1"/>')
letters = [chr(65 + i) for i in range(26)]
places = (letters + [a + b for a in letters for b in letters] +
          ['A' + a + b for a in letters for b in letters])[:1000]
write('bomb.xlsx', MAIN, REL, 'xl/', [
    ('S', '', header + '</row><row r="3">' + ''.join(
        cell(f'{p}3', 0, 's') for p in places) + '</row><row r="4">' +
     cell('A4', 1, 's') + '</row>')], [f'<t>{"x" * 30000}</t>', '<t>y</t>'])
