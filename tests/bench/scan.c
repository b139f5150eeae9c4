/*
 * scan - the record path alone, on one thread and from memory.
 *
 *	cc -O2 -std=c11 -D_DEFAULT_SOURCE -Ilib -o bench-scan tests/bench/scan.c \
 *	    build/release/libmdx.a -lcrypto -lm
 *	./bench-scan [-r rounds] records.ndjson
 *
 * Job: read 3 fields of each record, change 2, pass the rest.  Prints the best
 * of the rounds in MB/s for each part of the path, so that parts compare
 * within one run; the machine decides the rest.  `portable` is the same
 * scanner without SIMD.
 */
#include "../portable.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "json/write.h"

struct input {
	char *p;
	size_t n;
	struct index *names;
	struct json_scan *scan, *portable;
	struct edit edit;
	struct buf out;
	size_t sum;
};

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void
stop(const char *line, const struct err *e)
{
	fprintf(stderr, "bench-scan: %s: %.40s\n", e->text, line);
	exit(1);
}

static void
lines_only(struct input *in, const char *p, size_t n)
{
	(void)p;
	in->sum += n;
}

static void
utf8_only(struct input *in, const char *p, size_t n)
{
	in->sum += utf8_valid(p, n);
}

static void
check_only(struct input *in, const char *p, size_t n)
{
	struct err e;

	if (!json_check(p, n, 0, &e))
		stop(p, &e);
	in->sum++;
}

static void
scan_only(struct input *in, const char *p, size_t n)
{
	struct err e;

	if (!json_scan_object(in->scan, p, n, &e))
		stop(p, &e);
}

static void
portable_only(struct input *in, const char *p, size_t n)
{
	struct err e;

	if (!portable_scan_object(in->portable, p, n, &e))
		stop(p, &e);
}

static void
whole_job(struct input *in, const char *p, size_t n)
{
	const struct json_member *m;

	scan_only(in, p, n);
	edit_reset(&in->edit);
	for (size_t field = 0; field < 3; field++) {
		if ((m = json_scan_field(in->scan, field)) == NULL)
			continue;
		in->sum += m->valuen;
		if (field < 2)
			edit_replace(&in->edit, m->value, m->value + m->valuen,
			    field == 0 ? SLICE("\"changed\"") : SLICE("1.50"));
	}
	edit_write(&in->edit, (struct slice){ p, n }, &in->out);
	buf_addc(&in->out, '\n');
	if (in->out.n > 256 << 10)
		buf_reset(&in->out);
}

static void
measure(struct input *in, const char *name, int rounds,
    void (*each)(struct input *, const char *, size_t))
{
	double best = 1e9;

	for (int i = 0; i < rounds; i++) {
		double from = now();
		const char *p = in->p, *end = p + in->n, *stop_at;

		for (; p < end; p = stop_at + 1) {
			stop_at = memchr(p, '\n', (size_t)(end - p));
			if (stop_at == NULL)
				stop_at = end;
			each(in, p, (size_t)(stop_at - p));
		}
		if (now() - from < best)
			best = now() - from;
	}
	printf("%-10s %7.0f MB/s\n", name, (double)in->n / 1e6 / best);
}

static void
slurp(struct input *in, const char *path)
{
	FILE *f = fopen(path, "r");

	if (f == NULL) {
		perror(path);
		exit(1);
	}
	in->p = mem_alloc((64 << 20) + JSON_SLACK);
	in->n = fread(in->p, 1, 64 << 20, f);
	fclose(f);
	while (in->n > 0 && in->p[in->n - 1] != '\n')
		in->n--;
}

int
main(int argc, char *argv[])
{
	struct input in = { .names = index_new() };
	int rounds = 5, c;

	while ((c = getopt(argc, argv, "r:")) != -1)
		rounds = c == 'r' ? (int)strtol(optarg, NULL, 10) : 1;
	if (optind + 1 != argc) {
		fprintf(stderr, "usage: bench-scan [-r rounds] file\n");
		return 2;
	}
	slurp(&in, argv[optind]);
	index_add(in.names, SLICE("test"), NULL);
	index_add(in.names, SLICE("value"), NULL);
	index_add(in.names, SLICE("patient_id"), NULL);
	in.scan = json_scan_new(in.names, 0);
	in.portable = portable_scan_new(in.names, 0);
	measure(&in, "lines", rounds, lines_only);
	measure(&in, "utf-8", rounds, utf8_only);
	measure(&in, "check", rounds, check_only);
	measure(&in, "scan", rounds, scan_only);
	measure(&in, "portable", rounds, portable_only);
	measure(&in, "job", rounds, whole_job);
	json_scan_free(in.scan);
	portable_scan_free(in.portable);
	index_free(in.names);
	edit_release(&in.edit);
	buf_release(&in.out);
	mem_free(in.p);
	return 0;
}
