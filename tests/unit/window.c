/* Records that wait: their order, the room they have, what is set aside. */
#include "test.h"

#include <unistd.h>

#include "base/buf.h"
#include "io/reader.h"
#include "io/writer.h"
#include "record/window.h"

#define MOST 4

struct ticket {
	unsigned ready; /* the step from which it is done */
};

static unsigned step, open_now, open_most, stop_at;

/* A record waits as many steps as its member says; 0 does not wait. */
static enum verdict
begin(void *shared, struct record *r, struct job *job, void **waits,
    struct err *e)
{
	struct slice wait = record_text(r, record_field(r, 1));
	struct ticket *t = arena_zalloc(record_arena(r), sizeof(*t));
	unsigned long long n = 0;

	(void)shared;
	(void)job;
	if (!slice_number(wait, &n)) {
		err_data(e, "no_number", "no number of steps");
		return RECORD_SET_ASIDE;
	}
	if (n == 0)
		return RECORD_PASS;
	t->ready = step + (unsigned)n;
	*waits = t;
	if (++open_now > open_most)
		open_most = open_now;
	return RECORD_PASS;
}

static bool
work(void *shared, unsigned ms, struct err *e)
{
	(void)shared;
	(void)ms;
	(void)e;
	step++;
	return true;
}

static bool
is_done(const void *waits)
{
	return ((const struct ticket *)waits)->ready <= step;
}

static enum verdict
finish(
    void *shared, struct record *r, struct job *job, void *waits, struct err *e)
{
	(void)shared;
	(void)job;
	(void)waits;
	open_now--;
	if (stop_at != 0 && step >= stop_at) {
		err_set(e, ERR_SERVICE, "the server is gone");
		return RECORD_STOP;
	}
	record_add(r, NULL, SLICE("done"), SLICE("true"));
	return RECORD_PASS;
}

static void
hold(void *shared)
{
	(void)shared;
}

/* Runs over the lines; the status, and the output in *out. */
static int
run_over(const char *lines, struct buf *out)
{
	char in[] = "/tmp/mdx-window-XXXXXX", to[] = "/tmp/mdx-window-XXXXXX";
	char *operands[] = { in, NULL };
	struct run_options o = { .tool = "test",
		.version = "0",
		.output = to,
		.jobs = 1,
		.max_rejects = 9,
		.max_record = 1 << 20 };
	struct index *names = record_names();
	struct window_stage stage = { .names = names,
		.most = MOST,
		.begin = begin,
		.work = work,
		.is_done = is_done,
		.finish = finish,
		.hold = hold };
	struct err e = { 0 };
	struct run *run;
	int status;

	step = open_now = open_most = 0;
	close(mkstemp(in));
	close(mkstemp(to));
	index_add(names, SLICE("wait"), NULL);
	assert_true(writer_put_file(in, slice_of(lines), &e));
	run = run_open(&o, &e);
	assert_non_null(run);
	window_run(run, operands, &stage, &e);
	status = run_end(run, &e);
	assert_int_equal(run_in_count(run),
	    run_out_count(run) + run_set_aside_count(run) +
		run_skip_count(run, "blank_line") +
		(status == 5 ? run_in_count(run) - run_out_count(run) : 0));
	run_free(run);
	index_free(names);
	if (status == 0)
		assert_true(reader_slurp(to, 1 << 20, out, &e));
	unlink(in);
	unlink(to);
	return status;
}

TEST(writes_in_the_order_of_the_input)
{
	struct buf out = { 0 };

	(void)state;
	assert_int_equal(run_over("{\"wait\":9}\n{\"wait\":1}\n\n{\"wait\":0}\n"
				  "{\"wait\":3}\n",
			     &out),
	    0);
	assert_slice(buf_slice(&out),
	    "{\"wait\":9,\"done\":true}\n{\"wait\":1,\"done\":true}\n"
	    "{\"wait\":0}\n{\"wait\":3,\"done\":true}\n");
	buf_release(&out);
}

TEST(opens_no_more_records_than_there_is_room_for)
{
	struct buf in = { 0 }, out = { 0 };

	(void)state;
	for (unsigned i = 0; i < 100; i++)
		buf_addf(&in, "{\"wait\":%u}\n", 1 + i * 7 % 5);
	assert_int_equal(run_over(buf_string(&in), &out), 0);
	assert_int_equal(open_most, MOST);
	assert_int_equal(open_now, 0);
	buf_release(&in);
	buf_release(&out);
}

TEST(sets_aside_in_place_and_goes_on)
{
	struct buf out = { 0 };

	(void)state;
	assert_int_equal(
	    run_over(
		"{\"wait\":2}\n{oops\n{\"wait\":\"x\"}\n{\"wait\":1}\n", &out),
	    0);
	assert_slice(buf_slice(&out),
	    "{\"wait\":2,\"done\":true}\n{\"wait\":1,\"done\":true}\n");
	buf_release(&out);
}

TEST(stops_where_the_service_does)
{
	struct buf out = { 0 };

	(void)state;
	stop_at = 2;
	assert_int_equal(run_over("{\"wait\":1}\n{\"wait\":5}\n", &out), 5);
	stop_at = 0;
	buf_release(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(writes_in_the_order_of_the_input),
		cmocka_unit_test(opens_no_more_records_than_there_is_room_for),
		cmocka_unit_test(sets_aside_in_place_and_goes_on),
		cmocka_unit_test(stops_where_the_service_does),
	};

	return RUN(tests);
}
