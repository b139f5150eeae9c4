#include "test.h"

#include "base/mem.h"
#include "io/runs.h"

#define MANY 60000
#define SIZE 13
#define KEY  5

/* A key that comes about twice, then when it was added. */
static void
entry_of(unsigned i, uint8_t to[SIZE])
{
	unsigned key = i * 2654435761u % (MANY / 2);

	memset(to, 0, SIZE);
	for (unsigned b = 0; b < 4; b++) {
		to[1 + b] = (uint8_t)(key >> 8 * b);
		to[SIZE - 1 - b] = (uint8_t)(i >> 8 * b);
	}
}

static struct runs *
filled(uint64_t memory, bool ask)
{
	struct runs *r = runs_new(SIZE, KEY, memory, "/tmp");
	uint8_t *seen = mem_zalloc(MANY), entry[SIZE], found[SIZE];
	struct err e = { 0 };

	for (unsigned i = 0; i < MANY; i++) {
		unsigned key = i * 2654435761u % (MANY / 2);

		entry_of(i, entry);
		if (ask) {
			assert_int_equal(
			    runs_find(r, entry, found, &e), seen[key]);
			if (seen[key])
				assert_memory_equal(found, entry, KEY);
			seen[key] = 1;
		}
		assert_true(runs_add(r, entry, &e));
	}
	mem_free(seen);
	return r;
}

TEST(a_key_is_found_in_memory_and_in_every_run)
{
	(void)state;
	runs_free(filled(UINT64_C(16) << 20, true));
	runs_free(filled(100 << 10, true));
	runs_free(filled(0, true));
}

TEST(entries_come_in_order_whatever_the_memory)
{
	struct runs *list[] = { filled(UINT64_C(16) << 20, false),
		filled(0, false) };
	struct runs_walk *w = runs_walk_new(list, 2);
	uint8_t last[SIZE] = { 0 };
	const uint8_t *entry;
	struct err e = { 0 };
	size_t from, n = 0, seen[2] = { 0 };

	(void)state;
	while ((entry = runs_next(w, &from, &e)) != NULL) {
		assert_true(memcmp(last, entry, SIZE) <= 0);
		/* The two are alike: each entry comes twice. */
		if (n++ % 2 == 1)
			assert_memory_equal(last, entry, SIZE);
		memcpy(last, entry, SIZE);
		seen[from]++;
	}
	assert_int_equal(e.kind, ERR_NONE);
	assert_int_equal(seen[0], MANY);
	assert_int_equal(seen[1], MANY);
	assert_null(runs_next(w, &from, &e));
	runs_walk_free(w);
	runs_free(list[0]);
	runs_free(list[1]);
}

TEST(no_entries_are_an_empty_walk)
{
	struct runs *r = runs_new(SIZE, KEY, 0, "/tmp");
	struct runs_walk *w = runs_walk_new(&r, 1);
	struct err e = { 0 };
	size_t from;
	uint8_t entry[SIZE] = { 0 };

	(void)state;
	assert_int_equal(runs_find(r, entry, entry, &e), 0);
	assert_null(runs_next(w, &from, &e));
	runs_walk_free(w);
	runs_free(r);
}

TEST(a_folder_that_is_not_there_is_an_output_that_fails)
{
	struct runs *r = runs_new(SIZE, KEY, 0, "/nonexistent");
	struct err e = { 0 };
	uint8_t entry[SIZE];
	bool ok = true;

	(void)state;
	for (unsigned i = 0; ok && i < MANY; i++) {
		entry_of(i, entry);
		ok = runs_add(r, entry, &e);
	}
	assert_false(ok);
	assert_int_equal(e.kind, ERR_OUTPUT);
	assert_non_null(strstr(e.text, "/nonexistent"));
	runs_free(r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_key_is_found_in_memory_and_in_every_run),
		cmocka_unit_test(entries_come_in_order_whatever_the_memory),
		cmocka_unit_test(no_entries_are_an_empty_walk),
		cmocka_unit_test(
		    a_folder_that_is_not_there_is_an_output_that_fails),
	};

	return RUN(tests);
}
