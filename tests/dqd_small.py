"""Small rule tables in the shape of DataQualityDashboard's, of our own: a few
tables of the OMOP model 5.3 or 5.4, every type of check, thresholds of every
kind."""
import csv, itertools, os

CHECKS = [("TABLE", n, f, s) for n, f, s in [
    ("cdmTable", "cdmTableName!=''", "fatal"),
    ("measurePersonCompleteness", "measurePersonCompleteness=='Yes'",
        "convention"),
    ("measureConditionEraCompleteness",
        "measureConditionEraCompleteness=='Yes'", "convention"),
    ("measureObservationPeriodOverlap",
        "measureObservationPeriodOverlap=='Yes'", "fatal")]]
CHECKS += [("FIELD", "cdmField", "cdmFieldName!=''", "fatal"),
    ("FIELD", "cdmDatatype", "cdmDatatype=='integer'", "fatal")]
CHECKS += [("FIELD", n, n + "=='Yes'", "characterization") for n in """
isRequired isPrimaryKey isForeignKey isStandardValidConcept
measureValueCompleteness standardConceptRecordCompleteness
sourceConceptRecordCompleteness sourceValueCompleteness plausibleTemporalAfter
plausibleDuringLife withinVisitDates plausibleAfterBirth plausibleBeforeDeath
plausibleStartBeforeEnd""".split()]
CHECKS += [("FIELD", n, "isForeignKey=='Yes' & %s!= ''" % n, "convention")
    for n in ("fkDomain", "fkClass")]
CHECKS += [(level, n, n + "!=''", "characterization")
    for level in ("FIELD", "CONCEPT")
    for n in ("plausibleValueLow", "plausibleValueHigh")]
CHECKS += [("CONCEPT", n, n + "!=''", "characterization")
    for n in ("plausibleGender", "plausibleGenderUseDescendants")]
CHECKS += [("CONCEPT", "plausibleUnitConceptIds",
    "plausibleUnitConceptIdsThreshold!=''", "characterization")]

# name, type, and what is checked: see WORDS.
FIELDS = {
"PERSON": """
person_id integer req pk val
gender_concept_id integer req fk=CONCEPT.CONCEPT_ID dom=Gender std val stdrec
year_of_birth integer req val low=1850 high=YEAR(GETDATE())+1
month_of_birth integer val low=1 high=12
day_of_birth Integer val low=1 high=31
birth_datetime datetime val low='18500101' high=DATEADD(dd,1,GETDATE())
gender_source_value varchar(50) val srcval=GENDER_CONCEPT_ID
gender_source_concept_id Integer fk=CONCEPT.CONCEPT_ID srcrec
provider_id integer fk=PROVIDER.PROVIDER_ID""",
"OBSERVATION_PERIOD": """
observation_period_id integer req pk
person_id integer req fk=PERSON.PERSON_ID val
observation_period_start_date date req birth life death low='19500101' \
after=PERSON.BIRTH_DATETIME end=OBSERVATION_PERIOD_END_DATE
OBSERVATION_PERIOD_END_DATE date after=OBSERVATION_PERIOD.\
OBSERVATION_PERIOD_START_DATE birth death""",
"CONDITION_OCCURRENCE": """
condition_occurrence_id bigint pk
person_id integer fk=PERSON.PERSON_ID
condition_concept_id integer req fk=CONCEPT.CONCEPT_ID dom=Condition std stdrec
condition_start_date date req visit life death birth high=DATEADD(dd,1,\
GETDATE()) end=CONDITION_END_DATE after=PERSON.BIRTH_DATETIME
condition_start_datetime datetime death birth val
condition_end_date date val birth
condition_status_concept_id integer fk=CONCEPT.CONCEPT_ID stdrec
condition_status_source_value varchar(50) srcval=CONDITION_STATUS_CONCEPT_ID
condition_source_concept_id integer srcrec
visit_occurrence_id integer fk=VISIT_OCCURRENCE.VISIT_OCCURRENCE_ID val""",
"MEASUREMENT": """
measurement_id integer pk
person_id integer req
measurement_concept_id integer std stdrec
measurement_date date visit life
value_as_number float val low=0 high=24
unit_concept_id integer stdrec fk=CONCEPT.CONCEPT_ID dom=Unit
unit_source_value varchar(50) srcval=UNIT_CONCEPT_ID
visit_occurrence_id integer""",
"DEATH": """
person_id integer req pk val
death_date date req val birth high='20260101'
cause_concept_id integer stdrec
cause_source_value varchar(50)
cause_source_concept_id integer srcrec""",
"CONDITION_ERA": """
condition_era_id integer pk
person_id integer req
condition_era_start_date datetime death after=CONDITION_OCCURRENCE.\
CONDITION_ERA_END_DATE
condition_era_end_date datetime""",
"DRUG_ERA": """
drug_era_id integer pk
person_id integer
drug_concept_id integer fk=CONCEPT.CONCEPT_ID dom=Drug cls=Ingredient std""",
"PROVIDER": """
provider_id integer pk
specialty_concept_id integer stdrec
specialty_source_value varchar(50) srcval=SPECIALTY_CONCEPT_ID
gender_concept_id integer stdrec
gender_source_value varchar(50) val""",
"NOTE": """
note_id integer pk
person_id integer
note_date date visit life
note_event_field_concept_id integer fk=CONCEPT.CONCEPT_ID
visit_occurrence_id integer""",
"COST": """
cost_id INTEGER pk
cost_domain_id varchar(20) req fk=DOMAIN.DOMAIN_ID val
currency_concept_id integer stdrec""",
"CONCEPT": "concept_id integer req pk",
}
VISIT = {"53": """
visit_occurrence_id integer req pk val
person_id integer req fk=PERSON.PERSON_ID
visit_concept_id integer req stdrec std
visit_start_date date life birth end=VISIT_END_DATE low='19500101' death
visit_end_date date after=VISIT_OCCURRENCE.VISIT_START_DATE
admitting_source_concept_id integer stdrec
admitting_source_value varchar(50) srcval=ADMITTING_SOURCE_CONCEPT_ID
discharge_to_concept_id integer stdrec
discharge_to_source_value varchar(50)""", "54": """
visit_occurrence_id integer req pk val
person_id integer req fk=PERSON.PERSON_ID
visit_concept_id integer req stdrec std
visit_start_date date life birth end=VISIT_END_DATE low='19500101' death
visit_end_date date after=VISIT_OCCURRENCE.VISIT_START_DATE
admitted_from_concept_id integer stdrec
admitted_from_source_value varchar(50) srcval=ADMITTED_FROM_CONCEPT_ID
discharged_to_concept_id integer stdrec
discharged_to_source_value varchar(50)"""}
EPISODE = """
episode_id bigint req pk
person_id bigint req fk=PERSON.PERSON_ID
episode_concept_id integer req std stdrec dom=Episode fk=CONCEPT.CONCEPT_ID
episode_start_date date birth end=EPISODE_END_DATE
episode_end_date date
episode_parent_id bigint fk=EPISODE.EPISODE_ID"""
CONCEPTS = [
    ("CONDITION_OCCURRENCE", "CONDITION_CONCEPT_ID", "11", "", "Male", "", ""),
    ("CONDITION_OCCURRENCE", "CONDITION_CONCEPT_ID", "12", "", "Female", "",
        ""),
    ("CONDITION_OCCURRENCE", "CONDITION_CONCEPT_ID", "4711, 4712 ,4713", "",
        "", "Male", ""),
    ("CONDITION_OCCURRENCE", "CONDITION_CONCEPT_ID", "13", "", "", "", ""),
    ("MEASUREMENT", "MEASUREMENT_CONCEPT_ID", "13", "", "", "", "8523,8840"),
    ("MEASUREMENT", "MEASUREMENT_CONCEPT_ID", "14", "", "", "", "-1"),
    ("MEASUREMENT", "MEASUREMENT_CONCEPT_ID", "15", "", "", "", "8523,-1"),
    ("MEASUREMENT", "MEASUREMENT_CONCEPT_ID", "13", "8840", "", "", ""),
    ("MEASUREMENT", "MEASUREMENT_CONCEPT_ID", "14", "8523", "", "", ""),
]
WORDS = {"req": "isRequired", "pk": "isPrimaryKey", "fk": "isForeignKey",
    "dom": "fkDomain", "cls": "fkClass", "std": "isStandardValidConcept",
    "val": "measureValueCompleteness",
    "stdrec": "standardConceptRecordCompleteness",
    "srcrec": "sourceConceptRecordCompleteness",
    "srcval": "sourceValueCompleteness", "low": "plausibleValueLow",
    "high": "plausibleValueHigh", "after": "plausibleTemporalAfter",
    "life": "plausibleDuringLife", "death": "plausibleBeforeDeath",
    "birth": "plausibleAfterBirth", "visit": "withinVisitDates",
    "end": "plausibleStartBeforeEnd"}


def put(folder, end, rows):
    columns = list(dict.fromkeys(c for r in rows for c in r))
    with open(os.path.join(folder, "OMOP_%s.csv" % end), "w", newline="",
            encoding="utf-8") as f:
        w = csv.DictWriter(f, columns, restval="")
        w.writeheader()
        w.writerows(rows)


def fields(tables):
    share = itertools.cycle(["", "0", "50", "100", " ", "12.5", "25", "33.3"])
    for table, text in tables.items():
        for line in text.strip().splitlines():
            name, kind, *words = line.split()
            row = {"cdmTableName": table, "cdmFieldName": name,
                "cdmDatatype": kind, "cdmDatatypeThreshold": next(share),
                "fkDomain": " ", "fkTableName": "", "fkFieldName": ""}
            row.update({w: "No" for w in WORDS.values() if w not in (
                "fkDomain", "fkClass", "plausibleValueLow",
                "plausibleValueHigh")})
            for word in words:
                word, _, value = word.partition("=")
                check = WORDS[word]
                row[check] = "Yes"
                row[check + "Threshold"] = next(share)
                if word in ("dom", "cls", "low", "high"):
                    row[check] = value
                elif word == "fk":
                    row["fkTableName"], row["fkFieldName"] = value.split(".")
                elif word == "srcval":
                    row["standardConceptFieldName"] = value
                elif word == "after":
                    row[check + "TableName"], row[check + "FieldName"] = \
                        value.split(".")
                elif word == "end":
                    row[check + "FieldName"] = value
            yield row


def write(folder, version):
    tables = dict(FIELDS, VISIT_OCCURRENCE=VISIT[version])
    if version == "54":
        tables["EPISODE"] = EPISODE
    put(folder, "Check_Descriptions", [{"checkLevel": level, "checkName": n,
        "checkDescription": "of %s,\n\"in two lines\"" % n,
        "kahnCategory": "Conformance", "evaluationFilter": f, "severity": s}
        for level, n, f, s in CHECKS])
    put(folder, "Table_Level", [{"cdmTableName": t,
        "measurePersonCompleteness": "Yes" if t in ("OBSERVATION_PERIOD",
            "VISIT_OCCURRENCE", "DEATH", "MEASUREMENT") else "No",
        "measurePersonCompletenessThreshold": {"DEATH": "60",
            "VISIT_OCCURRENCE": "33.34", "MEASUREMENT": ""}.get(t, "0"),
        "measureConditionEraCompleteness":
            "Yes" if t == "CONDITION_ERA" else "No",
        "measureConditionEraCompletenessThreshold": "75",
        "measureObservationPeriodOverlap":
            "Yes" if t == "OBSERVATION_PERIOD" else "",
        "measureObservationPeriodOverlapThreshold": "40"} for t in tables])
    put(folder, "Field_Level", list(fields(tables)))
    put(folder, "Concept_Level", [{"cdmTableName": t, "cdmFieldName": f,
        "conceptId": c, "unitConceptId": u, "plausibleGender": g,
        "plausibleGenderThreshold": "40", "plausibleGenderUseDescendants": d,
        "plausibleGenderUseDescendantsThreshold": "60",
        "plausibleUnitConceptIds": units,
        "plausibleUnitConceptIdsThreshold": "30" if units else "",
        "plausibleValueLow": "0" if u else "",
        "plausibleValueLowThreshold": "10",
        "plausibleValueHigh": "12.5" if u else "",
        "plausibleValueHighThreshold": "50"}
        for t, f, c, u, g, d, units in CONCEPTS])
