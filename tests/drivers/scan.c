/*
 * scan - what the scanner makes of documents, for tests/suites/scan-against-python.
 *
 * Reads documents, each after its length in 4 bytes (little-endian), and prints
 * one line for each: `-` for one that is refused, else its value, strings in
 * hexadecimal, numbers as they are spelled, a key that came before with a `!`.
 * The portable reference must agree throughout, or the program aborts.
 */
#include "../portable.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/mem.h"

static struct json_scan *simd, *portable;

static void
put_hex(struct slice s)
{
	for (size_t i = 0; i < s.n; i++)
		printf("%02x", (unsigned char)s.p[i]);
}

static void
put(struct json v, struct arena *a)
{
	struct json_walk w = json_enter(v);
	struct slice key;
	struct json inner;

	if (v.type == JSON_STRING) {
		putchar('"');
		put_hex(json_text(v, a));
	} else if (v.type == JSON_ARRAY) {
		putchar('[');
		while (json_next_element(&w, &inner)) {
			put(inner, a);
			putchar(',');
		}
		putchar(']');
	} else if (v.type == JSON_OBJECT) {
		putchar('{');
		while (json_next_member(&w, &key, &inner)) {
			put_hex(json_unescape(key, a));
			putchar(':');
			put(inner, a);
			putchar(',');
		}
		putchar('}');
	} else {
		printf("%.*s", (int)v.text.n, v.text.p);
	}
}

static void
put_line(const char *p, struct arena *a)
{
	size_t n, m;
	const struct json_member *x = json_scan_members(simd, &n);
	const struct json_member *y = portable_scan_members(portable, &m);

	if (n != m)
		abort();
	putchar('{');
	for (size_t i = 0; i < n; i++) {
		struct slice key = { p + x[i].key, x[i].keyn };

		if (x[i].value != y[i].value || x[i].valuen != y[i].valuen ||
		    x[i].key != y[i].key || x[i].again != y[i].again ||
		    x[i].type != y[i].type)
			abort();
		if (x[i].again)
			putchar('!');
		put_hex(json_unescape(key, a));
		putchar(':');
		put(json_of((struct slice){ p + x[i].value, x[i].valuen }), a);
		putchar(',');
	}
	putchar('}');
}

static void
document(const char *p, size_t n, struct arena *a)
{
	struct err e = { 0 }, f = { 0 };
	bool valid = json_check(p, n, 0, &e);
	bool object = json_scan_object(simd, p, n, &e);

	if (portable_check(p, n, 0, &f) != valid ||
	    portable_scan_object(portable, p, n, &f) != object ||
	    strcmp(e.text, f.text) != 0 || (object && !valid))
		abort();
	if (object)
		put_line(p, a);
	else if (!valid)
		putchar('-');
	else if (json_of((struct slice){ p, n }).type == JSON_OBJECT)
		abort();
	else
		put(json_of((struct slice){ p, n }), a);
	putchar('\n');
}

int
main(void)
{
	struct arena *a = arena_new();
	unsigned char head[4];

	simd = json_scan_new(NULL, 0);
	portable = portable_scan_new(NULL, 0);
	while (fread(head, sizeof(head), 1, stdin) == 1) {
		size_t n = head[0] | (size_t)head[1] << 8 |
		    (size_t)head[2] << 16 | (size_t)head[3] << 24;
		char *p = mem_alloc(n + JSON_SLACK);

		if (fread(p, 1, n, stdin) != n)
			return 1;
		/* Slack that would tempt a scanner to go on. */
		for (size_t i = 0; i < JSON_SLACK; i++)
			p[n + i] = "\"}]0, e"[(i + n) % 7];
		document(p, n, a);
		arena_reset(a);
		mem_free(p);
	}
	json_scan_free(simd);
	portable_scan_free(portable);
	arena_free(a);
	return 0;
}
