#include "base/pattern.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "base/mem.h"
#include "base/utf8.h"

#define MATCH_LIMIT 100000
#define HEAP_LIMIT  (16 * 1024) /* KiB */

struct pattern {
	pcre2_code *code;
	pcre2_match_context *context;
	bool jit;
};

struct pattern *
pattern_compile(struct slice text, unsigned flags, struct err *e)
{
	uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_MATCH_INVALID_UTF |
	    PCRE2_NEVER_BACKSLASH_C;
	struct pattern *p = mem_zalloc(sizeof(*p));
	PCRE2_SIZE at;
	size_t size;
	int number;

	if (flags & PATTERN_CASELESS)
		options |= PCRE2_CASELESS;
	if (flags & PATTERN_ANCHORED)
		options |= PCRE2_ANCHORED;
	if (flags & PATTERN_WHOLE)
		options |= PCRE2_ANCHORED | PCRE2_ENDANCHORED;
	if (flags & PATTERN_LITERAL)
		options = (options & ~(uint32_t)PCRE2_UCP &
			      ~(uint32_t)PCRE2_NEVER_BACKSLASH_C) |
		    PCRE2_LITERAL;
	p->code = pcre2_compile((PCRE2_SPTR)(text.n == 0 ? "" : text.p), text.n,
	    options, &number, &at, NULL);
	if (p->code == NULL) {
		PCRE2_UCHAR why[128];

		pcre2_get_error_message(number, why, sizeof(why));
		err_set(e, ERR_USAGE, "pattern, at character %zu: %s",
		    utf8_count(text.p, at < text.n ? at : text.n) + 1,
		    (const char *)why);
		pattern_free(p);
		return NULL;
	}
	p->context = pcre2_match_context_create(NULL);
	pcre2_set_match_limit(p->context, MATCH_LIMIT);
	pcre2_set_heap_limit(p->context, HEAP_LIMIT);
	/* Without JIT (a kernel that forbids it) matching is only slower. */
	p->jit = pcre2_jit_compile(p->code, PCRE2_JIT_COMPLETE) == 0 &&
	    pcre2_pattern_info(p->code, PCRE2_INFO_JITSIZE, &size) == 0 &&
	    size > 0;
	return p;
}

bool
pattern_has_jit(const struct pattern *p)
{
	return p->jit;
}

void
pattern_free(struct pattern *p)
{
	if (p == NULL)
		return;
	pcre2_code_free(p->code);
	pcre2_match_context_free(p->context);
	mem_free(p);
}

static void
take_places(struct pattern_match *m, int count, const PCRE2_SIZE *places)
{
	m->ngroups = count > PATTERN_GROUPS ? PATTERN_GROUPS : (size_t)count;
	for (size_t i = 0; i < PATTERN_GROUPS; i++) {
		m->from[i] = 1;
		m->to[i] = 0;
		if (i < m->ngroups && places[2 * i] != PCRE2_UNSET) {
			m->from[i] = places[2 * i];
			m->to[i] = places[2 * i + 1];
		}
	}
}

int
pattern_search(const struct pattern *p, struct slice s, size_t from,
    struct pattern_match *m, struct err *e)
{
	pcre2_match_data *data = pcre2_match_data_create(PATTERN_GROUPS, NULL);
	PCRE2_UCHAR why[128];
	int count;

	if (data == NULL) {
		err_set(e, ERR_OUTPUT, "out of memory");
		return -1;
	}
	count = pcre2_match(p->code, (PCRE2_SPTR)(s.n == 0 ? "" : s.p), s.n,
	    from, 0, data, p->context);
	/* 0: more groups took part than there is room for. */
	if (count == 0)
		count = PATTERN_GROUPS;
	if (count > 0 && m != NULL)
		take_places(m, count, pcre2_get_ovector_pointer(data));
	pcre2_match_data_free(data);
	if (count > 0)
		return 1;
	if (count == PCRE2_ERROR_NOMATCH)
		return 0;
	pcre2_get_error_message(count, why, sizeof(why));
	err_data(
	    e, "pattern_limit", "pattern was given up: %s", (const char *)why);
	return -1;
}

bool
pattern_matches(const struct pattern *p, struct slice s)
{
	return pattern_search(p, s, 0, NULL, NULL) == 1;
}

struct slice
pattern_group(const struct pattern_match *m, struct slice s, size_t group)
{
	if (group >= PATTERN_GROUPS || m->from[group] > m->to[group])
		return (struct slice){ NULL, 0 };
	return slice_span(s.p + m->from[group], s.p + m->to[group]);
}

int
pattern_name(const struct pattern *p, const char *name)
{
	int number =
	    pcre2_substring_number_from_name(p->code, (PCRE2_SPTR)name);

	return number < 0 ? -1 : number;
}
