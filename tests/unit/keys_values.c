/*
 * Values that rules count: whether two periods of a key meet, against every
 * pair of them.
 */
#include "test.h"

#include "base/mem.h"
#include "rules/keys_parts.h"

static bool
known(int64_t a, int64_t b)
{
	return a != KEY_NO_DAY && b != KEY_NO_DAY;
}

/* As mdx-rules(5) says it of two. */
static bool
meet(const struct entry *a, const struct entry *b)
{
	if (a->record == b->record && a->record != 0)
		return false;
	if ((known(b->from, a->to) && b->from == a->to + 1) ||
	    (known(a->from, b->to) && a->from == b->to + 1))
		return true;
	return known(a->from, b->to) && known(b->from, a->to) &&
	    a->from <= b->to && b->from <= a->to;
}

static bool
some_meet(const struct entry *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < i; k++)
			if (meet(&list[i], &list[k]))
				return true;
	return false;
}

static bool
counted(struct value_notes *v, const struct entry *list, size_t n)
{
	uint64_t applicable = 0, fail = 0;

	for (size_t i = 0; i < n; i++)
		value_notes_add(v, &list[i], true);
	value_notes_take(v, false, &applicable, &fail);
	assert_int_equal(applicable, 1);
	return fail == 1;
}

static uint64_t
next(uint64_t *seed, uint64_t below)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (*seed >> 33) % below;
}

static int64_t
day(uint64_t *seed, uint64_t span)
{
	uint64_t d = next(seed, span + 1);

	return d == span ? KEY_NO_DAY : (int64_t)d - (int64_t)span / 2;
}

/* Also periods that end before they begin, and those without an end. */
TEST(finds_what_every_pair_finds)
{
	struct value_notes v = { 0 };
	uint64_t seed = 7;
	size_t found = 0;

	(void)state;
	for (unsigned round = 0; round < 200000; round++) {
		struct entry list[6];
		size_t n = 1 + next(&seed, 6);
		uint64_t span = 4 + next(&seed, 40);
		uint64_t owners = 1 + next(&seed, 4);
		bool expected;

		for (size_t i = 0; i < n; i++) {
			list[i] = (struct entry){ .role = KEY_NOTED,
				.record = next(&seed, owners),
				.from = day(&seed, span),
				.to = day(&seed, span) };
			if (list[i].to < list[i].from && next(&seed, 2) > 0)
				list[i].to = list[i].from;
		}
		expected = some_meet(list, n);
		found += expected;
		if (counted(&v, list, n) != expected)
			fail_msg("round %u: %s", round,
			    expected ? "not found" : "found");
	}
	assert_in_range(found, 40000, 160000);
	mem_free(v.periods);
}

/* Every pair of them would be twenty thousand million. */
TEST(a_key_may_have_many_periods)
{
	const size_t n = 200000;
	struct entry *list = mem_zalloc((n + 1) * sizeof(*list));
	struct value_notes v = { 0 };

	(void)state;
	for (size_t i = 0; i < n; i++)
		list[i] = (struct entry){ .role = KEY_NOTED,
			.from = (int64_t)(3 * i),
			.to = (int64_t)(3 * i + 1) };
	assert_false(counted(&v, list, n));
	list[n] = (struct entry){
		.role = KEY_NOTED, .from = -9, .to = (int64_t)(3 * n)
	};
	assert_true(counted(&v, list, n + 1));
	for (size_t i = 0; i < n; i++)
		list[i] = (struct entry){
			.role = KEY_NOTED, .record = 5, .from = 1, .to = 0
		};
	assert_false(counted(&v, list, n));
	mem_free(v.periods);
	mem_free(list);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_what_every_pair_finds),
		cmocka_unit_test(a_key_may_have_many_periods),
	};

	return RUN(tests);
}
