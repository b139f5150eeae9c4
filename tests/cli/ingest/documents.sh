# Plain text, clinical documents and any other XML: one record a file.
printf '检查所见:\n甲状腺\t正常 "左"\n' | iconv -t gb18030 >note.txt
mdx-ingest note.txt --sha256 never
cat >cda.xml <<'END'
<?xml version="1.0"?>
<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
 <code code="C0006"/><title>检查报告</title><effectiveTime value="20240131"/>
 <recordTarget><patientRole><id extension="0012"/><patient><name>王小东</name>
  <administrativeGenderCode code="1"/><birthTime value="19620304"/></patient></patientRole></recordTarget>
 <component><structuredBody><component><section><code code="30954-2"/><title>结果</title>
  <text>一<table><tr><td>血糖</td><td>5.60</td></tr><tr><td>钾</td><td>4.1</td></tr></table></text>
  <entry><observation><code code="DE04.10.188.00" codeSystem="x" displayName="体重"/>
   <effectiveTime value="20240130"/><value xsi:type="PQ" value="65.0" unit="kg"/></observation></entry>
  <component><section><code code="2"/><text>inner</text></section></component>
 </section></component></structuredBody></component>
</ClinicalDocument>
END
mdx-ingest cda.xml --sha256 never
printf '<r a="1"><i>x</i><i y="2"/><n:t>&lt;b&gt;</n:t></r>' >any.xml
mdx-ingest any.xml --sha256 never
printf '<r><i></r>' >bad.xml
mdx-ingest bad.xml
