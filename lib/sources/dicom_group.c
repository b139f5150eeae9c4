#include "sources/dicom_group.h"

#include <pthread.h>
#include <string.h>

#include "base/mem.h"
#include "io/store.h"
#include "json/write.h"
#include "sources/job.h"

/*
 * Elements that are the same for all images of a level, by the modules of
 * PS3.3: patient and clinical trial subject (C.7.1), study and the patient at
 * its time (C.7.2), series (C.7.3), frame of reference (C.7.4), equipment
 * (C.7.5).
 */
static const char study_level[] =
    "PatientName,PatientID,IssuerOfPatientID,TypeOfPatientID,"
    "IssuerOfPatientIDQualifiersSequence,PatientBirthDate,PatientBirthTime,"
    "PatientBirthDateInAlternativeCalendar,PatientAlternativeCalendar,"
    "PatientSex,OtherPatientIDs,OtherPatientIDsSequence,OtherPatientNames,"
    "PatientBirthName,PatientMotherBirthName,EthnicGroup,PatientComments,"
    "PatientSpeciesDescription,PatientBreedDescription,ResponsiblePerson,"
    "ResponsibleOrganization,PatientIdentityRemoved,DeidentificationMethod,"
    "DeidentificationMethodCodeSequence,QualityControlSubject,"
    "ReferencedPatientSequence,PatientAddress,PatientTelephoneNumbers,"
    "CountryOfResidence,RegionOfResidence,MilitaryRank,BranchOfService,"
    "PatientReligiousPreference,ClinicalTrialSponsorName,"
    "ClinicalTrialProtocolID,ClinicalTrialProtocolName,ClinicalTrialSiteID,"
    "ClinicalTrialSiteName,ClinicalTrialSubjectID,"
    "ClinicalTrialSubjectReadingID,ClinicalTrialTimePointID,"
    "ClinicalTrialTimePointDescription,StudyInstanceUID,StudyDate,StudyTime,"
    "StudyID,AccessionNumber,IssuerOfAccessionNumberSequence,"
    "StudyDescription,ReferringPhysicianName,"
    "ReferringPhysicianIdentificationSequence,ConsultingPhysicianName,"
    "PhysiciansOfRecord,PhysiciansOfRecordIdentificationSequence,"
    "NameOfPhysiciansReadingStudy,RequestingService,"
    "RequestingPhysician,RequestedProcedureDescription,"
    "ReferencedStudySequence,ProcedureCodeSequence,"
    "ReasonForPerformedProcedureCodeSequence,"
    "AdmittingDiagnosesDescription,AdmittingDiagnosesCodeSequence,"
    "PatientAge,PatientSize,PatientWeight,PatientBodyMassIndex,"
    "PatientSizeCodeSequence,MedicalAlerts,Allergies,SmokingStatus,"
    "PregnancyStatus,LastMenstrualDate,PatientState,Occupation,"
    "AdditionalPatientHistory,AdmissionID,IssuerOfAdmissionIDSequence,"
    "ServiceEpisodeID,ServiceEpisodeDescription,PatientSexNeutered,"
    "InstitutionName";

static const char series_level[] =
    "Modality,SeriesInstanceUID,SeriesNumber,SeriesDate,SeriesTime,"
    "SeriesDescription,SeriesDescriptionCodeSequence,Laterality,"
    "PerformingPhysicianName,PerformingPhysicianIdentificationSequence,"
    "OperatorsName,OperatorIdentificationSequence,ProtocolName,"
    "ReferencedPerformedProcedureStepSequence,RelatedSeriesSequence,"
    "BodyPartExamined,PatientPosition,AnatomicalOrientationType,"
    "RequestAttributesSequence,PerformedProcedureStepID,"
    "PerformedProcedureStepStartDate,PerformedProcedureStepStartTime,"
    "PerformedProcedureStepEndDate,PerformedProcedureStepEndTime,"
    "PerformedProcedureStepDescription,PerformedProtocolCodeSequence,"
    "CommentsOnThePerformedProcedureStep,TreatmentSessionUID,"
    "ClinicalTrialCoordinatingCenterName,ClinicalTrialSeriesID,"
    "ClinicalTrialSeriesDescription,FrameOfReferenceUID,"
    "PositionReferenceIndicator,Manufacturer,InstitutionAddress,StationName,"
    "InstitutionalDepartmentName,InstitutionalDepartmentTypeCodeSequence,"
    "ManufacturerModelName,ManufacturerDeviceClassUID,DeviceSerialNumber,"
    "SoftwareVersions,GantryID,DeviceUID,SpatialResolution,"
    "DateOfLastCalibration,TimeOfLastCalibration";

static const struct store_schema schema = {
	.what = "temporary file of images",
	.version = 1,
	.sql = "CREATE TABLE groups (study TEXT, series TEXT, ticket INTEGER,"
	       " number INTEGER, instances INTEGER, bytes INTEGER, head TEXT,"
	       " uri TEXT, parts BLOB, kind TEXT, encoding TEXT,"
	       " UNIQUE (study, series));"
	       "CREATE TABLE modalities (study TEXT, series TEXT,"
	       " modality TEXT, ticket INTEGER, number INTEGER,"
	       " PRIMARY KEY (study, series, modality)) WITHOUT ROWID;",
};

enum { COUNT, FIRST, MODALITY, ROWS, MODALITIES, STATEMENTS };

static const char *const sql[STATEMENTS] = {
	[COUNT] = "INSERT INTO groups VALUES"
		  " (?1, ?2, ?3, ?4, 1, ?5, ?6, ?7, ?8, ?9, ?10)"
		  " ON CONFLICT DO UPDATE SET instances = instances + 1,"
		  " bytes = bytes + excluded.bytes",
	[FIRST] = "UPDATE groups SET ticket = ?3, number = ?4, head = ?6,"
		  " uri = ?7, parts = ?8, kind = ?9, encoding = ?10"
		  " WHERE study = ?1 AND series = ?2"
		  " AND (ticket, number) > (?3, ?4)",
	[MODALITY] = "INSERT INTO modalities VALUES (?1, ?2, ?3, ?4, ?5)"
		     " ON CONFLICT DO UPDATE SET ticket = excluded.ticket,"
		     " number = excluded.number WHERE (ticket, number) >"
		     " (excluded.ticket, excluded.number)",
	[ROWS] = "SELECT study, series, instances, bytes, head, uri, parts,"
		 " kind, encoding FROM groups ORDER BY ticket, number",
	[MODALITIES] = "SELECT modality FROM modalities WHERE study = ?1 AND"
		       " series = ?2 ORDER BY ticket, number",
};

struct dicom_group {
	const struct source_options *options;
	struct dicom_tags *tags;
	pthread_mutex_t lock; /* of the store */
	struct store *store;
	struct statement *statements[STATEMENTS];
};

static struct dicom_tags *
level_tags(enum dicom_per per, struct err *e)
{
	struct buf names = { 0 };
	struct dicom_tags *t;

	buf_adds(&names, study_level);
	if (per == PER_SERIES) {
		buf_addc(&names, ',');
		buf_adds(&names, series_level);
	}
	t = dicom_tags_parse(buf_slice(&names), e);
	buf_release(&names);
	return t;
}

struct dicom_group *
dicom_group_new(const struct source_options *options, struct err *e)
{
	struct dicom_group *g = mem_zalloc(sizeof(*g));

	g->options = options;
	pthread_mutex_init(&g->lock, NULL);
	g->tags = level_tags(options->dicom.per, e);
	/* A database without a name is a temporary one. */
	if (g->tags == NULL ||
	    (g->store = store_open("", &schema, 0, 0, e)) == NULL ||
	    !store_begin(g->store, e))
		goto fail;
	for (int i = 0; i < STATEMENTS; i++) {
		g->statements[i] = store_prepare(g->store, sql[i], e);
		if (g->statements[i] == NULL)
			goto fail;
	}
	return g;

fail:
	dicom_group_free(g);
	return NULL;
}

void
dicom_group_free(struct dicom_group *g)
{
	if (g == NULL)
		return;
	for (int i = 0; i < STATEMENTS; i++)
		statement_free(g->statements[i]);
	if (g->store != NULL)
		store_rollback(g->store);
	store_close(g->store);
	pthread_mutex_destroy(&g->lock);
	dicom_tags_free(g->tags);
	mem_free(g);
}

const struct dicom_tags *
dicom_group_tags(const struct dicom_group *g)
{
	return g->options->dicom.tags != NULL ? g->options->dicom.tags
					      : g->tags;
}

/* --- a header comes ------------------------------------------------------ */

/* The parts with a NUL behind each. */
static void
put_parts(const struct place_of *at, struct buf *to)
{
	for (size_t i = 0; i < at->nparts; i++)
		buf_add(to, at->parts[i], strlen(at->parts[i]) + 1);
}

static bool
add_group(struct dicom_group *g, const struct member *m,
    const struct dicom_instance *one, const char *series, uint64_t number,
    struct err *e)
{
	struct buf parts = { 0 };
	bool ok = true;

	put_parts(m->place, &parts);
	for (int i = COUNT; i <= FIRST && ok; i++) {
		struct statement *s = g->statements[i];

		statement_bind(s, 1, slice_of(one->study));
		statement_bind(s, 2, slice_of(series));
		statement_bind_int(s, 3, (int64_t)m->sink->ticket);
		statement_bind_int(s, 4, (int64_t)number);
		if (i == COUNT)
			statement_bind_int(s, 5, (int64_t)m->at);
		statement_bind(s, 6, one->head);
		statement_bind(s, 7, slice_of(m->place->uri));
		statement_bind_blob(s, 8, buf_slice(&parts));
		statement_bind(s, 9, slice_of(one->kind));
		if (one->encoding == NULL)
			statement_bind_null(s, 10);
		else
			statement_bind(s, 10, slice_of(one->encoding));
		ok = statement_run(s, e);
		statement_reset(s);
	}
	buf_release(&parts);
	return ok;
}

static bool
add_modality(struct dicom_group *g, const struct member *m,
    const struct dicom_instance *one, const char *series, uint64_t number,
    struct err *e)
{
	struct statement *s = g->statements[MODALITY];
	bool ok;

	if (one->modality[0] == '\0')
		return true;
	statement_bind(s, 1, slice_of(one->study));
	statement_bind(s, 2, slice_of(series));
	statement_bind(s, 3, slice_of(one->modality));
	statement_bind_int(s, 4, (int64_t)m->sink->ticket);
	statement_bind_int(s, 5, (int64_t)number);
	ok = statement_run(s, e);
	statement_reset(s);
	return ok;
}

bool
dicom_group_add(struct dicom_group *g, const struct member *m,
    const struct dicom_instance *one, struct err *e)
{
	const char *series =
	    g->options->dicom.per == PER_SERIES ? one->series : "";
	uint64_t number = m->sink->instances++;
	bool ok;

	pthread_mutex_lock(&g->lock);
	ok = add_group(g, m, one, series, number, e) &&
	    add_modality(g, m, one, series, number, e);
	pthread_mutex_unlock(&g->lock);
	return ok || sink_give_up(m->sink, e);
}

/* --- the records --------------------------------------------------------- */

enum { STUDY, SERIES, INSTANCES, BYTES, HEAD, URI, PARTS, KIND, ENCODING };

static bool
put_modalities(
    struct dicom_group *g, struct statement *row, struct buf *to, struct err *e)
{
	struct statement *s = g->statements[MODALITIES];
	int step;

	json_put_key(to, "Modalities");
	buf_addc(to, '[');
	statement_bind(s, 1, statement_text(row, STUDY));
	statement_bind(s, 2, statement_text(row, SERIES));
	while ((step = statement_step(s, e)) == 1) {
		json_put_comma(to);
		json_put_string(to, statement_text(s, 0));
	}
	statement_reset(s);
	buf_addc(to, ']');
	return step == 0;
}

/* Its first header's place; the strings are the arena's. */
static void
take_place(struct statement *row, struct arena *a, struct place_of *at)
{
	struct slice uri = statement_text(row, URI), part;
	struct slice parts = statement_blob(row, PARTS);

	memset(at, 0, sizeof(*at));
	at->uri = arena_string(a, uri.p, uri.n);
	while (at->nparts < MEMBER_PARTS && slice_next(&parts, '\0', &part))
		at->parts[at->nparts++] = arena_string(a, part.p, part.n);
}

/*
 * The chain of a group's id begins with what the group is, and its one piece
 * is the record: the id changes as the group grows.
 */
static void
start_chain(
    const struct dicom_group *g, struct statement *row, struct member *m)
{
	struct buf b = { 0 };

	buf_adds(&b, "mdx1");
	buf_adds(&b, g->options->dicom.per == PER_SERIES ? "series" : "study");
	buf_addc(&b, '\0');
	buf_add_slice(&b, statement_text(row, STUDY));
	buf_addc(&b, '\0');
	buf_add_slice(&b, statement_text(row, SERIES));
	buf_addc(&b, '\0');
	digest_bytes(b.p, b.n, m->chain);
	buf_release(&b);
}

static bool
write_group(struct dicom_group *g, struct statement *row, struct member *m,
    struct arena *a, struct err *e)
{
	struct place_of *at = arena_alloc(a, sizeof(*at));
	struct piece p = { .placeless = true };
	struct slice kind = statement_text(row, KIND);
	struct slice encoding = statement_text(row, ENCODING);
	struct buf *out;

	take_place(row, a, at);
	m->place = at;
	buf_reset(&m->head); /* src is another */
	start_chain(g, row, m);
	p.kind = kinds_find(g->options->kinds, arena_string(a, kind.p, kind.n));
	if (encoding.p != NULL)
		p.encoding = arena_string(a, encoding.p, encoding.n);
	out = member_open(m);
	buf_add_slice(out, statement_text(row, HEAD));
	json_put_key(out, "Instances");
	json_put_int(out, statement_int(row, INSTANCES));
	json_put_key(out, "Bytes");
	json_put_int(out, statement_int(row, BYTES));
	if (!put_modalities(g, row, out, e))
		return sink_give_up(m->sink, e);
	p.bytes = (struct slice){ out->p + m->began, out->n - m->began };
	return member_record(m, &p, e);
}

bool
dicom_group_write(struct dicom_group *g, struct sink *sink,
    struct totals *totals, struct err *e)
{
	struct statement *rows = g->statements[ROWS];
	struct place_of all = { .uri = g->options->dicom.per == PER_SERIES
		    ? "--per series"
		    : "--per study" };
	struct arena *a = arena_new();
	struct member m;
	bool ok = true;
	int step;

	member_begin(&m, g->options, sink, totals, &all, NULL, "dicom");
	while ((step = statement_step(rows, e)) == 1) {
		ok = write_group(g, rows, &m, a, e);
		if (!ok)
			break;
		arena_reset(a);
	}
	if (step < 0)
		ok = sink_give_up(sink, e);
	m.place = &all;
	if (ok)
		ok = member_end(&m, e);
	else
		member_release(&m);
	arena_free(a);
	return ok;
}
