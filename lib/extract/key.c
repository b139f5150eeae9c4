#include "extract/key.h"

#include "extract/text.h"

void
key_names(struct index *names, struct strings on)
{
	for (size_t i = 0; i < on.n; i++)
		index_add(names, text_top(on.list[i]), NULL);
}

struct slice
key_text(struct slice text)
{
	text = slice_trim(text);
	/* The byte that parts end with is in none of them. */
	return text.n > 0 && memchr(text.p, '\0', text.n) != NULL ? SLICE("")
								  : text;
}

struct slice
key_part(struct json v, struct arena *arena)
{
	return v.type == JSON_STRING || v.type == JSON_NUMBER
	    ? key_text(json_text(v, arena))
	    : SLICE("");
}

struct slice *
key_of(struct record *r, const struct index *names, struct strings on,
    struct err *e)
{
	struct arena *arena = record_arena(r);
	struct slice *parts = arena_alloc(arena, (on.n + 1) * sizeof(*parts));

	for (size_t i = 0; i < on.n; i++) {
		parts[i] = key_part(text_member(r, names, on.list[i]), arena);
		if (parts[i].n == 0) {
			err_data(e, "no_key",
			    "a member of the key (--on) is missing");
			return NULL;
		}
	}
	return parts;
}

void
key_put(struct buf *b, const struct slice *parts, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		buf_add_slice(b, parts[i]);
		buf_addc(b, '\0');
	}
}

struct slice
key_shown(const struct slice *parts, size_t n, struct arena *arena)
{
	struct buf b = { 0 };
	struct slice all;

	if (n == 1)
		return parts[0];
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			buf_addc(&b, '|');
		for (size_t k = 0; k < parts[i].n; k++) {
			if (parts[i].p[k] == '|' || parts[i].p[k] == '\\')
				buf_addc(&b, '\\');
			buf_addc(&b, parts[i].p[k]);
		}
	}
	all = arena_slice(arena, buf_slice(&b));
	buf_release(&b);
	return all;
}
