/*
 * The scanner against its portable reference, and all that walks, decodes or
 * writes what it accepted.  Behind the slack the memory ends.
 */
#include "../portable.h"

#include <stdlib.h>

#include "base/mem.h"
#include "json/value.h"
#include "json/write.h"

static void
must(bool truth)
{
	if (!truth)
		__builtin_trap();
}

static bool
same_checks(const char *p, size_t n)
{
	struct err a = { 0 }, b = { 0 };
	bool valid = json_check(p, n, 0, &a);

	must(valid == portable_check(p, n, 0, &b));
	must(strcmp(a.text, b.text) == 0 && strcmp(a.code, b.code) == 0);
	must(valid == (a.text[0] == '\0'));
	return valid;
}

static void
same_scans(const char *p, size_t n, bool valid)
{
	struct index *names = index_new();
	struct json_scan *x, *y;
	const struct json_member *a, *b;
	struct err e = { 0 }, d = { 0 };
	size_t na, nb;

	index_add(names, SLICE("a"), NULL);
	index_add(names, SLICE("id"), NULL);
	x = json_scan_new(names, 0);
	y = portable_scan_new(names, 0);
	/* The first round teaches the shapes that the second one meets. */
	for (int round = 0; round < 2; round++) {
		bool object = json_scan_object(x, p, n, &e);

		must(object == portable_scan_object(y, p, n, &d));
		must(strcmp(e.text, d.text) == 0);
		must(object ==
		    (valid &&
			json_of((struct slice){ p, n }).type == JSON_OBJECT));
		a = json_scan_members(x, &na);
		b = portable_scan_members(y, &nb);
		must(na == nb);
		for (size_t i = 0; i < na; i++) {
			must(a[i].key == b[i].key && a[i].keyn == b[i].keyn);
			must(a[i].value == b[i].value);
			must(a[i].valuen == b[i].valuen);
			must(a[i].type == b[i].type);
			must(a[i].field == b[i].field);
			must(a[i].again == b[i].again);
			must(json_check(p + a[i].value, a[i].valuen, 0, &e));
		}
		if (object)
			must(
			    json_length(json_of((struct slice){ p, n })) == na);
	}
	json_scan_free(x);
	portable_scan_free(y);
	index_free(names);
}

/* What was accepted can be read, and its canonical form is a fixed point. */
static void
use(const char *p, size_t n)
{
	struct arena *a = arena_new();
	struct slice text = { p, n };
	struct buf one = { 0 }, two = { 0 };
	struct err e = { 0 };

	json_pointer(json_of(text), SLICE("/a/0/~1"));
	json_text(json_of(text), a);
	value_parse(a, p, n, &e);
	if (json_canonical(text, &one, &e)) {
		struct slice again = json_pad(buf_slice(&one), a);

		must(json_check(again.p, again.n, 0, &e));
		must(json_canonical(again, &two, &e));
		must(slice_eq(buf_slice(&one), buf_slice(&two)));
	}
	buf_release(&one);
	buf_release(&two);
	arena_free(a);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	char *p = malloc(n + JSON_SLACK);
	bool valid;

	if (n > 0)
		memcpy(p, data, n);
	memset(p + n, n == 0 ? 0 : data[n - 1], JSON_SLACK);
	valid = same_checks(p, n);
	same_scans(p, n, valid);
	if (valid)
		use(p, n);
	free(p);
	return 0;
}
