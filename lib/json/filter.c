#include "json/filter.h"

#include <jq.h>
#include <jv.h>
#include <pthread.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/watchdog.h"
#include "json/expression.h"
#include "json/scan.h"

/*
 * Variables change from run to run, but libjq binds those that it is given
 * when it compiles.  So the program reads them from its input, an array
 *
 *	[record, {spelling: true, ...}, value of $a, value of $b, ...]
 *
 * whose second element names the integers that were passed as strings.  Most
 * records hold none.  For those that do there is a second program, compiled
 * when the first of them is met, whose operators refuse such a string.
 */
static const char guards[] =
    "def __stop: error(\"an integer beyond 2^53 is used as a number:"
    " compare it as a string\");"
    "def __big: type == \"string\" and $__big[.] != null;"
    "def __sort: if any(.[]; __big) then __stop else . end;"
    "def __by(f): if any(.[]; [f] | any(.[]; __big)) then __stop else . end;"
    "def __less(a; b): a < b; def __lesseq(a; b): a <= b;"
    "def __greater(a; b): a > b; def __greatereq(a; b): a >= b;"
    "def __plus(a; b): a + b; def __minus(a; b): a - b;"
    "def __times(a; b): a * b; def __over(a; b): a / b;"
    "def __pair(a; b; f): b as $b | a as $a |"
    " if any($a, $b; __big) then __stop else [$a, $b] | f end;"
    "def _less(a; b): __pair(a; b; __less(.[0]; .[1]));"
    "def _lesseq(a; b): __pair(a; b; __lesseq(.[0]; .[1]));"
    "def _greater(a; b): __pair(a; b; __greater(.[0]; .[1]));"
    "def _greatereq(a; b): __pair(a; b; __greatereq(.[0]; .[1]));"
    "def _plus(a; b): __pair(a; b; __plus(.[0]; .[1]));"
    "def _minus(a; b): __pair(a; b; __minus(.[0]; .[1]));"
    "def _multiply(a; b): __pair(a; b; __times(.[0]; .[1]));"
    "def _divide(a; b): __pair(a; b; __over(.[0]; .[1]));"
    "def __number: tonumber;"
    "def tonumber: if __big then __stop else __number end;"
    "def __add: add; def add: __sort | __add;"
    "def __ordered: sort; def sort: __sort | __ordered;"
    "def __least: min; def min: __sort | __least;"
    "def __most: max; def max: __sort | __most;"
    "def __sort_by(f): sort_by(f); def sort_by(f): __by(f) | __sort_by(f);"
    "def __min_by(f): min_by(f); def min_by(f): __by(f) | __min_by(f);"
    "def __max_by(f): max_by(f); def max_by(f): __by(f) | __max_by(f);";

struct filter {
	char *expression;
	struct buf binding; /* of the variables, before the expression */
	jq_state *plain, *guarded;
	size_t nvariables;
	bool counted; /* among the filters of libjq */
	struct index *members;
	const char **fields; /* NULL where any may be read */
	struct arena *arena; /* of the names in fields */
	struct arena *scratch;
};

/*
 * libjq 1.6 shares state between its instances without a lock of its own.
 * This one guards that state, and with it whom the watchdog watches: the one
 * that runs.
 */
static struct {
	pthread_mutex_t lock;
	unsigned filters;
	struct watchdog *dog; /* while there are filters */
	jq_state *running;
} libjq = { .lock = PTHREAD_MUTEX_INITIALIZER };

static void
halt(void *ctx)
{
	(void)ctx;
	jq_halt(libjq.running, jv_invalid(), jv_invalid());
}

/* The first line of the first message is the one that explains. */
static void
note(void *data, jv message)
{
	struct buf *to = data;

	if (to->n == 0 && jv_get_kind(message) == JV_KIND_STRING) {
		struct slice s = slice_of(jv_string_value(message)), line;

		if (slice_starts(s, "jq: error: "))
			s.p += 11, s.n -= 11;
		slice_next(&s, '\n', &line);
		buf_add_slice(to, line);
	}
	jv_free(message);
}

static jq_state *
compile(const struct filter *f, const char *prefix, struct err *e)
{
	jq_state *jq = jq_init();
	struct buf text = { 0 }, message = { 0 };
	bool done;

	if (jq == NULL) {
		err_set(e, ERR_OUTPUT, "no memory for libjq");
		return NULL;
	}
	buf_adds(&text, ".[1] as $__big | ");
	buf_add_slice(&text, buf_slice(&f->binding));
	buf_addf(&text, ".[0] | (%s (%s\n))", prefix, f->expression);
	jq_set_error_cb(jq, note, &message);
	done = jq_compile(jq, buf_string(&text)) != 0;
	jq_set_error_cb(jq, NULL, NULL);
	if (!done) {
		err_set(e, ERR_USAGE, "jq: %s",
		    message.n == 0 ? "the expression does not compile"
				   : buf_string(&message));
		jq_teardown(&jq);
	}
	buf_release(&text);
	buf_release(&message);
	return done ? jq : NULL;
}

static void
set_fields(struct filter *f)
{
	size_t n = index_count(f->members);

	f->fields = arena_alloc(f->arena, (n + 1) * sizeof(*f->fields));
	for (size_t i = 0; i < n; i++) {
		struct slice name = index_name(f->members, i);

		f->fields[i] = arena_string(f->arena, name.p, name.n);
	}
	f->fields[n] = NULL;
}

bool
filter_allows(const char *expression, struct err *e)
{
	struct index *members = index_new();
	bool any, allowed = expression_read(expression, members, &any, e);

	index_free(members);
	return allowed;
}

struct filter *
filter_new(const char *expression, const char *const *variables, struct err *e)
{
	struct filter *f = mem_zalloc(sizeof(*f));
	bool any;

	f->expression = mem_string(expression, strlen(expression));
	f->members = index_new();
	f->arena = arena_new();
	f->scratch = arena_new();
	for (; variables != NULL && *variables != NULL; variables++)
		buf_addf(&f->binding, ".[%zu] as $%s | ", 2 + f->nvariables++,
		    *variables);
	if (!expression_read(expression, f->members, &any, e))
		goto fail;
	if (!any)
		set_fields(f);
	pthread_mutex_lock(&libjq.lock);
	f->counted = true;
	if (libjq.filters++ == 0)
		libjq.dog = watchdog_new(FILTER_SECONDS * 1000, halt, NULL);
	f->plain = compile(f, "", e);
	pthread_mutex_unlock(&libjq.lock);
	if (f->plain != NULL)
		return f;

fail:
	filter_free(f);
	return NULL;
}

void
filter_free(struct filter *f)
{
	if (f == NULL)
		return;
	pthread_mutex_lock(&libjq.lock);
	jq_teardown(&f->plain);
	jq_teardown(&f->guarded);
	if (f->counted && --libjq.filters == 0)
		watchdog_free(libjq.dog);
	pthread_mutex_unlock(&libjq.lock);
	mem_free(f->expression);
	buf_release(&f->binding);
	index_free(f->members);
	arena_free(f->arena);
	arena_free(f->scratch);
	mem_free(f);
}

const char *const *
filter_fields(const struct filter *f)
{
	return f->fields;
}

/* A record on its way into libjq. */
struct passage {
	struct arena *arena;
	jv big; /* the integers that went as strings, null for none */
};

static jv
text_in(struct slice s)
{
	return jv_string_sized(s.n == 0 ? "" : s.p, (int)s.n);
}

static jv
number_in(struct passage *in, struct slice s)
{
	const double most = 9007199254740992.0;
	char *text = arena_string(in->arena, s.p, s.n);
	double d = strtod(text, NULL);

	/* 2^53+1 reads as 2^53. */
	if ((d < most && d > -most) || strpbrk(text, ".eE") != NULL ||
	    slice_is(s, "9007199254740992") || slice_is(s, "-9007199254740992"))
		return jv_number(d);
	if (jv_get_kind(in->big) == JV_KIND_NULL)
		in->big = jv_object();
	in->big = jv_object_set(in->big, text_in(s), jv_true());
	return text_in(s);
}

static jv value_in(struct passage *, struct json);

static bool
is_wanted(const char *const *fields, struct slice key)
{
	for (; fields != NULL && *fields != NULL; fields++)
		if (json_key_is(key, slice_of(*fields)))
			return true;
	return fields == NULL;
}

static jv
object_in(struct passage *in, struct json object, const char *const *fields)
{
	struct json_walk w = json_enter(object);
	struct slice key;
	struct json v;
	jv to = jv_object();

	while (json_next_member(&w, &key, &v))
		if (is_wanted(fields, key))
			to = jv_object_set(to,
			    text_in(json_unescape(key, in->arena)),
			    value_in(in, v));
	return to;
}

static jv
array_in(struct passage *in, struct json array)
{
	struct json_walk w = json_enter(array);
	struct json v;
	jv to = jv_array();

	while (json_next_element(&w, &v))
		to = jv_array_append(to, value_in(in, v));
	return to;
}

static jv
value_in(struct passage *in, struct json v)
{
	switch (v.type) {
	case JSON_FALSE:
		return jv_false();
	case JSON_TRUE:
		return jv_true();
	case JSON_NUMBER:
		return number_in(in, v.text);
	case JSON_STRING:
		return text_in(json_text(v, in->arena));
	case JSON_ARRAY:
		return array_in(in, v);
	case JSON_OBJECT:
		return object_in(in, v, NULL);
	default:
		return jv_null();
	}
}

static bool
names_type(const char *text)
{
	static const char *const words[] = { "Cannot", "string", "number",
		"object", "array", "null", "boolean", NULL };

	for (size_t i = 0; words[i] != NULL; i++)
		if (strncmp(text, words[i], strlen(words[i])) == 0)
			return true;
	return false;
}

/*
 * What libjq says may hold a patient's value: `string ("...") and number (5)
 * cannot be added`.  Only what stands in the expression itself is repeated;
 * otherwise what comes before the first quote or bracket, and after the last.
 */
static bool
raised(const struct filter *f, jv message, struct err *e)
{
	const char *text, *from, *to = NULL;

	if (jv_get_kind(message) != JV_KIND_STRING)
		return err_data(
		    e, "jq_error", "the expression raised an error");
	text = jv_string_value(message);
	if (strstr(f->expression, text) != NULL || strstr(guards, text) != NULL)
		return err_data(e, "jq_error", "jq: %s", text);
	from = text + strcspn(text, "(\"");
	for (const char *p = from; *p != '\0'; p++)
		if (*p == ')' || *p == '"')
			to = p + 1;
	if (to == NULL || !names_type(text))
		return err_data(
		    e, "jq_error", "the expression raised an error");
	return err_data(
	    e, "jq_error", "jq: %.*s...%s", (int)(from - text), text, to);
}

/* The first result; invalid with *e set, or with code jq_empty for none. */
static jv
first_result(struct filter *f, struct slice record, const struct slice *values,
    struct err *e)
{
	struct passage in = { f->scratch, jv_null() };
	struct json top = json_of(record);
	jq_state *jq = f->plain;
	jv input, result;

	arena_reset(f->scratch);
	input = top.type == JSON_OBJECT ? object_in(&in, top, f->fields)
					: value_in(&in, top);
	input = jv_array_append(jv_array_append(jv_array(), input), jv_null());
	for (size_t i = 0; values != NULL && i < f->nvariables; i++)
		input =
		    jv_array_append(input, value_in(&in, json_of(values[i])));
	if (jv_get_kind(in.big) != JV_KIND_NULL) {
		input = jv_array_set(input, 1, in.big);
		if (f->guarded == NULL)
			f->guarded = compile(f, guards, e);
		jq = f->guarded;
	}
	if (jq == NULL) {
		jv_free(input);
		return jv_invalid();
	}
	libjq.running = jq;
	watchdog_begin(libjq.dog);
	jq_start(jq, input, 0);
	result = jq_next(jq);
	watchdog_end(libjq.dog);
	if (!jv_is_valid(result)) {
		jv message = jv_invalid_get_msg(result);

		result = jv_invalid();
		if (jq_halted(jq))
			err_data(e, "jq_time",
			    "the expression takes more than %d s",
			    FILTER_SECONDS);
		else if (jv_get_kind(message) == JV_KIND_NULL)
			err_data(e, "jq_empty", "the expression has no result");
		else
			raised(f, message, e);
		jv_free(message);
	}
	return result;
}

bool
filter_run(struct filter *f, struct slice record, const struct slice *values,
    struct buf *b, struct err *e)
{
	bool done = false;
	jv result;

	buf_reset(b);
	pthread_mutex_lock(&libjq.lock);
	result = first_result(f, record, values, e);
	if (jv_is_valid(result)) {
		jv text = jv_dump_string(result, 0);

		buf_add(b, jv_string_value(text),
		    (size_t)jv_string_length_bytes(jv_copy(text)));
		jv_free(text);
		done = true;
	}
	pthread_mutex_unlock(&libjq.lock);
	return done;
}

bool
filter_test(struct filter *f, struct slice record, bool *truth, struct err *e)
{
	struct err none = { 0 };
	bool valid;
	jv result;

	pthread_mutex_lock(&libjq.lock);
	result = first_result(f, record, NULL, &none);
	valid = jv_is_valid(result);
	*truth = valid && jv_get_kind(result) != JV_KIND_FALSE &&
	    jv_get_kind(result) != JV_KIND_NULL;
	jv_free(result);
	pthread_mutex_unlock(&libjq.lock);
	if (valid || strcmp(none.code, "jq_empty") == 0)
		return true;
	*e = none;
	return false;
}
