/*
 * The canonical form of RFC 8785: members in the order of their UTF-16 names,
 * no blanks, strings with as few escapes as can be, numbers as ECMAScript
 * writes them.
 */
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "json/scan.h"
#include "json/write.h"

struct entry {
	struct slice name;
	struct json value;
};

struct form {
	struct buf *out;
	struct arena *arena;
	unsigned depth;
	struct err *e;
};

static bool put_value(struct form *, struct json);

/*
 * The scientific spelling of d > 0 with the fewest digits that read back as d,
 * and of these the nearest.  17 digits always do; where at most 15 do, they are
 * what rounding to 15 gives but for its zeros.  Below the normal range fewer
 * bits are left, so there every length is tried.
 */
static void
shortest(double d, char text[32])
{
	for (int len = d < DBL_MIN ? 1 : 15; len <= 17; len++) {
		char *last;

		snprintf(text, 32, "%.*e", len - 1, d);
		if (strtod(text, NULL) == d)
			return;
		/*
		 * A power of two has half the room below it that it has above:
		 * the next spelling up may fit where the nearest does not.
		 */
		last = strchr(text, 'e') - 1;
		if (*last >= '0' && *last < '9') {
			++*last;
			if (strtod(text, NULL) == d)
				return;
		}
	}
}

/* As Number::toString of ECMAScript: n digits, the point behind so many. */
static void
put_digits(struct buf *b, const char *digits, int n, int point)
{
	if (point > 0 && point <= 21) {
		buf_add(b, digits, (size_t)(n < point ? n : point));
		for (int i = n; i < point; i++)
			buf_addc(b, '0');
		if (n > point)
			buf_addf(b, ".%.*s", n - point, digits + point);
	} else if (point > -6 && point <= 0) {
		buf_adds(b, "0.");
		for (int i = point; i < 0; i++)
			buf_addc(b, '0');
		buf_add(b, digits, (size_t)n);
	} else {
		buf_addc(b, digits[0]);
		if (n > 1)
			buf_addf(b, ".%.*s", n - 1, digits + 1);
		buf_addf(b, "e%+d", point - 1);
	}
}

static void
put_double(struct buf *b, double d)
{
	char text[32], digits[32];
	const char *p = text;
	int n = 0, exponent;

	if (d == 0) {
		buf_addc(b, '0');
		return;
	}
	if (d < 0)
		buf_addc(b, '-');
	shortest(fabs(d), text);
	for (; *p != 'e'; p++)
		if (*p != '.')
			digits[n++] = *p;
	while (n > 1 && digits[n - 1] == '0')
		n--;
	exponent = (int)strtol(p + 1, NULL, 10);
	put_digits(b, digits, n, exponent + 1);
}

/*
 * An integer that a double rounds would be signed as another one.  What comes
 * out of here must go in again, so the test is whether its digits come back.
 */
static bool
put_number(struct form *f, struct slice s)
{
	const double most = 9007199254740991.0;
	char *text = arena_string(f->arena, s.p, s.n);
	double d = strtod(text, NULL);
	size_t from = f->out->n;

	if (isinf(d))
		return err_set(f->e, ERR_USAGE,
		    "a number beyond a double has no canonical form");
	put_double(f->out, d);
	if (strpbrk(text, ".eE") == NULL && fabs(d) > most && !f->out->full &&
	    !slice_eq(s, (struct slice){ f->out->p + from, f->out->n - from }))
		return err_set(f->e, ERR_USAGE,
		    "an integer beyond 2^53-1 that a double rounds has no "
		    "canonical form");
	return true;
}

static bool
decode(struct form *f, struct slice raw, struct slice *name)
{
	const char *p = raw.p, *end = raw.p + raw.n;

	while ((p = memchr(p, '\\', (size_t)(end - p))) != NULL)
		if (json_next_code(&p, end) == JSON_LONE)
			return err_set(f->e, ERR_USAGE,
			    "half a surrogate pair has no canonical form");
	*name = json_unescape(raw, f->arena);
	return true;
}

static bool
put_string(struct form *f, struct slice raw)
{
	struct slice text;

	if (!decode(f, raw, &text))
		return false;
	json_put_string(f->out, text);
	return true;
}

/*
 * UTF-16 sorts what lies beyond the BMP, written as surrogates, before
 * U+E000; otherwise it sorts as code points do.
 */
static int
entry_cmp(const void *va, const void *vb)
{
	const struct entry *a = va, *b = vb;
	const char *p = a->name.p, *pend = p + a->name.n;
	const char *q = b->name.p, *qend = q + b->name.n;

	while (p < pend && q < qend) {
		uint32_t c = utf8_next(&p, pend), d = utf8_next(&q, qend);

		if (c == d)
			continue;
		if ((c > 0xFFFF) != (d > 0xFFFF))
			return c > 0xFFFF ? (d >= 0xE000 ? -1 : 1)
					  : (c >= 0xE000 ? 1 : -1);
		return c < d ? -1 : 1;
	}
	return (p < pend) - (q < qend);
}

static bool
put_object(struct form *f, struct json object)
{
	size_t n = json_length(object), i = 0;
	struct entry *entries = arena_alloc(f->arena, n * sizeof(*entries));
	struct json_walk w = json_enter(object);
	struct slice key;
	struct json v;

	for (; json_next_member(&w, &key, &v); i++) {
		entries[i].value = v;
		if (!decode(f, key, &entries[i].name))
			return false;
	}
	if (n > 1)
		qsort(entries, n, sizeof(*entries), entry_cmp);
	buf_addc(f->out, '{');
	for (i = 0; i < n; i++) {
		if (i > 0 && slice_eq(entries[i - 1].name, entries[i].name))
			return err_set(f->e, ERR_USAGE,
			    "an object with a duplicate key has no "
			    "canonical form");
		json_put_key_slice(f->out, entries[i].name);
		if (!put_value(f, entries[i].value))
			return false;
	}
	buf_addc(f->out, '}');
	return true;
}

static bool
put_array(struct form *f, struct json array)
{
	struct json_walk w = json_enter(array);
	struct json v;

	buf_addc(f->out, '[');
	while (json_next_element(&w, &v)) {
		json_put_comma(f->out);
		if (!put_value(f, v))
			return false;
	}
	buf_addc(f->out, ']');
	return true;
}

static bool
put_value(struct form *f, struct json v)
{
	bool done = true;

	if (v.type == JSON_ARRAY || v.type == JSON_OBJECT) {
		if (f->depth == JSON_DEPTH)
			return err_set(f->e, ERR_USAGE,
			    "nested deeper than %u levels", JSON_DEPTH);
		f->depth++;
		done =
		    v.type == JSON_ARRAY ? put_array(f, v) : put_object(f, v);
		f->depth--;
	} else if (v.type == JSON_STRING) {
		done =
		    put_string(f, (struct slice){ v.text.p + 1, v.text.n - 2 });
	} else if (v.type == JSON_NUMBER) {
		done = put_number(f, v.text);
	} else {
		buf_add_slice(f->out, v.text);
	}
	return done;
}

bool
json_canonical(struct slice value, struct buf *out, struct err *e)
{
	struct form f = { out, arena_new(), 0, e };
	bool done = put_value(&f, json_of(value));

	arena_free(f.arena);
	return done;
}
