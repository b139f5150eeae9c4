#include "rules/schema_uri.h"

#include "base/buf.h"

static bool
is_scheme(struct slice s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');

		if (!letter &&
		    (i == 0 ||
			((c < '0' || c > '9') && c != '+' && c != '-' &&
			    c != '.')))
			return false;
	}
	return s.n > 0;
}

/* The first of the signs from p on, or the end. */
static const char *
first_of(const char *p, const char *end, const char *signs)
{
	while (p < end && strchr(signs, *p) == NULL)
		p++;
	return p;
}

struct uri
uri_split(struct slice text)
{
	struct uri u = { { NULL, 0 } };
	const char *p = text.p, *end = text.p + text.n;
	const char *stop = first_of(p, end, ":/?#");

	if (stop < end && *stop == ':' && is_scheme(slice_span(p, stop))) {
		u.scheme = slice_span(p, stop + 1);
		p = stop + 1;
	}
	if (end - p >= 2 && p[0] == '/' && p[1] == '/') {
		stop = first_of(p + 2, end, "/?#");
		u.authority = slice_span(p, stop);
		p = stop;
	}
	stop = first_of(p, end, "?#");
	u.path = slice_span(p, stop);
	p = stop;
	stop = first_of(p, end, "#");
	u.query = slice_span(p, stop);
	u.fragment = slice_span(stop, end);
	return u;
}

/* Without `.` and `..`, which lead nowhere above the root. */
static void
put_path(struct slice path, struct buf *to)
{
	size_t start = to->n;
	const char *p = path.p, *end = path.p + path.n;

	while (p < end) {
		const char *slash = memchr(p, '/', (size_t)(end - p));
		struct slice part = slice_span(p, slash == NULL ? end : slash);
		bool up = slice_is(part, "..");

		if (up && to->n > start)
			for (to->n--; to->n > start && to->p[to->n - 1] != '/';)
				to->n--;
		if (!up && !slice_is(part, ".")) {
			buf_add_slice(to, part);
			if (slash != NULL)
				buf_addc(to, '/');
		}
		if ((up || slice_is(part, ".")) && to->n == start &&
		    path.p[0] == '/')
			buf_addc(to, '/');
		p = slash == NULL ? end : slash + 1;
	}
}

/* The base's path up to its last slash, and this one. */
static void
put_merged(const struct uri *base, struct slice path, struct buf *to)
{
	struct buf b = { 0 };
	size_t n = base->path.n;

	while (n > 0 && base->path.p[n - 1] != '/')
		n--;
	if (base->authority.n > 0 && base->path.n == 0)
		buf_addc(&b, '/');
	buf_add(&b, base->path.p, n);
	buf_add_slice(&b, path);
	put_path(buf_slice(&b), to);
	buf_release(&b);
}

struct slice
uri_resolve(struct slice base_text, struct slice text, struct arena *a)
{
	struct uri base = uri_split(base_text), u = uri_split(text);
	struct buf b = { 0 };
	struct slice made;

	if (u.scheme.n == 0) {
		buf_add_slice(&b, base.scheme);
		buf_add_slice(
		    &b, u.authority.n > 0 ? u.authority : base.authority);
	} else {
		buf_add_slice(&b, u.scheme);
		buf_add_slice(&b, u.authority);
	}
	if (u.scheme.n > 0 || u.authority.n > 0 ||
	    (u.path.n > 0 && u.path.p[0] == '/'))
		put_path(u.path, &b);
	else if (u.path.n > 0)
		put_merged(&base, u.path, &b);
	else
		buf_add_slice(&b, base.path);
	if (u.query.n == 0 && u.path.n == 0 && u.scheme.n == 0 &&
	    u.authority.n == 0)
		u.query = base.query;
	buf_add_slice(&b, u.query);
	made = arena_slice(a, buf_slice(&b));
	buf_release(&b);
	return made;
}
