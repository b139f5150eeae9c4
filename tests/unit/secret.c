#include "test.h"

#include <sys/stat.h>

#include <stdio.h>
#include <unistd.h>

#include "sources/secret.h"

static bool
load(const char *text, mode_t mode, struct buf *b, struct err *e)
{
	char path[] = "/tmp/mdx-secret-XXXXXX";
	int fd = mkstemp(path);
	bool ok;

	assert_true(fd >= 0);
	assert_true(write(fd, text, strlen(text)) == (ssize_t)strlen(text));
	assert_int_equal(fchmod(fd, mode), 0);
	close(fd);
	ok = secret_load("--secret", path, b, e);
	unlink(path);
	return ok;
}

TEST(is_the_file_without_its_line_end)
{
	struct buf b = { 0 };
	struct err e = { 0 };

	(void)state;
	assert_true(load("pass word\r\n", 0600, &b, &e));
	assert_slice(buf_slice(&b), "pass word");
	buf_release(&b);
}

TEST(refuses_a_file_that_others_may_read)
{
	struct buf b = { 0 };
	struct err e = { 0 };

	(void)state;
	assert_false(load("x\n", 0640, &b, &e));
	assert_int_equal(e.kind, ERR_USAGE);
	assert_false(load("\n", 0600, &b, &e));
	assert_int_equal(e.kind, ERR_USAGE);
	assert_false(secret_load("--secret", "/nonexistent", &b, &e));
	assert_int_equal(e.kind, ERR_USAGE);
	buf_release(&b);
}

TEST(is_scrubbed_wherever_it_stands)
{
	struct buf b = { 0 };

	(void)state;
	secret_scrub(slice_of("pw: pwpw and p"), "pw", &b);
	assert_slice(buf_slice(&b), "***: ****** and p");
	buf_reset(&b);
	secret_scrub(slice_of("as it was"), NULL, &b);
	assert_slice(buf_slice(&b), "as it was");
	buf_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(is_the_file_without_its_line_end),
		cmocka_unit_test(refuses_a_file_that_others_may_read),
		cmocka_unit_test(is_scrubbed_wherever_it_stands),
	};

	return RUN(tests);
}
