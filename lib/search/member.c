#include "search/member.h"

#include "base/buf.h"
#include "base/utf8.h"

struct walk {
	struct buf path;
	bool trail; /* enter `_mdx` */
	member_take *take;
	void *ctx;
};

/* A key as a step of a pointer: decoded, then ~ and / escaped. */
static void
add_key(struct buf *b, struct slice key)
{
	const char *p = key.p, *end = p + key.n;

	buf_addc(b, '/');
	while (p < end) {
		uint32_t code = json_next_code(&p, end);
		char text[4];

		if (code == '~')
			buf_adds(b, "~0");
		else if (code == '/')
			buf_adds(b, "~1");
		else
			buf_add(b, text,
			    utf8_put(text, code == JSON_LONE ? 0xFFFD : code));
	}
}

static bool walk_value(struct walk *, struct json, bool numbers);

static bool
walk_object(struct walk *w, struct json object, bool numbers)
{
	struct json_walk members = json_enter(object);
	size_t length = w->path.n;
	struct slice key;
	struct json v;

	while (json_next_member(&members, &key, &v)) {
		bool trail = length == 0 && json_key_is(key, SLICE("_mdx"));

		if (trail && !w->trail)
			continue;
		add_key(&w->path, key);
		if (!walk_value(w, v, numbers && !trail))
			return false;
		w->path.n = length;
	}
	return true;
}

static bool
walk_array(struct walk *w, struct json array, bool numbers)
{
	struct json_walk elements = json_enter(array);
	size_t length = w->path.n, n = 0;
	struct json v;

	while (json_next_element(&elements, &v)) {
		buf_addf(&w->path, "/%zu", n++);
		if (!walk_value(w, v, numbers))
			return false;
		w->path.n = length;
	}
	return true;
}

static bool
walk_value(struct walk *w, struct json v, bool numbers)
{
	switch (v.type) {
	case JSON_OBJECT:
		return walk_object(w, v, numbers);
	case JSON_ARRAY:
		return walk_array(w, v, numbers);
	case JSON_STRING:
		return v.text.n == 2 || w->take(w->ctx, buf_slice(&w->path), v);
	case JSON_NUMBER:
		return !numbers || w->take(w->ctx, buf_slice(&w->path), v);
	default:
		return true;
	}
}

bool
member_texts(struct slice line, member_take *take, void *ctx)
{
	struct walk w = { .take = take, .ctx = ctx };
	bool ok = walk_value(&w, json_of(line), false);

	buf_release(&w.path);
	return ok;
}

bool
member_scalars(struct slice line, member_take *take, void *ctx)
{
	struct walk w = { .trail = true, .take = take, .ctx = ctx };
	bool ok = walk_value(&w, json_of(line), true);

	buf_release(&w.path);
	return ok;
}
