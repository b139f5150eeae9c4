# Rule tables of DataQualityDashboard: filters, thresholds, ids; each fault with its line.
mkdir csv bad omop
table() { # FOLDER NAME
	cat >"$1/my_$2.csv"
}
table csv Check_Descriptions <<'END'
checkLevel,checkName,evaluationFilter,severity,kahnCategory
TABLE,cdmTable,cdmTableName!='',fatal,Conformance
FIELD,cdmField,cdmFieldName!='',fatal,Conformance
FIELD,cdmDatatype,cdmDatatype=='integer',fatal,Conformance
FIELD,fkDomain,isForeignKey=='Yes' & fkDomain!= '',convention,Conformance
FIELD,plausibleValueHigh,plausibleValueHigh!='',characterization,Plausibility
CONCEPT,plausibleGenderUseDescendants,plausibleGenderUseDescendants!='',characterization,Plausibility
END
printf '\357\273\277cdmTableName\r\nPERSON\r\nCONCEPT\r\nNOTE_NLP\r\n' >csv/my_Table_Level.csv
table csv Field_Level <<'END'
cdmTableName,cdmFieldName,cdmDatatype,cdmDatatypeThreshold,isForeignKey,fkDomain,fkDomainThreshold,plausibleValueHigh,plausibleValueHighThreshold
PERSON,person_id,integer,0.0,No,,,,
person,GENDER_CONCEPT_ID,Integer,,Yes,Type "x",33.30,,
person,year_of_birth,integer,,Yes, ,,YEAR(GETDATE()) + 1,1e1
person,birth_datetime,datetime,,,,,"DATEADD(dd, 1, GETDATE())",100
NOTE_NLP,"""offset""",integer,,,,,,
CONCEPT,concept_id,integer,,,,,,
END
table csv Concept_Level <<'END'
cdmTableName,cdmFieldName,conceptId,unitConceptId,plausibleGenderUseDescendants,plausibleGenderUseDescendantsThreshold
CONDITION_OCCURRENCE,CONDITION_CONCEPT_ID,"4090861 , 4025213",,Male,2
END
mdx-qc import dqd csv -o omop.ndjson
cat omop.ndjson
mdx-qc import dqd csv/my | cmp - omop.ndjson
mdx-qc lint --strict --rules-only -r omop.ndjson
# A stream without a record is there; one that is missing is not.
: >omop/person.ndjson
mdx-qc --rules-only -r omop.ndjson --kind-from name --ref-dir omop --no-output --allow-empty --now 2026-06-15 --summary s omop/*
mdx-qc report --allow-empty --csv - s | grep -v '^"' | cut -d, -f1,7-9,13,14
# Faults, all of them.
cp csv/* bad
table bad Check_Descriptions <<'END'
checkLevel,checkName,evaluationFilter
TABLE,cdmTabel,cdmTableName!=''
FIELD,cdmTable,cdmTableName!=''
FIELD,isForeignKey,isForeignKey='Yes'
FIELD,isRequired,isRequired=='Yes'
FIELD,plausibleValueHigh,plausibleValueHigh!=''
FIELD,cdmField,cdmFieldName!=''
FIELD,cdmDatatype,cdmDatatype=='integer'
END
table bad Field_Level <<'END'
cdmTableName,cdmFieldName,cdmDatatype,cdmDatatypeThreshold,isForeignKey,plausibleValueHigh
PERSON,person id,integer,0,No,
PERSON,person_id,integer,five,No,"DATEADD(mm,1,GETDATE())"
PERSON,person_id,integer,-1,No,12
PERSON,x,integer,1,No,
person,X,integer,2,No,
END
mdx-qc import dqd bad -o none.ndjson
echo "status $?"
table bad Table_Level <<'END'
table
PERSON
END
mdx-qc import dqd bad
echo "status $?"
cp csv/my_Table_Level.csv csv/your_Table_Level.csv
mdx-qc import dqd csv
rm csv/*_Table_Level.csv
mdx-qc import dqd csv
mdx-qc import dqd nowhere
mdx-qc import dqt csv
mdx-qc import dqd
ls none.ndjson 2>&1
