#include "search/hit.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "json/scan.h"
#include "json/write.h"
#include "search/exact.h"

enum { LINE, PATIENT, DATE, DEPT, ID }; /* columns of corpus->record */

bool
hit_line(struct corpus *c, int64_t record, struct slice *line, struct err *e)
{
	int got;

	statement_reset(c->record);
	statement_bind_int(c->record, 1, record);
	if ((got = statement_step(c->record, e)) == 1)
		*line = statement_blob(c->record, LINE);
	return got == 1 ||
	    (got == 0 &&
		err_set(e, ERR_INPUT, "index '%s': a record has gone",
		    store_path(c->store)));
}

void
asked_put(const struct asked *a, const char *name, struct buf *b)
{
	buf_addc(b, '{');
	if (a->qid.n > 0) {
		json_put_key(b, "qid");
		json_put_string(b, a->qid);
	}
	json_put_key(b, name);
	json_put_string(b, a->text);
}

static void
put_optional(struct buf *b, const char *name, struct slice s)
{
	if (s.p == NULL || s.n == 0)
		return;
	json_put_key(b, name);
	json_put_string(b, s);
}

static void
put_marks(
    struct buf *b, const struct hit *h, const struct mark *marks, size_t n)
{
	json_put_key(b, "marks");
	buf_addc(b, '[');
	for (size_t i = 0; i < n; i++)
		buf_addf(b, "%s[%zu,%zu]", i == 0 ? "" : ",",
		    utf8_count(h->text.p, marks[i].from),
		    utf8_count(h->text.p, marks[i].to));
	buf_addc(b, ']');
}

/* Only what names the record and its source. */
static void
put_trail(struct buf *b, struct slice line)
{
	static const char *const names[] = { "id", "kind", "src" };
	struct json trail = json_get(json_of(line), "_mdx");

	json_put_key(b, "_mdx");
	buf_addc(b, '{');
	for (size_t i = 0; i < 3; i++) {
		struct json v = json_get(trail, names[i]);

		if (v.type == JSON_NONE)
			continue;
		json_put_key(b, names[i]);
		buf_add_slice(b, v.text);
	}
	buf_addc(b, '}');
}

/* The day of a time. */
static struct slice
day_of(struct slice date)
{
	const char *t = date.p == NULL ? NULL : memchr(date.p, 'T', date.n);

	return t == NULL ? date : slice_span(date.p, t);
}

static void
put_ndjson(struct statement *st, const struct hit *h, size_t rank,
    const struct asked *asked, const struct mark *marks, size_t nmarks,
    struct buf *b)
{
	asked_put(asked, "query", b);
	json_put_key(b, "rank");
	json_put_uint(b, rank);
	json_put_key(b, "score");
	buf_addf(b, "%.4f", h->score);
	json_put_key(b, "path");
	json_put_string(b, h->path);
	json_put_key(b, "span");
	buf_addf(b, "[%llu,%llu]", (unsigned long long)h->begin,
	    (unsigned long long)h->behind);
	json_put_key(b, "text");
	json_put_string(b, h->text);
	put_marks(b, h, marks, nmarks);
	put_optional(b, "patient", statement_text(st, PATIENT));
	put_optional(b, "date", day_of(statement_text(st, DATE)));
	put_optional(b, "dept", statement_text(st, DEPT));
	put_trail(b, statement_blob(st, LINE));
	buf_addc(b, '}');
}

static void
put_text(struct statement *st, const struct hit *h, size_t rank,
    const struct mark *marks, size_t nmarks, struct buf *b)
{
	static const int columns[] = { DATE, DEPT, PATIENT };
	size_t at = 0;

	buf_addf(b, "%zu. ", rank);
	for (size_t i = 0; i < 3; i++) {
		struct slice s = statement_text(st, columns[i]);

		buf_add_slice(b, columns[i] == DATE ? day_of(s) : s);
		if (s.n > 0)
			buf_adds(b, "  ");
	}
	buf_addf(b, "%.*s %.*s  (%.4f)\n   ", (int)h->id.n, h->id.p,
	    (int)h->path.n, h->path.p, h->score);
	for (size_t i = 0; i < nmarks; i++) {
		buf_add(b, h->text.p + at, marks[i].from - at);
		buf_adds(b, "【");
		buf_add(
		    b, h->text.p + marks[i].from, marks[i].to - marks[i].from);
		buf_adds(b, "】");
		at = marks[i].to;
	}
	buf_add(b, h->text.p + at, h->text.n - at);
}

bool
hit_put(struct corpus *c, const struct hit *h, size_t rank,
    const struct asked *asked, const struct question *q, enum hit_form form,
    struct buf *b, struct err *e)
{
	struct arena *a;
	struct mark *marks;
	struct slice line;
	size_t n;

	if (!hit_line(c, h->record, &line, e))
		return false;
	if (form == HIT_RECORD) {
		buf_add_slice(b, line);
	} else {
		a = arena_new();
		n = asked->exact ? exact_marks(asked->text, h->text, a, &marks)
				 : rank_marks(q, h->text, a, &marks);
		if (form == HIT_TEXT)
			put_text(c->record, h, rank, marks, n, b);
		else
			put_ndjson(c->record, h, rank, asked, marks, n, b);
		arena_free(a);
	}
	buf_addc(b, '\n');
	statement_reset(c->record);
	return true;
}
