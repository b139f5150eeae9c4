/*
 * EDF and BDF: one record of the header, with the annotations of the + kinds;
 * with --samples then records of values.
 *
 * Annotations stand among the data, and the header's record comes first: with
 * samples wanted the data are kept in a temporary file and read twice.  A
 * record holds at most a MiB of annotations; more go into further records, so
 * that memory does not grow with the length of a recording.
 */
#include <errno.h>
#include <string.h>

#include "base/mem.h"
#include "sources/edf.h"
#include "sources/format.h"
#include "sources/kept.h"
#include "sources/manifest.h"

#define ANNOTATIONS ((size_t)1 << 20) /* bytes of them in one record */

bool
edf_is(struct slice head)
{
	static const char zero[7] = "", blank[] = "       ";

	if (head.n < 184)
		return false;
	if (memcmp(head.p,
		"\xFF"
		"BIOSEMI",
		8) != 0 &&
	    (head.p[0] != '0' ||
		(memcmp(head.p + 1, blank, 7) != 0 &&
		    memcmp(head.p + 1, zero, 7) != 0)))
		return false;
	for (size_t i = 176; i < 184; i++)
		if (i % 3 != 1 && (head.p[i] < '0' || head.p[i] > '9'))
			return head.n >= 256 && edf_head_size(head) > 0;
	return true;
}

size_t
edf_pull(struct edf *h, char *to, size_t n)
{
	struct err ignored = { 0 };
	size_t have = 0;

	if (h->spool != NULL)
		return fread(to, 1, n, h->spool);
	while (have < n) {
		ssize_t got =
		    input_read(h->m->input, to + have, n - have, &ignored);

		if (got <= 0)
			break;
		have += (size_t)got;
	}
	h->body += have;
	return have;
}

/* --- the record of the header -------------------------------------------- */

static bool
write_notes(struct edf *h, uint64_t records, bool known, struct err *e)
{
	struct piece p = {
		.to = h->head.n, .next = h->head.n, .bytes = h->head
	};
	bool ok = true;

	if (!h->written) {
		edf_put(h, records, known, member_open(h->m));
		p.encoding = h->encoding;
		ok = member_record(h->m, &p, e);
		h->written = true;
	} else if (h->notes.n > 0) {
		h->further++;
		ok = wave_further(
		    h->m, h->name, buf_slice(&h->notes), h->encoding, e);
	}
	buf_reset(&h->notes);
	return ok;
}

/* --- the data ------------------------------------------------------------ */

/* Records that the header states or, where it does not, that are there. */
static bool
more_expected(const struct edf *h)
{
	return h->records < 0 || h->seen < (uint64_t)h->records;
}

/* The first of two passes, or the only one: annotations are gathered. */
static bool
read_records(struct edf *h, FILE *spool, struct err *e)
{
	char *record = mem_alloc(h->record_bytes + 1);
	bool ok = true;

	while (ok && more_expected(h)) {
		size_t got = edf_pull(h, record, h->record_bytes);

		if (spool != NULL && fwrite(record, 1, got, spool) != got)
			ok = err_sys(e, ERR_OUTPUT, "temporary file");
		if (got < h->record_bytes)
			break;
		edf_annotations(h, record);
		h->seen++;
		if (ok && h->notes.n >= ANNOTATIONS)
			ok = write_notes(
			    h, (uint64_t)h->records, h->records >= 0, e);
	}
	mem_free(record);
	if (ok && spool != NULL && fflush(spool) != 0)
		ok = err_sys(e, ERR_OUTPUT, "temporary file");
	return ok;
}

/* Nothing in the data is wanted: their size is enough. */
static void
count_records(struct edf *h)
{
	struct err ignored = { 0 };
	const char *block;
	ssize_t got;

	if (h->m->size > h->m->at + h->head.n) {
		h->body = h->m->size - h->head.n;
	} else {
		while ((got = input_next(h->m->input, &block, &ignored)) > 0)
			h->body += (uint64_t)got;
	}
	h->seen = h->record_bytes == 0 ? 0 : h->body / h->record_bytes;
	if (h->records >= 0 && h->seen > (uint64_t)h->records)
		h->seen = (uint64_t)h->records;
}

/* What stands behind the records, and what of them is not there. */
static bool
finish(struct edf *h, struct err *e)
{
	struct member *m = h->m;
	struct err why = { 0 }, ignored = { 0 };
	struct buf label = { 0 };
	const char *block;
	ssize_t got;
	uint64_t stated;
	bool ok;

	if (m->size == 0 || h->body < m->size - h->head.n)
		while ((got = input_next(m->input, &block, &ignored)) > 0)
			h->body += (uint64_t)got;
	if (h->head.n + h->body > m->at)
		member_skip_to(m, h->head.n + h->body, "body");
	if (h->damaged > 0)
		member_note(m, "damaged_annotations: %llu",
		    (unsigned long long)h->damaged);
	if (h->further > 0)
		member_note(m, "annotations: %llu further records",
		    (unsigned long long)h->further);
	stated = h->records < 0 ? h->seen : (uint64_t)h->records;
	if (h->body > stated * h->record_bytes)
		member_note(m, "behind_records: %llu bytes",
		    (unsigned long long)(h->body - stated * h->record_bytes));
	if (h->seen >= stated || input_failed(m->input, NULL))
		return true;
	m->incomplete = true;
	member_note(m, "cut_off: %llu of %llu data records",
	    (unsigned long long)h->seen, (unsigned long long)stated);
	member_label(m->place, &label);
	err_set(
	    &why, ERR_INPUT, "%s: the data are cut off", buf_string(&label));
	buf_release(&label);
	ok = sink_fail(m->sink, &why, e);
	return ok;
}

static bool
read_data(struct edf *h, struct err *e)
{
	bool samples = h->m->options->samples_ns > 0 && h->record_bytes > 0;
	bool ahead = h->has_annotations ||
	    (samples && h->records < 0 && h->record_bytes > 0);
	FILE *spool = NULL;
	bool ok = true;

	if (ahead && samples &&
	    (spool = kept_nameless(h->m->options->spool_dir)) == NULL)
		return err_sys(e, ERR_OUTPUT, "temporary file");
	if (ahead && h->record_bytes > 0)
		ok = read_records(h, spool, e);
	else if (!samples)
		count_records(h);
	ok = ok &&
	    write_notes(
		h, h->records < 0 ? h->seen : (uint64_t)h->records, true, e);
	if (ok && samples) {
		if (spool != NULL && fseek(spool, 0, SEEK_SET) != 0)
			ok = err_sys(e, ERR_INPUT, "temporary file");
		h->spool = spool;
		ok = ok && edf_samples(h, e);
		h->spool = NULL;
	}
	if (spool != NULL)
		fclose(spool);
	return ok && finish(h, e);
}

/* --- the file ------------------------------------------------------------ */

static void
prove_kind(struct edf *h)
{
	struct slice *labels =
	    arena_alloc(h->arena, h->nsignals * sizeof(*labels));
	size_t n = 0;

	for (size_t i = 0; i < h->nsignals; i++)
		if (!h->signals[i].is_annotations)
			labels[n++] = h->signals[i].label;
	wave_kind(h->m, labels, n);
}

/* A header that says nothing of its data: all of it is one reject. */
static bool
refuse(struct member *m, const struct err *why, struct err *e)
{
	struct slice head = input_peek(m->input, 256);
	struct piece p = { .bytes = head };
	struct err ignored = { 0 };
	char kept[256];
	const char *block;

	p.bytes.n = head.n < sizeof(kept) ? head.n : sizeof(kept);
	memcpy(kept, head.p, p.bytes.n);
	p.bytes.p = kept;
	while (input_next(m->input, &block, &ignored) > 0)
		continue;
	p.to = p.next = input_bytes(m->input);
	m->incomplete = true;
	return input_failed(m->input, NULL) ? member_reject_cut(m, &p, e)
					    : member_reject(m, &p, why, e);
}

/* The whole header, which stays in the arena; false: *why. */
static bool
take_head(struct edf *h, struct err *why)
{
	struct slice head = input_peek(h->m->input, 256);
	size_t size = head.n < 256 ? 0 : edf_head_size(head);

	if (head.n < 256)
		return err_data(
		    why, "cut_off", "the input ends within the header");
	if (size == 0)
		return err_data(why, "edf_header",
		    "the number of signals is none of 1 to 4096");
	head = input_peek(h->m->input, size);
	if (head.n < size)
		return err_data(
		    why, "cut_off", "the input ends within the header");
	h->head.p = arena_dup(h->arena, head.p, size);
	h->head.n = size;
	if (!edf_parse(h, why))
		return false;
	if (h->record_bytes > h->m->limits->max_record)
		return err_data(why, "limit_record",
		    "data records of more than %zu bytes (--max-record raises "
		    "it)",
		    (size_t)h->m->limits->max_record);
	return true;
}

bool
edf_read(struct member *m, struct err *e)
{
	struct edf h = { .m = m, .arena = arena_new(), .scratch = arena_new() };
	struct err why = { 0 };
	bool ok;

	h.name = wave_record(m, h.arena);
	if (take_head(&h, &why)) {
		input_take(m->input, h.head.n);
		prove_kind(&h);
		ok = read_data(&h, e);
	} else {
		ok = refuse(m, &why, e);
	}
	buf_release(&h.notes);
	arena_free(h.scratch);
	arena_free(h.arena);
	return ok;
}
