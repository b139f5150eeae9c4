/* Codecs, the block reader and the atomic writer, over files of a folder. */
#include "folder.h"

#include <dirent.h>
#include <fcntl.h>

#include "base/buf.h"
#include "base/mem.h"
#include "io/codec.h"
#include "io/reader.h"
#include "io/writer.h"

static size_t
files_here(void)
{
	DIR *d = opendir(".");
	size_t n = 0;

	while (readdir(d) != NULL)
		n++;
	closedir(d);
	return n - 2;
}

static void
put(const char *path, const char *text, size_t n)
{
	struct err e = { 0 };

	assert_true(writer_put_file(path, (struct slice){ text, n }, &e));
}

static struct buf
big_text(void)
{
	struct buf b = { 0 };

	for (int i = 0; i < 400000; i++)
		buf_addf(&b, "{\"n\":%d,\"text\":\"line\"}\n", i);
	return b;
}

TEST(what_is_written_compressed_reads_back_whole)
{
	static const char *const names[] = { "a.ndjson", "a.ndjson.gz",
		"a.ndjson.zst" };
	struct buf text = big_text();
	struct err e = { 0 };

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct buf back = { 0 };

		put(names[i], text.p, text.n);
		assert_true(reader_slurp(names[i], 64 << 20, &back, &e));
		assert_int_equal(back.n, text.n);
		assert_memory_equal(back.p, text.p, text.n);
		buf_release(&back);
	}
	assert_int_equal(files_here(), 3);
	buf_release(&text);
}

TEST(members_and_frames_behind_each_other_are_one_text)
{
	struct buf back = { 0 };
	struct err e = { 0 };

	(void)state;
	put("a.gz", "one\n", 4);
	put("b.gz", "two\n", 4);
	assert_int_equal(system("cat a.gz b.gz > c.gz"), 0);
	assert_true(reader_slurp("c.gz", 100, &back, &e));
	assert_slice(buf_slice(&back), "one\ntwo\n");
	buf_release(&back);
	assert_int_equal(system("printf 'x\\n' | xz > a.xz && "
				"printf 'y\\n' | xz >> a.xz && printf 'x\\n' | "
				"bzip2 > a.bz2 && "
				"printf 'y\\n' | bzip2 >> a.bz2"),
	    0);
	assert_true(reader_slurp("a.xz", 100, &back, &e));
	assert_true(reader_slurp("a.bz2", 100, &back, &e));
	assert_slice(buf_slice(&back), "x\ny\nx\ny\n");
	buf_release(&back);
}

TEST(a_cut_compressed_file_gives_what_came_before_and_an_error)
{
	static const char *const names[] = { "a.gz", "a.zst" };
	struct buf text = big_text();

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct block b = { 0 };
		struct err e = { 0 };
		struct reader *r;
		uint64_t lines = 0;

		put(names[i], text.p, text.n);
		assert_int_equal(truncate(names[i], 100000), 0);
		r = reader_open(names[i], NULL, &e);
		while (reader_block(r, &b, &e)) {
			assert_int_equal(b.text[b.n - 1], '\n');
			for (size_t k = 0; k < b.n; k++)
				lines += b.text[k] == '\n';
		}
		assert_int_equal(e.kind, ERR_INPUT);
		assert_non_null(strstr(e.text, "cut off"));
		assert_true(lines > 1000 && lines < 400000);
		block_release(&b);
		reader_free(r);
	}
	buf_release(&text);
}

TEST(blocks_hold_whole_lines_with_their_numbers_and_offsets)
{
	struct buf text = big_text();
	struct block b = { 0 };
	struct err e = { 0 };
	struct reader *r;
	uint64_t line = 1, offset = 0;

	(void)state;
	text.n--; /* a last line without a line feed */
	put("a", text.p, text.n);
	r = reader_open("a", NULL, &e);
	while (reader_block(r, &b, &e)) {
		assert_int_equal(b.line, line);
		assert_int_equal(b.offset, offset);
		assert_memory_equal(b.text, text.p + offset, b.n);
		for (size_t k = 0; k < b.n; k++)
			line += b.text[k] == '\n';
		offset += b.n;
	}
	assert_int_equal(e.kind, ERR_NONE);
	assert_int_equal(offset, text.n);
	assert_int_equal(line, 400000);
	block_release(&b);
	reader_free(r);
	buf_release(&text);
}

TEST(a_line_over_the_limit_stands_alone_and_costs_itself)
{
	struct buf text = { 0 };
	struct block b = { 0 };
	struct err e = { 0 };
	struct reader *r;
	size_t cut = 0, lines = 0;

	(void)state;
	buf_adds(&text, "first\n");
	for (int i = 0; i < 700000; i++)
		buf_addc(&text, 'x');
	buf_adds(&text, "\nlast\n");
	put("a", text.p, text.n);
	r = reader_open("a", NULL, &e);
	reader_limit(r, 300000);
	while (reader_block(r, &b, &e)) {
		if (b.cut) {
			cut++;
			assert_int_equal(b.line, 2);
			assert_int_equal(b.offset, 6);
			assert_int_equal(b.whole, 700000);
			continue;
		}
		lines++;
		assert_true(b.line == 1 || b.line == 3);
		assert_int_equal(b.offset, b.line == 1 ? 0 : 700007);
	}
	assert_int_equal(cut, 1);
	assert_int_equal(lines, 2);
	block_release(&b);
	reader_free(r);
	buf_release(&text);
}

TEST(a_pause_hands_out_the_lines_that_are_complete)
{
	struct block b = { 0 };
	struct err e = { 0 };
	struct reader *r;
	int ends[2];

	(void)state;
	assert_int_equal(pipe(ends), 0);
	r = reader_of(ends[0], NULL);
	assert_int_equal(write(ends[1], "{\"a\":1}\n{\"b\"", 12), 12);
	assert_true(reader_block(r, &b, &e));
	assert_slice(((struct slice){ b.text, b.n }), "{\"a\":1}\n");
	assert_int_equal(write(ends[1], ":2}\n", 4), 4);
	assert_true(reader_block(r, &b, &e));
	assert_slice(((struct slice){ b.text, b.n }), "{\"b\":2}\n");
	close(ends[1]);
	assert_false(reader_block(r, &b, &e));
	block_release(&b);
	reader_free(r);
}

/* Small room: most of the text waits inside the decoder, none in the pipe. */
TEST(what_the_decoder_holds_comes_without_more_input)
{
	struct encoder *c = encoder_new(CODEC_ZSTD);
	struct buf text = { 0 }, packed = { 0 };
	struct err e = { 0 };
	struct reader *r;
	char to[1000];
	size_t got = 0;
	int ends[2];

	(void)state;
	for (int i = 0; i < 10000; i++)
		buf_addf(&text, "{\"n\":%d}\n", i);
	encoder_add(c, buf_slice(&text), &packed);
	encoder_flush(c, &packed);
	assert_int_equal(pipe(ends), 0);
	assert_true(packed.n < 60000);
	assert_int_equal(write(ends[1], packed.p, packed.n), packed.n);
	r = reader_of(ends[0], NULL);
	alarm(20); /* it would wait for the pipe for ever */
	while (got < text.n) {
		long n = reader_read(r, to, sizeof(to), &e);

		assert_true(n > 0);
		got += (size_t)n;
	}
	alarm(0);
	assert_true(reader_pauses(r) || got == text.n);
	reader_free(r);
	close(ends[1]);
	encoder_free(c);
	buf_release(&text);
	buf_release(&packed);
}

TEST(a_name_in_dev_is_written_as_it_is)
{
	struct err e = { 0 };
	struct writer *w;

	(void)state;
	w = writer_open("/dev/null", &e);
	assert_true(writer_add(w, SLICE("x"), &e) && writer_commit(w, &e));
	writer_free(w);
	assert_int_equal(system("test -c /dev/null"), 0);
	assert_int_equal(files_here(), 0);
}

TEST(a_missing_file_and_a_folder_are_named)
{
	struct err e = { 0 };

	(void)state;
	assert_null(reader_open("none", NULL, &e));
	assert_string_equal(e.text, "none: No such file or directory");
	assert_int_equal(e.kind, ERR_INPUT);
	assert_null(reader_open(".", NULL, &e));
	assert_string_equal(e.text, ".: is a folder");
}

TEST(what_is_not_committed_never_appears)
{
	struct err e = { 0 };
	struct writer *w;

	(void)state;
	put("a", "old", 3);
	w = writer_open("a", &e);
	assert_true(writer_add(w, SLICE("new"), &e));
	assert_true(writer_flush(w, &e));
	writer_free(w);
	assert_int_equal(files_here(), 1);
	assert_int_equal(system("test \"$(cat a)\" = old"), 0);
}

TEST(a_full_device_is_an_output_error)
{
	struct err e = { 0 };
	struct writer *w = writer_open("/dev/full", &e);

	(void)state;
	assert_non_null(w);
	assert_true(writer_add(w, SLICE("x"), &e));
	assert_false(writer_commit(w, &e));
	assert_int_equal(e.kind, ERR_OUTPUT);
	writer_free(w);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, enter_folder, leave_folder)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(what_is_written_compressed_reads_back_whole),
		CASE(members_and_frames_behind_each_other_are_one_text),
		CASE(a_cut_compressed_file_gives_what_came_before_and_an_error),
		CASE(blocks_hold_whole_lines_with_their_numbers_and_offsets),
		CASE(a_line_over_the_limit_stands_alone_and_costs_itself),
		CASE(a_pause_hands_out_the_lines_that_are_complete),
		CASE(what_the_decoder_holds_comes_without_more_input),
		CASE(a_name_in_dev_is_written_as_it_is),
		CASE(a_missing_file_and_a_folder_are_named),
		CASE(what_is_not_committed_never_appears),
		CASE(a_full_device_is_an_output_error),
	};

	return RUN(tests);
}
