#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "sources/state.h"

static char folder[64], path[96], temporary[96], output[96];

static void
make_file(const char *name)
{
	FILE *f = fopen(name, "w");

	assert_non_null(f);
	fclose(f);
}

static int
fresh(void **state)
{
	(void)state;
	snprintf(folder, sizeof(folder), "/tmp/mdx-state-XXXXXX");
	if (mkdtemp(folder) == NULL)
		return -1;
	snprintf(path, sizeof(path), "%s/s.db", folder);
	snprintf(temporary, sizeof(temporary), "%s/.out.1", folder);
	snprintf(output, sizeof(output), "%s/out", folder);
	return 0;
}

static int
clean(void **state)
{
	char command[96];

	(void)state;
	snprintf(command, sizeof(command), "rm -r %s", folder);
	return system(command);
}

static struct state *
opened(void)
{
	struct err e = { 0 };
	struct state *s = state_open(path, &e);

	if (s == NULL)
		fail_msg("%s", e.text);
	return s;
}

static void
put(struct state *s, const char *key, const char *value)
{
	struct err e = { 0 };

	assert_true(state_put(s, "t", slice_of(key), slice_of(value), &e));
}

/* "-": there is none. */
static void
assert_value(struct state *s, const char *key, const char *want)
{
	struct err e = { 0 };
	struct buf b = { 0 };
	bool found;

	assert_true(state_get(s, "t", slice_of(key), &b, &found, &e));
	assert_string_equal(found ? buf_string(&b) : "-", want);
	buf_release(&b);
}

static void
what_was_not_committed_is_forgotten(void **unused)
{
	struct err e = { 0 };
	struct state *s = opened();

	(void)unused;
	put(s, "a", "1");
	assert_true(state_commit(s, &e));
	put(s, "a", "2");
	assert_true(state_drop(s, "t", SLICE("b"), &e));
	assert_value(s, "a", "2");
	state_free(s);
	s = opened();
	assert_value(s, "a", "1");
	state_free(s);
}

static void
drops_and_clears_are_staged_too(void **unused)
{
	struct err e = { 0 };
	struct state *s = opened();

	(void)unused;
	put(s, "a", "1");
	put(s, "b", "2");
	assert_true(state_commit(s, &e));
	assert_true(state_drop(s, "t", SLICE("a"), &e));
	assert_value(s, "a", "-");
	state_free(s);
	s = opened();
	assert_value(s, "a", "1");
	put(s, "c", "3");
	assert_true(state_clear(s, "t", &e));
	assert_value(s, "b", "-");
	assert_value(s, "c", "-");
	assert_true(state_commit(s, &e));
	state_free(s);
	s = opened();
	assert_value(s, "a", "-");
	assert_value(s, "b", "-");
	state_free(s);
}

static void
a_note_stays_and_takes_nothing_along(void **unused)
{
	struct err e = { 0 };
	struct state *s = opened();

	(void)unused;
	put(s, "a", "1");
	assert_true(state_note(s, "t", SLICE("b"), SLICE("2"), &e));
	put(s, "c", "3");
	assert_value(s, "b", "2");
	state_free(s);
	s = opened();
	assert_value(s, "a", "-");
	assert_value(s, "b", "2");
	assert_value(s, "c", "-");
	state_free(s);
}

/* As a run that is killed between the announcement and the rename. */
static void
an_announced_file_that_did_not_come_counts_for_nothing(void **unused)
{
	struct err e = { 0 };
	struct state *s = opened();

	(void)unused;
	make_file(temporary);
	put(s, "a", "1");
	assert_true(state_announce(s, temporary, output, &e));
	state_free(s);
	s = opened();
	assert_value(s, "a", "-");
	assert_int_not_equal(access(temporary, F_OK), 0);
	state_free(s);
}

/* As one that is killed between the rename and the commit. */
static void
an_announced_file_that_came_is_counted(void **unused)
{
	struct err e = { 0 };
	struct state *s = opened();

	(void)unused;
	make_file(temporary);
	put(s, "a", "1");
	assert_true(state_announce(s, temporary, output, &e));
	state_free(s);
	assert_int_equal(rename(temporary, output), 0);
	s = opened();
	assert_value(s, "a", "1");
	state_free(s);
	s = opened();
	assert_value(s, "a", "1");
	state_free(s);
}

/* Somebody took it, or the rename failed: rather twice than never. */
static void
an_announced_file_that_is_nowhere_comes_again(void **unused)
{
	struct err e = { 0 };
	struct state *s = opened();

	(void)unused;
	make_file(temporary);
	put(s, "a", "1");
	assert_true(state_announce(s, temporary, output, &e));
	state_free(s);
	assert_int_equal(unlink(temporary), 0);
	s = opened();
	assert_value(s, "a", "-");
	state_free(s);
}

static bool
append(void *ctx, struct slice key, struct slice value, struct err *e)
{
	(void)e;
	buf_add_slice(ctx, key);
	buf_addc(ctx, '=');
	buf_add_slice(ctx, value);
	buf_addc(ctx, ' ');
	return true;
}

static void
each_sees_staged_over_kept(void **unused)
{
	struct err e = { 0 };
	struct buf b = { 0 };
	struct state *s = opened();

	(void)unused;
	put(s, "c", "3");
	put(s, "a", "1");
	put(s, "b", "2");
	assert_true(state_commit(s, &e));
	put(s, "b", "9");
	put(s, "d", "4");
	assert_true(state_drop(s, "t", SLICE("a"), &e));
	assert_true(state_each(s, "t", append, &b, &e));
	assert_string_equal(buf_string(&b), "b=9 c=3 d=4 ");
	buf_release(&b);
	state_free(s);
}

static void
refuses_what_is_no_state(void **unused)
{
	struct err e = { 0 };
	FILE *f = fopen(path, "w");

	(void)unused;
	assert_non_null(f);
	fputs("this is a text and no database of any kind", f);
	fclose(f);
	assert_null(state_open(path, &e));
	assert_int_equal(e.kind, ERR_INPUT);
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, fresh, clean)
	const struct CMUnitTest tests[] = {
		T(what_was_not_committed_is_forgotten),
		T(drops_and_clears_are_staged_too),
		T(an_announced_file_that_did_not_come_counts_for_nothing),
		T(an_announced_file_that_came_is_counted),
		T(an_announced_file_that_is_nowhere_comes_again),
		T(each_sees_staged_over_kept),
		T(a_note_stays_and_takes_nothing_along),
		T(refuses_what_is_no_state),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
