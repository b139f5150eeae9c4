#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "io/lock.h"

static char path[64];

/* A child holds the lock that `hold` takes until the pipe is closed. */
static pid_t
child_holding(bool (*hold)(void), int *end)
{
	int ready[2], done[2];
	char c;
	pid_t pid;

	assert_int_equal(pipe(ready), 0);
	assert_int_equal(pipe(done), 0);
	pid = fork();
	if (pid == 0) {
		close(done[1]);
		if (!hold() || write(ready[1], "x", 1) != 1)
			_exit(1);
		_exit(read(done[0], &c, 1) == 0 ? 0 : 1);
	}
	assert_int_equal(read(ready[0], &c, 1), 1);
	close(done[0]);
	close(ready[0]);
	close(ready[1]);
	*end = done[1];
	return pid;
}

static bool
hold_lock(void)
{
	return lock_take(path, 0, NULL) != NULL;
}

static void
names_the_holder_of_a_lock_and_takes_it_when_he_dies(void **state)
{
	struct err e = { 0 };
	struct lock *l;
	char want[40];
	int end;
	pid_t pid = child_holding(hold_lock, &end);

	(void)state;
	snprintf(want, sizeof(want), "is locked by process %ld", (long)pid);
	assert_null(lock_take(path, 30, &e));
	assert_int_equal(e.kind, ERR_SERVICE);
	assert_non_null(strstr(e.text, want));
	close(end);
	waitpid(pid, NULL, 0);
	l = lock_take(path, 0, &e);
	assert_non_null(l);
	assert_null(lock_take(path, 0, &e));
	lock_release(l);
	assert_null(lock_take("/nonexistent/lock", 0, &e));
	assert_int_equal(e.kind, ERR_OUTPUT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    names_the_holder_of_a_lock_and_takes_it_when_he_dies),
	};
	int failed;

	snprintf(path, sizeof(path), "/tmp/mdx-lock-%ld", (long)getpid());
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	unlink(path);
	return failed;
}
