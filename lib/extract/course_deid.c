#include "extract/course_deid.h"

#include "base/hash.h"
#include "base/mem.h"
#include "json/write.h"

static bool
says_the_same(struct json a, struct json b, const char *member)
{
	struct json x = json_get(a, member), y = json_get(b, member);

	return x.type == y.type && slice_eq(x.text, y.text);
}

static enum course_deid
judge(const struct course_piece *pieces, size_t n)
{
	size_t with = 0;
	bool alike = true;

	for (size_t i = 0; i < n; i++) {
		if (pieces[i].deid.type != JSON_OBJECT)
			continue;
		with++;
		alike = alike &&
		    json_get(pieces[i].deid, "policy").type == JSON_STRING &&
		    says_the_same(pieces[0].deid, pieces[i].deid, "policy") &&
		    says_the_same(pieces[0].deid, pieces[i].deid, "key");
	}
	return with == 0         ? DEID_NONE
	    : with == n && alike ? DEID_ALL
				 : DEID_MIXED;
}

/* Names in the order of their first record, with what is said of them. */
struct names {
	struct index *index;
	struct slice *classes;   /* JSON; n 0: said in two ways */
	unsigned long long *sum; /* of counts */
	size_t room, sums_room;
};

static void
add(struct names *names, struct slice key, struct json value)
{
	unsigned long long n = 0;
	bool fresh;
	size_t i = index_add(names->index, key, &fresh);

	names->classes =
	    mem_room(names->classes, i, &names->room, sizeof(*names->classes));
	names->sum =
	    mem_room(names->sum, i, &names->sums_room, sizeof(*names->sum));
	if (fresh) {
		names->classes[i] = value.text;
		names->sum[i] = 0;
	} else if (!slice_eq(names->classes[i], value.text)) {
		names->classes[i] = SLICE("");
	}
	if (value.type == JSON_NUMBER && slice_number(value.text, &n))
		names->sum[i] += n;
}

static void
put_member(const struct course_piece *pieces, size_t n, const char *member,
    bool counts, struct buf *b)
{
	struct names names = { .index = index_new() };
	struct json object, value;
	struct slice key;

	for (size_t i = 0; i < n; i++) {
		struct json_walk walk;

		object = json_get(pieces[i].deid, member);
		walk = json_enter(object);
		while (object.type == JSON_OBJECT &&
		    json_next_member(&walk, &key, &value))
			add(&names, key, value);
	}
	json_put_key(b, member);
	buf_addc(b, '{');
	for (size_t i = 0; i < index_count(names.index); i++) {
		if (!counts && names.classes[i].n == 0)
			continue;
		json_put_member(b, index_name(names.index, i),
		    counts ? SLICE("") : names.classes[i]);
		if (counts)
			json_put_uint(b, names.sum[i]);
	}
	buf_addc(b, '}');
	index_free(names.index);
	mem_free(names.classes);
	mem_free(names.sum);
}

enum course_deid
course_deid(const struct course_piece *pieces, size_t n, struct buf *b)
{
	enum course_deid d = judge(pieces, n);
	struct json key;

	if (d != DEID_ALL)
		return d;
	key = json_get(pieces[0].deid, "key");
	buf_adds(b, "{\"policy\":");
	buf_add_slice(b, json_get(pieces[0].deid, "policy").text);
	if (key.type != JSON_NONE)
		json_put_member(b, SLICE("key"), key.text);
	put_member(pieces, n, "fields", false, b);
	put_member(pieces, n, "found", true, b);
	buf_addc(b, '}');
	return d;
}
