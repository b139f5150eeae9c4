/* The loop, over files: order, accounting, rejects, report, limits. */
#include "folder.h"

#include <sys/stat.h>

#include "base/buf.h"
#include "base/hash.h"
#include "io/reader.h"
#include "io/writer.h"
#include "json/scan.h"
#include "record/flow.h"

static unsigned said;
static char first_said[512];

static int
start(void **state)
{
	said = 0;
	return enter_folder(state);
}

static void
say(const char *line)
{
	if (said++ == 0)
		snprintf(first_said, sizeof(first_said), "%s", line);
}

/* Passes records; n % 10 == 3 is set aside, 5 skipped, 7 taken. */
static enum verdict
by_number(void *worker, struct record *r, struct job *j, struct err *e)
{
	const struct json_member *m = record_field(r, 1);
	unsigned long long n = 0;

	(void)worker;
	if (m == NULL || !slice_number(record_value(r, m).text, &n)) {
		err_data(e, "no_number", "member 'n' is no number");
		return RECORD_SET_ASIDE;
	}
	switch (n % 10) {
	case 3:
		err_data(e, "three", "ends in three");
		return RECORD_SET_ASIDE;
	case 5:
		j->reason = "five";
		return RECORD_SKIP;
	case 7:
		flow_emit(j, SLICE("{\"seven\":1}"));
		flow_emit(j, SLICE("{\"seven\":2}"));
		return RECORD_TAKEN;
	}
	record_set(r, m, SLICE("0"));
	return RECORD_PASS;
}

static int
run_over(char *const *inputs, struct run_options o, const char *own)
{
	struct index *names = record_names();
	struct stage stage = { .names = names, .record = by_number };
	struct err e = { 0 };
	struct run *run;
	int status;

	index_add(names, SLICE("n"), NULL);
	o.tool = "mdx-test";
	o.version = "1";
	o.say = say;
	run = run_open(&o, &e);
	assert_non_null(run);
	flow_run(run, inputs, &stage, &e);
	if (own != NULL)
		run_own(run, slice_of(own));
	status = run_end(run, &e);
	run_free(run);
	index_free(names);
	return status;
}

static void
make_input(const char *path, int count)
{
	struct buf b = { 0 };
	struct err e = { 0 };

	for (int i = 0; i < count; i++)
		buf_addf(&b, "{\"n\":%d,\"pad\":\"%0*d\"}\n", i, 200, 0);
	assert_true(writer_put_file(path, buf_slice(&b), &e));
	buf_release(&b);
}

static struct json
report(struct buf *text)
{
	struct err e = { 0 };

	assert_true(reader_slurp("report", 1 << 20, text, &e));
	buf_room(text, JSON_SLACK);
	assert_true(json_check(text->p, text->n, 0, &e));
	return json_of(slice_trim(buf_slice(text)));
}

static unsigned long long
figure(struct json report, const char *pointer)
{
	unsigned long long n = 0;

	slice_number(json_pointer(report, slice_of(pointer)).text, &n);
	return n;
}

TEST(order_and_bytes_do_not_depend_on_the_number_of_workers)
{
	char in[] = "in.zst", *inputs[] = { in, NULL };
	struct buf one = { 0 }, eight = { 0 };
	struct err e = { 0 };

	(void)state;
	make_input("in.zst", 50000);
	assert_int_equal(run_over(inputs,
			     (struct run_options){ .jobs = 1,
				 .output = "a",
				 .rejects = "ra",
				 .max_rejects = 10000 },
			     NULL),
	    0);
	assert_int_equal(run_over(inputs,
			     (struct run_options){ .jobs = 8,
				 .output = "b",
				 .rejects = "rb",
				 .max_rejects = 10000 },
			     NULL),
	    0);
	assert_true(reader_slurp("a", 64 << 20, &one, &e));
	assert_true(reader_slurp("b", 64 << 20, &eight, &e));
	assert_int_equal(one.n, eight.n);
	assert_memory_equal(one.p, eight.p, one.n);
	assert_int_equal(system("cmp -s ra rb"), 0);
	buf_release(&one);
	buf_release(&eight);
}

TEST(in_is_out_and_set_aside_and_skipped)
{
	char in[] = "in", *inputs[] = { in, NULL };
	struct buf text = { 0 };
	struct json r;

	(void)state;
	make_input("in", 1000);
	assert_int_equal(system("printf '\\n{bad\\n{\"n\":1}' >> in"), 0);
	assert_int_equal(run_over(inputs,
			     (struct run_options){ .jobs = 1,
				 .output = "out",
				 .rejects = "rejects",
				 .report = "report" },
			     "{\"x\":1}"),
	    1);
	r = report(&text);
	assert_int_equal(figure(r, "/status"), 1);
	assert_int_equal(figure(r, "/in/records"), 1003);
	assert_int_equal(figure(r, "/set_aside"), 101);
	assert_int_equal(figure(r, "/skipped/five"), 100);
	assert_int_equal(figure(r, "/skipped/blank_line"), 1);
	assert_int_equal(figure(r, "/out/records"), 701 + 2 * 100);
	assert_int_equal(figure(r, "/inputs/0/records"), 1003);
	assert_int_equal(figure(r, "/test/x"), 1);
	assert_int_equal(
	    system(
		"test $(wc -l < rejects) = 101 && "
		"test $(wc -l < out) = 901 && tail -n 1 rejects | grep -q "
		"'\"code\":\"json_syntax\".*\"line\":1002.*\"raw\":\"{bad\"'"),
	    0);
	buf_release(&text);
}

TEST(the_report_holds_the_digests_of_what_was_read_and_written)
{
	char in[] = "in", *inputs[] = { in, NULL };

	(void)state;
	make_input("in", 100);
	run_over(inputs,
	    (struct run_options){
		.jobs = 1, .output = "out.gz", .report = "report" },
	    NULL);
	assert_int_equal(
	    system("grep -q $(sha256sum < in | cut -c 1-64) "
		   "report && grep -q $(zcat out.gz | sha256sum | cut -c 1-64) "
		   "report"),
	    0);
}

TEST(without_a_rejects_file_the_first_ten_are_named)
{
	char in[] = "in", *inputs[] = { in, NULL };

	(void)state;
	make_input("in", 200);
	assert_int_equal(
	    run_over(inputs, (struct run_options){ .jobs = 2, .output = "out" },
		NULL),
	    1);
	assert_int_equal(said, 11);
	assert_string_equal(first_said, "in:4: ends in three");
}

TEST(a_missing_input_costs_itself_and_status_three)
{
	char in[] = "in", none[] = "none", *inputs[] = { none, in, NULL };

	(void)state;
	make_input("in", 3);
	assert_int_equal(
	    run_over(inputs,
		(struct run_options){
		    .jobs = 1, .output = "out", .report = "report" },
		NULL),
	    3);
	assert_int_equal(system("test $(wc -l < out) = 3"), 0);
}

TEST(a_share_of_rejects_may_be_allowed)
{
	char in[] = "in", *inputs[] = { in, NULL };

	(void)state;
	make_input("in", 1000);
	assert_int_equal(run_over(inputs,
			     (struct run_options){ .jobs = 1,
				 .output = "out",
				 .max_rejects = 10,
				 .percent = true },
			     NULL),
	    0);
	assert_int_equal(run_over(inputs,
			     (struct run_options){ .jobs = 1,
				 .output = "out",
				 .max_rejects = 9,
				 .percent = true },
			     NULL),
	    1);
}

TEST(a_line_over_the_limit_and_one_too_deep_cost_themselves)
{
	char in[] = "in", *inputs[] = { in, NULL };

	(void)state;
	assert_int_equal(
	    system(
		"{ printf '{\"n\":1}\\n{\"n\":2,\"x\":\"'; "
		"head -c 700000 /dev/zero | tr '\\0' x; printf '\"}\\n{\"n\":4,"
		"\"x\":[[[1]]]}\\n{\"n\":6}\\n'; } > in"),
	    0);
	assert_int_equal(run_over(inputs,
			     (struct run_options){ .jobs = 1,
				 .output = "out",
				 .rejects = "rejects",
				 .max_record = 300000,
				 .max_depth = 3 },
			     NULL),
	    1);
	assert_int_equal(
	    system("test $(wc -l < out) = 2 && "
		   "grep -c limit_record rejects >/dev/null && "
		   "grep -q json_depth rejects && test $(wc -l < rejects) = 2"),
	    0);
}

TEST(a_reject_of_a_long_line_keeps_whole_characters_of_its_beginning)
{
	char in[] = "in", *inputs[] = { in, NULL };
	struct buf b = { 0 };
	struct err e = { 0 };

	(void)state;
	buf_adds(&b, "{\"x\":\"");
	for (int i = 0; i < 400; i++)
		buf_adds(&b, "\xE4\xB8\xAD");
	buf_adds(&b, "\"}\n");
	assert_true(writer_put_file("in", buf_slice(&b), &e));
	buf_release(&b);
	assert_int_equal(run_over(inputs,
			     (struct run_options){ .jobs = 1,
				 .output = "out",
				 .rejects = "rejects",
				 .max_record = 100 },
			     NULL),
	    1);
	assert_int_equal(system("grep -q '\"raw\":' rejects && "
				"test $(wc -c < rejects) -lt 600"),
	    0);
}

TEST(lines_of_blanks_are_blank_lines)
{
	char in[] = "in", *inputs[] = { in, NULL };
	struct err e = { 0 };

	(void)state;
	assert_true(
	    writer_put_file("in", SLICE(" \t\n\r\n\n{\"n\":1}\r\n"), &e));
	assert_int_equal(
	    run_over(inputs,
		(struct run_options){
		    .jobs = 1, .output = "out", .report = "report" },
		NULL),
	    0);
	assert_int_equal(system("grep -q '\"blank_line\":3' report"), 0);
}

TEST(one_file_for_two_outputs_is_refused_before_anything_is_read)
{
	struct run_options o = {
		.jobs = 1, .output = "x", .rejects = "x", .report = "y"
	};
	struct err e = { 0 };

	(void)state;
	assert_null(run_open(&o, &e));
	assert_int_equal(e.kind, ERR_USAGE);
	o.rejects = "y";
	assert_null(run_open(&o, &e));
	assert_string_equal(
	    e.text, "y: --rejects and --report are one file; name two");
}

TEST(a_report_that_has_no_folder_is_found_before_the_work)
{
	struct run_options o = {
		.jobs = 1, .output = "out", .report = "none/report"
	};
	struct err e = { 0 };

	(void)state;
	assert_null(run_open(&o, &e));
	assert_int_equal(e.kind, ERR_OUTPUT);
	assert_int_not_equal(access("out", F_OK), 0);
}

TEST(a_path_that_is_not_utf8_leaves_report_and_rejects_json)
{
	char in[] = "f\xD6\xD0", *inputs[] = { in, NULL };
	struct err e = { 0 };

	(void)state;
	assert_true(writer_put_file(in, SLICE("{\"n\":\"x\"}\n"), &e));
	assert_int_equal(run_over(inputs,
			     (struct run_options){ .jobs = 1,
				 .output = "out",
				 .rejects = "rejects",
				 .report = "report" },
			     NULL),
	    1);
	assert_int_equal(
	    system("iconv -f UTF-8 -t UTF-16 rejects >/dev/null && "
		   "iconv -f UTF-8 -t UTF-16 report >/dev/null"),
	    0);
}

TEST(a_usage_fault_and_a_discarded_answer_leave_the_old_output)
{
	struct run_options o = { .jobs = 1, .output = "out" };
	struct err e = { 0 }, why = { ERR_USAGE, "usage", "bad table" };
	struct run *run;

	(void)state;
	assert_true(writer_put_file("out", SLICE("old\n"), &e));
	run = run_open(&o, &e);
	run_fail(run, &why);
	assert_int_equal(run_end(run, &e), 2);
	run_free(run);
	run = run_open(&o, &e);
	run_discard(run);
	assert_int_equal(run_end(run, &e), 0);
	run_free(run);
	assert_int_equal(system("test \"$(cat out)\" = old"), 0);
}

TEST(a_full_output_ends_the_run_with_status_four)
{
	char in[] = "in", *inputs[] = { in, NULL };

	(void)state;
	make_input("in", 100000);
	assert_int_equal(
	    run_over(inputs,
		(struct run_options){
		    .jobs = 2, .output = "/dev/full", .report = "report" },
		NULL),
	    4);
	assert_int_equal(system("grep -q '\"status\":4' report"), 0);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, start, leave_folder)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(order_and_bytes_do_not_depend_on_the_number_of_workers),
		CASE(in_is_out_and_set_aside_and_skipped),
		CASE(the_report_holds_the_digests_of_what_was_read_and_written),
		CASE(without_a_rejects_file_the_first_ten_are_named),
		CASE(a_missing_input_costs_itself_and_status_three),
		CASE(a_share_of_rejects_may_be_allowed),
		CASE(a_line_over_the_limit_and_one_too_deep_cost_themselves),
		CASE(
		    a_reject_of_a_long_line_keeps_whole_characters_of_its_beginning),
		CASE(lines_of_blanks_are_blank_lines),
		CASE(
		    one_file_for_two_outputs_is_refused_before_anything_is_read),
		CASE(a_report_that_has_no_folder_is_found_before_the_work),
		CASE(a_path_that_is_not_utf8_leaves_report_and_rejects_json),
		CASE(a_usage_fault_and_a_discarded_answer_leave_the_old_output),
		CASE(a_full_output_ends_the_run_with_status_four),
	};

	return RUN(tests);
}
