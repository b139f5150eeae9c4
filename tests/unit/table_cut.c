/*
 * Fields are cut alike by the vector scan, by its portable reference and by
 * libcsv, on records that are generated and then damaged.
 */
#include <csv.h>

#include "base/buf.h"
#include "base/mem.h"
#include "io/table.h"
#include "io/table_cut.h"
#include "test.h"

#define TABLE_PORTABLE
#define table_cut       portable_cut
#define table_find_mark portable_find_mark
bool portable_cut(struct cut *, struct slice, char, char);
const char *portable_find_mark(const char *, const char *, char);
#include "io/table_cut.c"
#undef table_cut
#undef table_find_mark

struct oracle {
	struct buf text;
	size_t ends[4096], n;
	unsigned rows;
};

static void
take_field(void *field, size_t n, void *ctx)
{
	struct oracle *o = ctx;

	buf_add(&o->text, field, n);
	assert_true(o->n < 4096);
	o->ends[o->n++] = o->text.n;
}

static void
take_row(int c, void *ctx)
{
	(void)c;
	((struct oracle *)ctx)->rows++;
}

static int
never(unsigned char c)
{
	(void)c;
	return 0;
}

/* Whether libcsv, at its strictest, takes the record. */
static bool
cut_by_libcsv(struct oracle *o, struct slice record, char delimiter, char quote)
{
	struct csv_parser csv;
	bool good;

	buf_reset(&o->text);
	o->n = o->rows = 0;
	csv_init(&csv, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL);
	csv_set_delim(&csv, (unsigned char)delimiter);
	csv_set_quote(&csv, (unsigned char)quote);
	csv_set_space_func(&csv, never);
	good = csv_parse(&csv, record.p, record.n, take_field, take_row, o) ==
		record.n &&
	    csv_fini(&csv, take_field, take_row, o) == 0;
	csv_free(&csv);
	return good && o->rows == 1;
}

static uint32_t seed = 20241126;

static unsigned
below(unsigned n)
{
	seed = seed * 1664525 + 1013904223;
	return (seed >> 8) % n;
}

static size_t
generate(char *to, char delimiter, char quote)
{
	static const char *const words[] = { "", "5.60", "血糖", "a\\b", "x y",
		"long enough to reach from one block of bytes into the next",
		"0001234567890123456", "阳性" };
	size_t n = 0, fields = 1 + below(12);

	for (size_t i = 0; i < fields; i++) {
		const char *word = words[below(8)];
		bool quoted = below(3) == 0;

		if (i > 0)
			to[n++] = delimiter;
		if (quoted)
			to[n++] = quote;
		memcpy(to + n, word, strlen(word));
		n += strlen(word);
		if (quoted) {
			if (below(3) == 0) {
				to[n++] = quote;
				to[n++] = quote;
			}
			if (below(4) == 0)
				to[n++] = below(2) == 0 ? '\n' : delimiter;
			to[n++] = quote;
		}
	}
	return n;
}

static void
same_fields(const struct cut *a, const struct cut *b)
{
	assert_int_equal(a->n, b->n);
	assert_int_equal(a->plain, b->plain);
	for (size_t i = 0; i < a->n; i++)
		assert_true(slice_eq(a->fields[i], b->fields[i]));
}

static void
same_as_libcsv(const struct cut *c, const struct oracle *o)
{
	size_t from = 0;
	bool plain = true;

	assert_int_equal(c->n, o->n);
	for (size_t i = 0; i < c->n; i++) {
		struct slice f = c->fields[i];

		assert_true(slice_eq(
		    f, slice_span(o->text.p + from, o->text.p + o->ends[i])));
		from = o->ends[i];
		for (size_t k = 0; k < f.n; k++)
			plain = plain && (unsigned char)f.p[k] >= ' ' &&
			    f.p[k] != '"' && f.p[k] != '\\';
	}
	if (c->plain)
		assert_true(plain);
}

TEST(cuts_as_its_reference_and_as_libcsv)
{
	static const char delimiters[] = ",\t;|\1";
	struct cut simd = { 0 }, portable = { 0 };
	struct oracle *o = mem_zalloc(sizeof(*o));
	unsigned taken = 0, refused = 0;

	(void)state;
	for (int round = 0; round < 60000; round++) {
		char d = delimiters[below(5)], q = below(4) == 0 ? '\'' : '"';
		char text[2048];
		size_t n = generate(text, d, q);
		struct slice record;
		bool good;

		for (unsigned k = below(4); n > 0 && k-- > 0;)
			text[below((unsigned)n)] = "\"',\t;a"[below(6)];
		record = (struct slice){ text, n };
		good = table_cut(&simd, record, d, q);
		assert_int_equal(good, portable_cut(&portable, record, d, q));
		if (!good) {
			refused++;
			continue;
		}
		taken++;
		same_fields(&simd, &portable);
		/* A line end outside quotes is the framer's; libcsv ends. */
		if (n == 0 || memchr(text, '\r', n) != NULL)
			continue;
		if (cut_by_libcsv(o, record, d, q))
			same_as_libcsv(&simd, o);
		else
			assert_true(memchr(text, '\n', n) != NULL);
	}
	assert_true(taken > 10000 && refused > 1000);
	buf_release(&o->text);
	mem_free(o);
	mem_free(simd.fields);
	buf_release(&simd.text);
	mem_free(portable.fields);
	buf_release(&portable.text);
}

TEST(finds_marks_as_its_reference)
{
	(void)state;
	for (int round = 0; round < 20000; round++) {
		char text[100];
		size_t n = below(100), from = below((unsigned)n + 1);

		for (size_t i = 0; i < n; i++)
			text[i] = "abcdefghijklmnop\"\n\r"[below(
			    below(4) == 0 ? 19 : 16)];
		assert_ptr_equal(table_find_mark(text + from, text + n, '"'),
		    portable_find_mark(text + from, text + n, '"'));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cuts_as_its_reference_and_as_libcsv),
		cmocka_unit_test(finds_marks_as_its_reference),
	};

	return RUN(tests);
}
