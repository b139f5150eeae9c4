"""Shared documents in the manner of WS/T 500-2016, each in another encoding;
then every data element that went in is looked for in what came out."""
import base64
import json
import subprocess
import sys

CATALOG = "2.16.156.10011.2.2.1"


def value(kind, v):
    if kind == "PQ":
        return '<value xsi:type="PQ" value="%s" unit="%s"/>' % tuple(v)
    if kind == "CD":
        return '<value xsi:type="CD" code="%s" displayName="%s" codeSystem="2.16.156.10011.2.3.1.1"/>' % tuple(v)
    if kind == "ST":
        return '<value xsi:type="ST">%s</value>' % v[0]
    return '<value xsi:type="%s" value="%s"/>' % (kind, v[0])


def observation(item):
    code, name, kind, *v = item
    return ('<entry><observation classCode="OBS" moodCode="EVN"><code code="%s" codeSystem="%s" '
            'codeSystemName="卫生信息数据元目录" displayName="%s"/>%s</observation></entry>'
            % (code, CATALOG, name, value(kind, v)))


def section(code, title, text, items, inner=""):
    return ('<component><section><code code="%s" displayName="%s" codeSystem="2.16.840.1.113883.6.1"/>'
            '<title>%s</title><text>%s</text>%s%s</section></component>'
            % (code, title, title, text, "".join(map(observation, items)), inner))


def document(code, title, patient, sections, encoding):
    return ('<?xml version="1.0" encoding="%s"?>\n<ClinicalDocument xmlns="urn:hl7-org:v3" '
            'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n<code code="%s" codeSystem="2.16.156.10011.2.4"/>'
            '<title>%s</title><effectiveTime value="20240131093000"/>'
            '<recordTarget><patientRole><id nullFlavor="NI"/><id root="2.16.156.10011.1.12" extension="0012"/>'
            '<patient><id extension="110101199001011234"/><name>%s</name>'
            '<administrativeGenderCode code="2" displayName="女"/><birthTime value="19900101"/></patient></patientRole></recordTarget>'
            '<author><assignedAuthor><code code="DE-NOT-AN-ENTRY"/><assignedPerson><name>李医生</name></assignedPerson></assignedAuthor></author>'
            '<custodian><assignedCustodian><representedCustodianOrganization><name>某某医院</name>'
            '</representedCustodianOrganization></assignedCustodian></custodian>'
            '<component><structuredBody>%s</structuredBody></component></ClinicalDocument>\n'
            % (encoding, code, title, patient, "".join(sections)))


def table(rows):
    return '<table><tbody>%s</tbody></table>' % "".join(
        "<tr>%s</tr>" % "".join("<td>%s</td>" % c for c in r) for r in rows)


DRUG = ('<entry><substanceAdministration classCode="SBADM" moodCode="EVN"><effectiveTime value="20240130"/>'
        '<routeCode code="1" displayName="口服"/><doseQuantity value="0.2" unit="g"/><consumable><manufacturedProduct>'
        '<manufacturedLabeledDrug><code/><name>布洛芬</name></manufacturedLabeledDrug></manufacturedProduct></consumable>'
        '</substanceAdministration></entry>')
PICTURE = ('<entry><observationMedia classCode="OBS" moodCode="EVN"><value xsi:type="ED" mediaType="image/gif" '
           'representation="B64">R0lGODlhAQ==</value></observationMedia></entry>')
NOTE = '<text mediaType="text/plain" representation="B64">%s</text>' % base64.b64encode("诊疗经过：好转".encode("gb18030")).decode()
EMBEDDED = '<component><section><code code="8648-8"/><title>住院过程</title>%s</section></component>' % NOTE

ITEMS = {
    "front-page": [("DE04.10.188.00", "体重（kg）", "PQ", "65.0", "kg"), ("DE06.00.223.00", "离院方式代码", "CD", "1", "医嘱离院"),
                   ("DE05.01.024.00", "主要诊断代码", "CD", "C73.x00", "甲状腺恶性肿瘤")],
    "lab": [("DE04.30.010.00", "检验定量结果", "PQ", "5.60", "mmol/L"), ("DE04.50.134.00", "标本类别", "ST", "静脉血")],
    "exam": [("DE04.30.009.00", "检查定性结果", "ST", "未见异常"), ("DE06.00.179.00", "检查方法", "ST", "超声")],
    "discharge": [("DE06.00.193.00", "出院情况", "ST", "好转"), ("DE06.00.017.00", "出院日期时间", "TS", "20240131")],
    "emergency": [("DE04.10.186.00", "体温（℃）", "PQ", "38.5", "℃"), ("DE04.10.174.00", "收缩压", "PQ", "120", "mmHg")],
    "vaccination": [("DE08.50.026.00", "疫苗批号", "ST", "2024A01"), ("DE02.10.023.00", "过敏史标志", "BL", "false")],
}
TITLES = {"front-page": ("C0032", "住院病案首页", "GB2312"), "lab": ("C0007", "检验报告", "GBK"), "exam": ("C0006", "检查报告", "GB18030"),
          "discharge": ("C0053", "出院小结", "UTF-8"), "emergency": ("C0003", "急诊留观病历", "UTF-16"),
          "vaccination": ("HSDB01.03", "预防接种报告", "UTF-8")}

bad = total = 0
for name, items in ITEMS.items():
    code, title, encoding = TITLES[name]
    extra = {"lab": "", "exam": PICTURE, "discharge": EMBEDDED}.get(name, "")
    patient = "王𠮷" if name == "exam" else "王小明"     # a character of four bytes
    rows = [["项目", "结果"], ["", items[0][3]]]
    text = document(code, title, patient, [
        section("30954-2", "第一节", "概述<br/>" + table(rows), items[:1],
                section("2", "内节", "<content>内</content> <content>文</content>", items[1:2])),
        section("3", "第三节", "a &lt; b", items[2:]) + (DRUG and section("10160-0", "用药", "x", []).replace("</section>", DRUG + "</section>"))
        + extra.replace(PICTURE, section("4", "图", "x", []).replace("</section>", PICTURE + "</section>"))], encoding)
    # One is UTF-8 though its first line says otherwise.
    data = text.replace('"UTF-8"', '"gb2312"').encode() if name == "vaccination" else text.encode(encoding)
    with open(name + ".xml", "wb") as f:
        f.write(data)
    out = subprocess.run(["mdx-ingest", "--sha256", "never", "--rejects", "r", name + ".xml"], capture_output=True)
    if out.returncode != 0:
        print(name, "status", out.returncode, out.stderr.decode())
        bad += 1
        continue
    record = json.loads(out.stdout)
    got = {i.get("code"): i for i in record["items"]}
    for i in items:
        total += 1
        g = got.get(i[0], {})
        want = {"PQ": (i[3], i[4] if len(i) > 4 else None), "CD": (i[4] if len(i) > 4 else None, i[3])}.get(i[2], (i[3], None))
        have = (g.get("value"), g.get("unit") if i[2] != "CD" else g.get("value_code"))
        if want != have or g.get("name") != i[1] or g.get("system") != CATALOG:
            print(name, i, g)
            bad += 1
    if "DE-NOT-AN-ENTRY" in got:
        print(name, "takes the header for an entry")
        bad += 1
    head = [record.get(k) for k in ("document", "title", "time", "patient_id", "patient_name", "sex", "birth", "author", "organization")]
    print(json.dumps([name, record["_mdx"]["kind"], record["_mdx"]["src"]["encoding"], head], ensure_ascii=False))
    if name in ("discharge", "exam"):
        print(json.dumps([record["sections"], [i for i in record["items"] if "code" not in i]], ensure_ascii=False))
print(total, "data elements,", bad, "wrong")
sys.exit(bad > 0)
