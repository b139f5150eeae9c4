#include "extract/extract.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "io/encoding.h"
#include "io/reader.h"
#include "json/write.h"

#define LARGEST ((size_t)16 << 20)

/* The file's text in UTF-8, as the one member of a record's line. */
static bool
read_line(const char *path, struct buf *line, struct err *e)
{
	struct buf raw = { 0 }, text = { 0 };
	struct slice bytes;
	struct encoding *enc = NULL;
	const char *name;
	size_t bom = 0;
	bool ok = reader_slurp(path, LARGEST, &raw, e);

	if (!ok)
		goto fail;
	name = encoding_detect(buf_slice(&raw), &bom);
	bytes = buf_slice(&raw);
	bytes.p += bom;
	bytes.n -= bom;
	if (name == NULL) {
		ok = err_data(e, "encoding", "neither UTF-8 nor GB18030");
		goto fail;
	}
	enc = encoding_open(name, e);
	ok = enc != NULL && encoding_decode(enc, bytes, true, &text, NULL, e);
	if (!ok)
		goto fail;
	buf_adds(line, "{\"text\":");
	json_put_string(line, buf_slice(&text));
	buf_addc(line, '}');

fail:
	encoding_close(enc);
	buf_release(&raw);
	buf_release(&text);
	return ok;
}

static bool
one(struct run *run, const char *path, const struct stage *stage,
    struct record *r, void *worker, struct err *e)
{
	struct buf line = { 0 }, out = { 0 };
	struct err why = { 0 };
	uint64_t emitted = 0;
	struct job job = { .place = { .uri = path, .line = 1 },
		.out = &out,
		.emitted = &emitted };
	enum verdict verdict = RECORD_SET_ASIDE;
	bool ok = true;

	if (!read_line(path, &line, &why) && why.kind != ERR_DATA) {
		run_fail(run, &why);
		goto done;
	}
	run_count(run, 1);
	run_input(run, path, line.n, 1, NULL);
	if (why.kind == ERR_NONE && buf_room(&line, JSON_SLACK) != NULL &&
	    record_read(r, buf_slice(&line), &why))
		verdict = stage->record(worker, r, &job, &why);
	if (verdict == RECORD_PASS) {
		record_write(r, &out);
		buf_addc(&out, '\n');
		emitted = 1;
	}
	if (verdict == RECORD_STOP) {
		*e = why;
		ok = false;
	} else if (verdict == RECORD_SET_ASIDE) {
		ok = run_set_aside(run, &job.place, buf_slice(&line), &why, e);
	} else {
		ok = run_write(run, buf_slice(&out), emitted, e);
	}

done:
	buf_release(&line);
	buf_release(&out);
	return ok;
}

bool
extract_plain(struct run *run, char *const *operands, const struct stage *stage,
    struct err *e)
{
	struct record *r = record_new(stage->names, 0);
	void *worker;
	bool opened = stage_open(stage, &worker, e), ok = opened;
	uint64_t left = run_limit(run);

	if (ok && *operands == NULL)
		ok = one(run, "-", stage, r, worker, e);
	for (; ok && left-- > 0 && *operands != NULL; operands++)
		ok = one(run, *operands, stage, r, worker, e);
	if (!ok)
		run_fail(run, e);
	if (opened)
		stage_close(stage, worker);
	record_free(r);
	return ok;
}
