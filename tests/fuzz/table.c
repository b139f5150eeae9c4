/*
 * The first two bytes choose the dialect and how the bytes arrive.  Whatever
 * comes: frames leave no gap, streaming gives the frames that memory gives,
 * a record without quotes splits as libcsv would split it, and a table that is
 * refused says why.
 */
#include <csv.h>
#include <stdint.h>

#include "io/table.h"

struct drip {
	struct slice rest;
	size_t step;
};

static ssize_t
drip(void *ctx, char *to, size_t room, struct err *e)
{
	struct drip *d = ctx;
	size_t n = d->rest.n < d->step ? d->rest.n : d->step;

	(void)e;
	n = n < room ? n : room;
	memcpy(to, d->rest.p, n);
	d->rest = (struct slice){ d->rest.p + n, d->rest.n - n };
	return (ssize_t)n;
}

static void
must(bool truth)
{
	if (!truth)
		__builtin_trap();
}

struct oracle {
	const struct slice *fields;
	size_t n, at;
};

static int
never_space(unsigned char c)
{
	(void)c;
	return 0;
}

static void
compare_field(void *p, size_t n, void *ctx)
{
	struct oracle *o = ctx;

	must(o->at < o->n);
	must(slice_eq(o->fields[o->at], (struct slice){ p, n }));
	o->at++;
}

static void
compare_with_libcsv(const struct dialect *d, struct slice record,
    const struct slice *fields, size_t n)
{
	struct oracle o = { fields, n, 0 };
	struct csv_parser p;

	csv_init(&p, 0);
	csv_set_delim(&p, (unsigned char)d->delimiter);
	csv_set_quote(&p, (unsigned char)d->quote);
	csv_set_space_func(&p, never_space);
	must(csv_parse(&p, record.p, record.n, compare_field, NULL, &o) ==
	    record.n);
	must(csv_fini(&p, compare_field, NULL, &o) == 0);
	must(o.at == n);
	csv_free(&p);
}

static void
walk(const struct dialect *d, struct slice text, size_t step)
{
	struct drip source = { text, step };
	struct framer *memory = framer_new_memory(d, text);
	struct framer *stream = framer_new(d, drip, &source);
	struct splitter *s = splitter_new(d);
	struct frame a = { 0 }, b;
	uint64_t at = 0;

	do {
		const struct slice *fields;
		size_t n;

		must(framer_next(memory, &a, NULL));
		must(framer_next(stream, &b, NULL));
		must(a.kind == b.kind && a.line == b.line && a.from == b.from &&
		    a.to == b.to && a.next == b.next &&
		    slice_eq(a.bytes, b.bytes) && a.quotes == b.quotes);
		must(a.from == at && a.to >= a.from && a.next >= a.to);
		must(a.next > at || a.kind == FRAME_END);
		at = a.next;
		if (a.kind == FRAME_RECORD && !d->gb) {
			must(splitter_cut(s, a.bytes, &fields, &n, NULL));
			if (d->quote != 0 && a.bytes.n > 0)
				compare_with_libcsv(d, a.bytes, fields, n);
		}
	} while (a.kind != FRAME_END);
	must(at == text.n);
	framer_free(memory);
	framer_free(stream);
	splitter_free(s);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const struct column columns[] = {
		{ "code", "c", COLUMN_FILLED | COLUMN_CODE },
		{ "name", "n", 0 }, { 0 }
	};
	struct slice text = { (const char *)data + 2, n - 2 };
	struct dialect d = dialect_csv;
	struct table_faults faults = { 0 };
	struct err e = { 0 };
	struct table *t;

	if (n < 2)
		return 0;
	d.delimiter = ",\t;|"[data[0] & 3];
	d.quote = data[0] & 4 ? 0 : '"';
	d.comment = data[0] & 8 ? '#' : 0;
	d.strict = data[0] & 16;
	d.gb = data[0] & 32;
	d.max_record = data[0] & 64 ? 40 : 0;
	walk(&d, text, data[1] % 16 + 1u);
	dialect_sniff(text, &dialect_csv);

	t = table_parse(
	    "x", text, columns, data[0] & 128 ? TABLE_EXTRA : 0, &faults, &e);
	must((t == NULL) == (e.text[0] != '\0'));
	must((t == NULL) == (faults.n > 0));
	table_free(t);
	table_faults_release(&faults);
	return 0;
}
