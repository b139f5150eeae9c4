#include "mapping/recall.h"

#include "base/hash.h"
#include "base/mem.h"

#define SLOTS      1024 /* a power of two */
#define VALUE_MOST 40
#define JSON_MOST  48

struct slot {
	const struct rule *rule; /* NULL: empty */
	const char *unmapped;
	unsigned char nvalue, njson;
	bool stays;
	char value[VALUE_MOST], json[JSON_MOST];
};

struct recall {
	struct slot slots[SLOTS];
};

struct recall *
recall_new(void)
{
	return mem_zalloc(sizeof(struct recall));
}

void
recall_free(struct recall *r)
{
	mem_free(r);
}

/* "2018-01-14", "2018/1/14", "20180114": read as fast as it is recalled. */
static bool
is_plain_date(struct slice value)
{
	return value.n > 8 && value.n < 22 &&
	    ((unsigned char)(value.p[5] - '0') <= 9 || value.p[5] == '-' ||
		value.p[5] == '/');
}

bool
recall_serves(const struct rule *rule, struct slice value)
{
	switch (rule->type) {
	case MAP_DATE:
	case MAP_DATETIME:
		return value.n <= VALUE_MOST && !is_plain_date(value);
	case MAP_TIME:
	case MAP_AGE:
	case MAP_VALUES:
		return value.n <= VALUE_MOST;
	default:
		return false;
	}
}

static size_t
slot_of(const struct rule *rule, struct slice value)
{
	return (hash_bytes(value.p, value.n) ^ rule->number * 31) & (SLOTS - 1);
}

bool
recall_find(const struct recall *r, const struct rule *rule, struct slice value,
    struct arena *arena, struct slice *json, const char **unmapped)
{
	const struct slot *s = &r->slots[slot_of(rule, value)];

	if (s->rule != rule || s->nvalue != value.n ||
	    memcmp(s->value, value.p, value.n) != 0)
		return false;
	*json = s->stays
	    ? (struct slice){ NULL, 0 }
	    : arena_slice(arena, (struct slice){ s->json, s->njson });
	*unmapped = s->unmapped;
	return true;
}

void
recall_keep(struct recall *r, const struct rule *rule, struct slice value,
    struct slice json, const char *unmapped)
{
	struct slot *s = &r->slots[slot_of(rule, value)];

	if (json.n > JSON_MOST)
		return;
	s->rule = rule;
	s->unmapped = unmapped;
	s->nvalue = (unsigned char)value.n;
	memcpy(s->value, value.p, value.n);
	s->stays = json.p == NULL;
	s->njson = (unsigned char)json.n;
	if (json.n > 0)
		memcpy(s->json, json.p, json.n);
}
