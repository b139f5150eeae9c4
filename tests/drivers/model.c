/*
 * Asks a model about each line of standard input through lib/model and prints
 * the answers in the order of the lines: `N OBJECT`, `N failed WHY`, `N too
 * long` or `N held`; at the end `requests N retries N hits N window-mode MODE`.
 *
 *	model [-c cache] [-F n] [-i idle-ms] [-m requests] [-M model]
 *	    [-r retries] [-o] [-u] URL...
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"
#include "model/client.h"

#define LINES 100000

static char *line[LINES], *result[LINES];
static size_t lines;

static void
read_lines(void)
{
	size_t room = 0;
	ssize_t n;

	while (lines < LINES && (n = getline(&line[lines], &room, stdin)) > 0) {
		line[lines][n - 1] = '\0';
		lines++;
		room = 0;
	}
	free(line[lines]);
}

static void
keep(const struct client_answer *a)
{
	char *text;
	size_t room;
	FILE *f = open_memstream(&text, &room);

	if (a->end == CLIENT_ANSWERED)
		fprintf(f, "%s%.*s", a->reasoned ? "reasoned " : "",
		    (int)a->object.n, a->object.p);
	else if (a->end == CLIENT_FAILED)
		fprintf(f, "failed %s", a->why);
	else if (a->end == CLIENT_TOO_LONG)
		fprintf(f, "too long");
	else
		fprintf(f, "held");
	fclose(f);
	result[(size_t)a->tag] = text;
}

static bool
ask_all(
    struct client *c, struct chat_prompt *p, unsigned in_flight, struct err *e)
{
	struct client_answer a;
	size_t next = 0, done = 0;

	while (done < lines) {
		int n;

		while (next < lines && next - done < 4 * in_flight) {
			p->user = slice_of(line[next]);
			client_ask(c, p, (void *)next++);
		}
		n = client_next(c, 1000, &a, e);
		if (n < 0)
			return false;
		if (n == 1) {
			keep(&a);
			done++;
		}
	}
	return client_flush(c, e);
}

int
main(int argc, char *argv[])
{
	struct client_options o = { .key = getenv("MDX_LLM_KEY"),
		.in_flight = 8,
		.retries = 6,
		.idle_ms = 120000,
		.total_ms = 900000,
		.max_wait_ms = 60000 };
	struct chat_prompt p = { .system = SLICE("Answer in JSON."),
		.schema = SLICE("{\"type\":\"object\"}"),
		.mode = CHAT_SCHEMA,
		.max_tokens = 800 };
	const char *model = NULL;
	struct client_counts counts;
	struct client *c;
	struct err e = { 0 };
	int option;

	while ((option = getopt(argc, argv, "c:F:i:m:M:r:ou")) != -1)
		switch (option) {
		case 'c':
			o.cache = optarg;
			break;
		case 'F':
			o.in_flight = (unsigned)strtoul(optarg, NULL, 10);
			break;
		case 'i':
			o.idle_ms = (unsigned)strtoul(optarg, NULL, 10);
			break;
		case 'm':
			o.max_requests = strtoul(optarg, NULL, 10);
			break;
		case 'M':
			model = optarg;
			break;
		case 'r':
			o.retries = (unsigned)strtoul(optarg, NULL, 10);
			break;
		case 'o':
			o.cache_only = true;
			break;
		case 'u':
			o.refresh = true;
			break;
		default:
			return 2;
		}
	o.urls = (const char *const *)&argv[optind];
	read_lines();
	c = client_new(&o, &e);
	if (c != NULL && model == NULL)
		model = client_model(c, &e);
	p.model = slice_of(model);
	if (c != NULL && model != NULL && ask_all(c, &p, o.in_flight, &e)) {
		for (size_t i = 0; i < lines; i++)
			printf("%zu %s\n", i + 1, result[i]);
		client_count(c, &counts);
		printf("requests %llu retries %llu hits %llu mode %s\n",
		    (unsigned long long)counts.requests,
		    (unsigned long long)counts.retries,
		    (unsigned long long)counts.cache_hits, counts.mode);
		client_stopped(c, &e);
	}
	client_free(c);
	for (size_t i = 0; i < lines; i++) {
		free(line[i]);
		free(result[i]);
	}
	if (e.kind != ERR_NONE)
		fprintf(stderr, "%s\n", e.text);
	return (int)e.kind;
}
