#include "json/scan.h"

#include "base/mem.h"
#include "json/shape.h"
#include "json/token.h"

/*
 * A key that the trie of shapes does not know is looked up among the keys of
 * its object that came before.  They enter this table only then, all of them
 * at once: lines of a known shape never touch it.  Nothing is cleared between
 * lines; a slot or a first that carries the stamp of an older one is empty.
 */
struct slot {
	uint32_t stamp;
	uint32_t hash;
	uint32_t member;
};

struct first {
	uint32_t stamp;
	uint32_t member;
};

struct json_scan {
	const struct index *names;
	struct first *first; /* of each name */
	size_t nfirst;
	unsigned depth;
	uint32_t stamp;
	const char *line;
	struct json_member *members;
	size_t count, room;
	struct shapes shapes;
	struct slot *slots;
	size_t nslots; /* a power of two, or 0 */
	size_t nseen;  /* members of this line that are in the table */
	struct arena *scratch;
};

struct json_scan *
json_scan_new(const struct index *names, unsigned depth)
{
	struct json_scan *s = mem_zalloc(sizeof(*s));

	s->names = names;
	s->nfirst = names == NULL ? 0 : index_count(names);
	s->first = mem_zalloc((s->nfirst + 1) * sizeof(*s->first));
	s->depth = depth;
	s->shapes.arena = arena_new();
	s->scratch = arena_new();
	return s;
}

void
json_scan_free(struct json_scan *s)
{
	if (s == NULL)
		return;
	arena_free(s->shapes.arena);
	arena_free(s->scratch);
	mem_free(s->first);
	mem_free(s->members);
	mem_free(s->slots);
	mem_free(s);
}

static struct slice
name_of(struct json_scan *s, const struct json_member *m)
{
	struct slice raw = { s->line + m->key, m->keyn };

	return m->key_escaped ? json_unescape(raw, s->scratch) : raw;
}

/* Whether an earlier member has this name; if none, it enters the table. */
static bool
seen(struct json_scan *s, uint32_t member)
{
	struct slice name = name_of(s, &s->members[member]);
	uint32_t hash = (uint32_t)hash_bytes(name.p, name.n);
	size_t i = hash & (s->nslots - 1);

	for (; s->slots[i].stamp == s->stamp; i = (i + 1) & (s->nslots - 1))
		if (s->slots[i].hash == hash &&
		    slice_eq(name_of(s, &s->members[s->slots[i].member]), name))
			return true;
	s->slots[i] = (struct slot){ s->stamp, hash, member };
	return false;
}

static bool
came_before(struct json_scan *s, uint32_t member)
{
	if (2 * (member + 1) > s->nslots) {
		s->nslots = s->nslots == 0 ? 64 : 4 * s->nslots;
		mem_free(s->slots);
		s->slots = mem_zalloc(s->nslots * sizeof(*s->slots));
		s->nseen = 0;
	}
	while (s->nseen < member)
		seen(s, (uint32_t)s->nseen++);
	s->nseen++;
	return seen(s, member);
}

/* A key that no shape knew: checks it, looks it up, and learns it if it may. */
static const char *
new_key(struct json_scan *s, struct text *t, const char *p,
    struct json_member *m, struct shape **at)
{
	const char *key = p;
	struct slice name;
	struct shape *shape = NULL;
	long field;

	m->key_escaped = false;
	if ((p = token_string(t, key, &m->key_escaped)) == NULL)
		return NULL;
	m->key = (uint32_t)(key - t->begin);
	m->keyn = (uint32_t)(p - key - 1);
	m->again = came_before(s, (uint32_t)s->count);
	name = name_of(s, m);
	field = s->names == NULL ? -1 : index_find(s->names, name);
	m->field = field < 0 || (size_t)field >= s->nfirst ? JSON_NO_FIELD
							   : (uint32_t)field;
	if (*at != NULL && !m->key_escaped)
		shape = shape_add(&s->shapes, *at, name);
	if (shape != NULL) {
		shape->field = m->field;
		shape->again = m->again;
	}
	*at = shape;
	return p;
}

/*
 * A key up to the value behind its colon.  `at` is the shape of the key before
 * it, NULL where that was none that the trie knows.
 */
static inline const char *
scan_key(struct json_scan *s, struct text *t, const char *p,
    struct json_member *m, struct shape **at)
{
	struct shape *known;

	if (*p != '"')
		return text_fail(t, p, "a key in quotes");
	p++;
	known = *at == NULL ? NULL : shape_find(*at, p, t->end);
	if (known != NULL) {
		m->key = (uint32_t)(p - t->begin);
		m->keyn = known->keyn;
		m->field = known->field;
		m->again = known->again;
		m->key_escaped = false;
		p += known->keyn + 1u;
		*at = known;
	} else if ((p = new_key(s, t, p, m, at)) == NULL) {
		return NULL;
	}
	if (m->field != JSON_NO_FIELD && !m->again)
		s->first[m->field] =
		    (struct first){ s->stamp, (uint32_t)s->count };
	p = token_blanks(t, p);
	return *p == ':' ? token_blanks(t, p + 1) : text_fail(t, p, "':'");
}

/* From the first key to behind the closing brace. */
static const char *
scan_members(struct json_scan *s, struct text *t, const char *p)
{
	struct shape *at = &s->shapes.root;

	for (;;) {
		struct json_member *m;
		const char *value;

		if (s->count == s->room)
			s->members = mem_room(s->members, s->count, &s->room,
			    sizeof(*s->members));
		m = &s->members[s->count];
		if ((value = scan_key(s, t, p, m, &at)) == NULL)
			return NULL;
		m->escaped = false;
		p = token_value(t, value, 1, &m->type, &m->escaped);
		if (p == NULL)
			return NULL;
		m->value = (uint32_t)(value - t->begin);
		m->valuen = (uint32_t)(p - value);
		s->count++;

		p = token_blanks(t, p);
		if (p >= t->end || (*p != ',' && *p != '}'))
			return text_fail(t, p, "',' or '}'");
		if (*p == '}')
			return p + 1;
		p = token_blanks(t, p + 1);
	}
}

static void
begin(struct json_scan *s, const char *line)
{
	s->line = line;
	s->count = s->nseen = 0;
	arena_reset(s->scratch);
	if (++s->stamp != 0)
		return;
	/* After 2^32 lines an old stamp could be taken for a new one. */
	s->stamp = 1;
	memset(s->first, 0, s->nfirst * sizeof(*s->first));
	if (s->nslots > 0)
		memset(s->slots, 0, s->nslots * sizeof(*s->slots));
}

static bool
scan_line(struct json_scan *s, struct text *t)
{
	const char *p = token_blanks(t, t->begin);

	if (p >= t->end || *p != '{') {
		text_fail(t, p,
		    memcmp(p, "\xEF\xBB\xBF", 3) == 0
			? "'{' without a byte order mark before it"
			: "'{'");
		return false;
	}
	p = token_blanks(t, p + 1);
	p = *p == '}' ? p + 1 : scan_members(s, t, p);
	return p != NULL && text_ends(t, p, "'}'");
}

bool
json_scan_object(struct json_scan *s, const char *line, size_t n, struct err *e)
{
	struct text t;

	begin(s, line);
	if (n > UINT32_MAX)
		return err_data(e, "limit_record",
		    "a record of %zu bytes is longer than a scan can hold", n);
	text_init(&t, line, n, s->depth);
	if (scan_line(s, &t))
		return true;
	s->count = 0;
	return text_err(&t, e);
}

const struct json_member *
json_scan_members(const struct json_scan *s, size_t *count)
{
	*count = s->count;
	return s->members;
}

const struct json_member *
json_scan_field(const struct json_scan *s, size_t field)
{
	if (field >= s->nfirst || s->first[field].stamp != s->stamp ||
	    s->count == 0)
		return NULL;
	return &s->members[s->first[field].member];
}
