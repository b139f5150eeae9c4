#include "sources/odbc.h"

#include <string.h>
#include <strings.h>

#include "sources/sql.h"
#include "sources/database_read.h"

/* The next `name=value` of a connection string; a value in braces is whole. */
static bool
next_part(struct slice *rest, struct slice *whole, struct slice *name,
    struct slice *value)
{
	const char *p = rest->p, *end = rest->p + rest->n;
	const char *equals = NULL;

	if (rest->n == 0)
		return false;
	while (p < end && *p != ';' && *p != '=')
		p++;
	*name = slice_trim(slice_span(rest->p, p));
	*value = (struct slice){ p, 0 };
	if (p < end && *p == '=') {
		equals = ++p;
		if (p < end && *p == '{')
			for (p++; p < end; p++)
				if (*p == '}' && (p + 1 == end || *++p != '}'))
					break;
		while (p < end && *p != ';')
			p++;
		*value = slice_span(equals, p);
	}
	*whole = slice_span(rest->p, p);
	*rest = slice_span(p < end ? p + 1 : end, end);
	return true;
}

static bool
is_one_of(struct slice name, const char *const *words)
{
	for (; *words != NULL; words++)
		if (name.n == strlen(*words) &&
		    strncasecmp(name.p, *words, name.n) == 0)
			return true;
	return false;
}

/* In braces where it has what parts a string. */
static void
put_value(const char *value, struct buf *b)
{
	if (strpbrk(value, "[]{}(),;?*=!@ ") == NULL) {
		buf_adds(b, value);
		return;
	}
	buf_addc(b, '{');
	for (; *value != '\0'; value++) {
		if (*value == '}')
			buf_addc(b, '}');
		buf_addc(b, *value);
	}
	buf_addc(b, '}');
}

static void
put_part(struct buf *b, struct slice part)
{
	if (b->n > 0)
		buf_addc(b, ';');
	buf_add_slice(b, part);
}

static void
take_password(struct slice value, struct buf *to)
{
	bool braces = value.n >= 2 && value.p[0] == '{';

	for (size_t i = braces; i + braces < value.n; i++) {
		buf_addc(to, value.p[i]);
		i += braces && value.p[i] == '}';
	}
}

static bool
names_psqlodbc(struct slice driver)
{
	char text[256];
	size_t n = driver.n < sizeof(text) ? driver.n : sizeof(text) - 1;

	for (size_t i = 0; i < n; i++)
		text[i] = (char)(driver.p[i] | 0x20);
	return slice_find((struct slice){ text, n }, SLICE("postgres")) !=
	    NULL ||
	    slice_find((struct slice){ text, n }, SLICE("psqlodbc")) != NULL;
}

/*
 * psqlodbc keeps the whole of a result in memory unless it is told to declare
 * a cursor.
 */
void
odbc_string(struct slice given, const char *user, const char *secret,
    struct buf *whole, struct buf *shown, struct buf *password)
{
	static const char *const users[] = { "uid", "user", "username",
		"user id", NULL };
	static const char *const passwords[] = { "pwd", "password", NULL };
	static const char *const cursors[] = { "usedeclarefetch", "b6", NULL };
	static const char *const drivers[] = { "driver", NULL };
	struct slice rest = given, part, name, value;
	bool postgres = false, cursor = false;

	if (memchr(given.p, '=', given.n) == NULL) {
		buf_adds(whole, "DSN=");
		buf_add_slice(whole, given);
		buf_add_slice(shown, given);
		rest.n = 0;
	}
	while (next_part(&rest, &part, &name, &value)) {
		bool who = is_one_of(name, users);
		bool secretly = is_one_of(name, passwords);

		if (name.n == 0)
			continue;
		postgres = postgres ||
		    (is_one_of(name, drivers) && names_psqlodbc(value));
		cursor = cursor || is_one_of(name, cursors);
		if (!(who && user != NULL) && !(secretly && secret != NULL))
			put_part(whole, part);
		if (secretly)
			take_password(value, password);
		if (!who && !secretly)
			put_part(shown, part);
	}
	if (user != NULL) {
		put_part(whole, SLICE("UID="));
		put_value(user, whole);
	}
	if (secret != NULL) {
		put_part(whole, SLICE("PWD="));
		put_value(secret, whole);
	}
	if (postgres && !cursor)
		put_part(whole, SLICE("UseDeclareFetch=1"));
}

bool
odbc_source(struct job *j, const char *uri, struct err *e)
{
	const struct source_options *o = j->options;
	struct buf whole = { 0 }, shown = { 0 }, password = { 0 };
	struct err why = { 0 };
	struct place_of at = { .uri = uri };
	struct database *db;
	bool ok;

	buf_adds(&shown, "");
	odbc_string(slice_of(uri + strlen("odbc:")), o->user, o->secret, &whole,
	    &shown, &password);
	at.uri = arena_printf(j->arena, "odbc:%s", buf_string(&shown));
	db = sql_open(buf_string(&whole),
	    o->secret != NULL    ? o->secret
		: password.n > 0 ? buf_string(&password)
				 : NULL,
	    run_options(j->run)->stop, &why);
	if (db != NULL) {
		struct database_source s = { .db = db,
			.options = o,
			.sink = &j->sink,
			.totals = j->totals,
			.arena = j->arena,
			.job = j,
			.place = &at,
			.format = "sql",
			.identity = at.uri };

		ok = database_read(&s, e);
		db->ops->free(db);
	} else {
		err_wrap(&why, "%s", at.uri);
		ok = sink_fail(&j->sink, &why, e);
	}
	if (ok && (ok = sink_write(&j->sink, e)))
		run_input(j->run, at.uri, 0, totals_source(j->totals), NULL);
	buf_release(&whole);
	buf_release(&shown);
	buf_release(&password);
	return ok;
}
