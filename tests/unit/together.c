/* Files that change together: both or neither, whenever the process dies. */
#include "folder.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "base/buf.h"
#include "io/lock.h"
#include "io/reader.h"
#include "io/together.h"
#include "io/writer.h"

static bool
holds(const char *path, const char *text)
{
	struct buf b = { 0 };
	struct err e = { 0 };
	bool same = reader_slurp(path, 1 << 20, &b, &e) &&
	    slice_is(buf_slice(&b), text);

	buf_release(&b);
	return same;
}

static void
both_files_appear(void **state)
{
	struct err e = { 0 };
	struct together *t = together_begin("terms", &e);

	(void)state;
	assert_non_null(t);
	assert_true(together_put(t, "a.csv", SLICE("1"), &e));
	assert_true(together_put(t, "approved/b.csv", SLICE("2"), &e));
	assert_int_not_equal(access("terms/a.csv", F_OK), 0);
	assert_true(together_commit(t, &e));
	together_free(t);
	assert_true(holds("terms/a.csv", "1"));
	assert_true(holds("terms/approved/b.csv", "2"));
	assert_int_not_equal(access("terms/.commit", F_OK), 0);
}

static void
what_is_not_committed_leaves_no_trace(void **state)
{
	struct err e = { 0 };
	struct together *t = together_begin("terms", &e);

	(void)state;
	assert_true(together_put(t, "a.csv", SLICE("1"), &e));
	together_free(t);
	assert_int_not_equal(access("terms/a.csv", F_OK), 0);
	assert_int_not_equal(access("terms/.new.a.csv", F_OK), 0);
}

static void
a_reader_finishes_what_is_past_its_moment(void **state)
{
	struct err e = { 0 };

	(void)state;
	mkdir("terms", 0777);
	writer_put_file("terms/a.csv", SLICE("new"), &e);
	writer_put_file("terms/b.csv", SLICE("old"), &e);
	writer_put_file("terms/.new.b.csv", SLICE("new"), &e);
	writer_put_file("terms/.commit", SLICE("a.csv\nb.csv\n"), &e);
	assert_true(together_settle("terms", &e));
	assert_true(holds("terms/b.csv", "new"));
	assert_int_not_equal(access("terms/.commit", F_OK), 0);
}

static void
a_writer_takes_away_what_never_counted(void **state)
{
	struct err e = { 0 };

	(void)state;
	mkdir("terms", 0777);
	mkdir("terms/approved", 0777);
	writer_put_file("terms/approved/.new.b.csv", SLICE("half"), &e);
	together_free(together_begin("terms", &e));
	assert_int_not_equal(access("terms/approved/.new.b.csv", F_OK), 0);
}

static void
a_list_leads_nowhere_else(void **state)
{
	struct err e = { 0 };

	(void)state;
	mkdir("terms", 0777);
	writer_put_file("terms/.commit", SLICE("../x\n"), &e);
	assert_false(together_settle("terms", &e));
	assert_int_equal(e.kind, ERR_INPUT);
}

/* Killed at a moment that moves on from round to round. */
static void
kill_leaves_the_old_pair_or_the_new(void **state)
{
	struct err e = { 0 };

	(void)state;
	for (int round = 0; round < 60; round++) {
		char old[16], new[16];
		pid_t child;
		struct together *t = together_begin("terms", &e);

		assert_non_null(t);
		snprintf(old, sizeof(old), "old%d", round);
		snprintf(new, sizeof(new), "new%d", round);
		together_put(t, "a.csv", slice_of(old), &e);
		together_put(t, "approved/b.csv", slice_of(old), &e);
		assert_true(together_commit(t, &e));
		together_free(t);
		child = fork();
		if (child == 0) {
			t = together_begin("terms", &e);
			together_put(t, "a.csv", slice_of(new), &e);
			together_put(t, "approved/b.csv", slice_of(new), &e);
			together_commit(t, &e);
			_exit(0);
		}
		usleep((unsigned)round * 100);
		kill(child, SIGKILL);
		waitpid(child, NULL, 0);
		assert_true(together_settle("terms", &e));
		assert_true((holds("terms/a.csv", old) &&
				holds("terms/approved/b.csv", old)) ||
		    (holds("terms/a.csv", new) &&
			holds("terms/approved/b.csv", new)));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    both_files_appear, enter_folder, leave_folder),
		cmocka_unit_test_setup_teardown(
		    what_is_not_committed_leaves_no_trace, enter_folder,
		    leave_folder),
		cmocka_unit_test_setup_teardown(
		    a_reader_finishes_what_is_past_its_moment, enter_folder,
		    leave_folder),
		cmocka_unit_test_setup_teardown(
		    a_writer_takes_away_what_never_counted, enter_folder,
		    leave_folder),
		cmocka_unit_test_setup_teardown(
		    a_list_leads_nowhere_else, enter_folder, leave_folder),
		cmocka_unit_test_setup_teardown(
		    kill_leaves_the_old_pair_or_the_new, enter_folder,
		    leave_folder),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
