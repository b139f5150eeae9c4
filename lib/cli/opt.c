#include "cli/opt.h"

#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "cli/help.h"

#define MAX_OPTS  160
#define MAX_JOBS  1024
#define MAX_VERBS 64
#define LONG_BASE 256 /* getopt's value of a long option */

struct opt_common opt_common;

static const char *jobs_text, *max_rejects_text;
static uint64_t max_record, max_depth;
static bool want_help, want_version, want_table;

static const struct opt common[] = {
	{ OPT_TEXT, 'o', "output", "FILE", "write here, whole or not at all",
	    "输出到文件（完整写出才出现）", &opt_common.run.output,
	    .basic = true },
	{ OPT_TEXT, 0, "rejects", "FILE", "keep set-aside records here",
	    "被搁置的记录存到此文件", &opt_common.run.rejects, .basic = true },
	{ OPT_TEXT, 0, "max-rejects", "N|P%", "so many are no failure (0)",
	    "允许搁置的数量或比例（0）", &max_rejects_text },
	{ OPT_SIZE, 0, "max-record", "SIZE", "longest record (16M)",
	    "单条记录上限（16M）", &max_record, .least = 1,
	    .most = (uint64_t)1 << 40 },
	{ OPT_NUMBER, 0, "max-depth", "N", "JSON in JSON (512)",
	    "JSON 嵌套上限（512）", &max_depth, .least = 1, .most = 1000000 },
	{ OPT_TEXT, 0, "report", "FILE", "write the account of the run",
	    "写出运行报告", &opt_common.run.report },
	{ OPT_TEXT, 0, "progress", "WHEN", "auto, always, never or json",
	    "进度显示：auto always never json", &opt_common.progress },
	{ OPT_FLAG, 'q', "quiet", NULL, "say only what failed", "只报告失败",
	    &opt_common.quiet },
	{ OPT_FLAG, 'v', "verbose", NULL, "say more", "输出更多说明",
	    &opt_common.verbose },
	{ OPT_FLAG, 'h', "help", NULL, "print this", "显示本帮助", &want_help,
	    .basic = true },
	{ OPT_FLAG, 'V', "version", NULL, "print the version", "显示版本",
	    &want_version },
	{ 0 }
};

static const struct opt jobs[] = {
	{ OPT_TEXT, 'j', "jobs", "N", "workers (the cores)",
	    "工作线程数（默认为核数）", &jobs_text, .basic = true },
	{ 0 }
};

static const struct opt packs[] = {
	{ OPT_LIST, 'p', "pack", "NAME|DIR", "load a pack beside core",
	    "在 core 之外加载专病包", &opt_common.packs, .basic = true },
	{ 0 }
};

/* For scripts/completions and the test of the manuals; not in the help. */
static const struct opt hidden[] = {
	{ OPT_FLAG, 0, "print-options", NULL, "", "", &want_table }, { 0 }
};

struct table {
	const struct opt *opts[MAX_OPTS + 1]; /* and the heads of groups */
	size_t count;
	struct option longs[MAX_OPTS + 1];
	char shorts[3 * MAX_OPTS + 1];
};

static bool
has_opt(const struct table *t, const char *name)
{
	for (size_t i = 0; i < t->count; i++)
		if (t->opts[i]->kind != OPT_GROUP &&
		    strcmp(t->opts[i]->name, name) == 0)
			return true;
	return false;
}

static void
add_opts(struct table *t, const struct opt *o)
{
	for (; o != NULL && o->kind != OPT_END && t->count < MAX_OPTS; o++)
		if (o->kind == OPT_TABLE)
			add_opts(t, o->rows);
		else if (o->kind == OPT_GROUP || !has_opt(t, o->name))
			t->opts[t->count++] = o;
}

/* What a verb has of its own stands before what goes by the same name. */
static void
build_table(struct table *t, const struct tool *tool, const struct verb *verb)
{
	struct option *l = t->longs;
	char *s = t->shorts;

	memset(t, 0, sizeof(*t));
	if (verb != NULL)
		add_opts(t, verb->opts);
	add_opts(t, tool->opts);
	if ((tool->without & OPT_NO_JOBS) == 0)
		add_opts(t, jobs);
	if ((tool->without & OPT_NO_PACK) == 0)
		add_opts(t, packs);
	add_opts(t, common);
	add_opts(t, hidden);
	*s++ = ':';
	for (size_t i = 0; i < t->count; i++) {
		const struct opt *o = t->opts[i];
		bool takes = o->kind != OPT_FLAG;

		if (o->kind == OPT_GROUP)
			continue;
		l->name = o->name;
		l->has_arg = o->kind == OPT_OPTIONAL ? optional_argument
		    : takes                          ? required_argument
						     : no_argument;
		l++->val = LONG_BASE + (int)i;
		if (o->letter != 0) {
			*s++ = o->letter;
			if (takes)
				*s++ = ':';
		}
	}
}

_Noreturn void
opt_misuse(const struct tool *tool, const char *fmt, ...)
{
	va_list args;

	fprintf(stderr, "%s: ", tool->name);
	va_start(args, fmt);
	vfprintf(stderr, fmt, args);
	va_end(args);
	fprintf(stderr, " (%s --help)\n", tool->name);
	exit(ERR_USAGE);
}

/* --- values -------------------------------------------------------------- */

static uint64_t
number_of(const struct tool *tool, const struct opt *o, const char *text)
{
	struct slice s = slice_of(text);
	unsigned long long n, unit = 1;

	if (o->kind == OPT_SIZE && s.n > 1) {
		static const char units[] = "KMGT";
		const char *u = strchr(units, s.p[s.n - 1] & ~0x20);

		if (u != NULL && *u != '\0') {
			unit = 1ull << 10 * (u - units + 1);
			s.n--;
		}
	}
	if (!slice_number(s, &n) || n > UINT64_MAX / unit)
		opt_misuse(tool, "--%s: '%s' is no %s", o->name, text,
		    o->kind == OPT_SIZE ? "size such as 64K or 16M"
					: "whole number");
	if (n * unit < o->least)
		opt_misuse(tool, "--%s: at least %llu", o->name,
		    (unsigned long long)o->least);
	if (o->most > 0 && n * unit > o->most)
		opt_misuse(tool, "--%s: at most %llu", o->name,
		    (unsigned long long)o->most);
	return n * unit;
}

static void
add_to_list(struct opt_list *list, const char *item)
{
	list->items =
	    mem_resize(list->items, list->count + 2, sizeof(*list->items));
	list->items[list->count++] = item;
	list->items[list->count] = NULL;
}

static void
take(const struct tool *tool, const struct opt *o, const char *arg)
{
	switch (o->kind) {
	case OPT_FLAG:
		*(bool *)o->to = true;
		break;
	case OPT_TEXT:
		*(const char **)o->to = arg;
		break;
	case OPT_OPTIONAL:
		*(const char **)o->to = arg == NULL ? "" : arg;
		break;
	case OPT_LIST:
		add_to_list(o->to, arg);
		break;
	default:
		*(uint64_t *)o->to = number_of(tool, o, arg);
	}
}

static void
take_common(const struct tool *tool)
{
	static const char *const when[] = { "auto", "always", "never", "json",
		NULL };
	struct run_options *run = &opt_common.run;
	struct slice s;
	unsigned long long n;
	long cores;

	run->tool = tool->name;
	run->version = MDX_VERSION;
	if (opt_common.progress == NULL)
		opt_common.progress = "auto";
	for (size_t i = 0;; i++) {
		if (when[i] == NULL)
			opt_misuse(tool,
			    "--progress: '%s' is none of auto, "
			    "always, never, json",
			    opt_common.progress);
		if (strcmp(when[i], opt_common.progress) == 0)
			break;
	}
	cores = sysconf(_SC_NPROCESSORS_ONLN);
	run->jobs = cores < 1  ? 1
	    : cores > MAX_JOBS ? MAX_JOBS
			       : (unsigned)cores;
	if (jobs_text != NULL) {
		if (!slice_number(slice_of(jobs_text), &n) || n < 1 ||
		    n > MAX_JOBS)
			opt_misuse(tool,
			    "--jobs: '%s' is no number from 1 to %d", jobs_text,
			    MAX_JOBS);
		run->jobs = (unsigned)n;
	}
	run->max_record = (size_t)max_record;
	run->max_depth = (unsigned)max_depth;
	if (max_rejects_text == NULL)
		return;
	s = slice_of(max_rejects_text);
	run->percent = s.n > 0 && s.p[s.n - 1] == '%';
	s.n -= run->percent;
	if (!slice_number(s, &n) || (run->percent && n > 100))
		opt_misuse(tool,
		    "--max-rejects: '%s' is neither a number nor "
		    "a share such as 2%%",
		    max_rejects_text);
	run->max_rejects = n;
}

static const struct opt *
opt_of(const struct table *t, int value)
{
	if (value >= LONG_BASE)
		return t->opts[value - LONG_BASE];
	for (size_t i = 0; i < t->count; i++)
		if (t->opts[i]->letter == value)
			return t->opts[i];
	return NULL;
}

static _Noreturn void
unknown(const struct tool *tool, const struct table *t, char *argv[])
{
	const char *names[MAX_OPTS + 1], *near;
	const char *word = argv[optind - 1];
	struct slice s = slice_of(word);
	const char *equals = memchr(s.p, '=', s.n);
	size_t n = 0;

	for (size_t i = 0; i < t->count; i++)
		if (t->opts[i]->kind != OPT_GROUP)
			names[n++] = t->opts[i]->name;
	names[n] = NULL;
	if (optopt < 0 || (optopt > 127 && optopt < LONG_BASE))
		opt_misuse(
		    tool, "unknown option: the letter behind '-' is not ASCII");
	if (optopt > 0 && optopt < LONG_BASE)
		opt_misuse(tool, "unknown option '-%c'", optopt);
	if (optopt >= LONG_BASE)
		opt_misuse(tool, "option '--%s' takes no value",
		    t->opts[optopt - LONG_BASE]->name);
	if (equals != NULL)
		s.n = (size_t)(equals - s.p);
	s.p += 2;
	s.n -= 2;
	near = slice_suggest(s, names);
	if (near != NULL)
		opt_misuse(tool,
		    "unknown option '--%.*s' (did you mean "
		    "'--%s'?)",
		    (int)s.n, s.p, near);
	opt_misuse(tool, "unknown option '--%.*s'", (int)s.n, s.p);
}

static const struct verb *
verb_of(const struct tool *tool, const char *word)
{
	for (const struct verb *v = tool->verbs; v != NULL && v->name != NULL;
	     v++)
		if (strcmp(v->name, word) == 0)
			return v;
	return NULL;
}

/*
 * A first operand that is no verb is a file, or a verb with a slip of the pen;
 * a file that is not there and reads like a verb is the latter.
 */
static void
check_verb(const struct tool *tool, const char *word)
{
	const char *names[MAX_VERBS + 1], *near;
	size_t n = 0;

	for (const struct verb *v = tool->verbs;
	     v != NULL && v->name != NULL && n < MAX_VERBS; v++)
		names[n++] = v->name;
	names[n] = NULL;
	near = word[strspn(word, "abcdefghijklmnopqrstuvwxyz-")] == '\0'
	    ? slice_suggest(slice_of(word), names)
	    : NULL;
	if (near != NULL && access(word, F_OK) != 0)
		opt_misuse(
		    tool, "unknown verb '%s' (did you mean '%s'?)", word, near);
}

/* Whether this word takes the next one as its value. */
static bool
takes_next(const struct table *t, const char *word)
{
	for (size_t i = 0; i < t->count; i++) {
		const struct opt *o = t->opts[i];

		if (o->kind == OPT_FLAG || o->kind == OPT_OPTIONAL ||
		    o->kind == OPT_GROUP)
			continue;
		if ((strncmp(word, "--", 2) == 0 &&
			strcmp(word + 2, o->name) == 0) ||
		    (word[1] == o->letter && word[1] != '\0' &&
			word[2] == '\0'))
			return true;
	}
	return false;
}

/*
 * The verb has to be known before its options can be: it is the first word
 * that is neither an option nor the value of one.
 */
static const struct verb *
find_verb(const struct tool *tool, const struct table *t, char *argv[])
{
	for (size_t i = 1; argv[i] != NULL; i++) {
		if (argv[i][0] != '-' || argv[i][1] == '\0')
			return verb_of(tool, argv[i]);
		if (strcmp(argv[i], "--") == 0)
			return NULL;
		if (takes_next(t, argv[i]) && argv[++i] == NULL)
			return NULL;
	}
	return NULL;
}

char **
opt_parse(
    const struct tool *tool, int argc, char *argv[], const struct verb **verb)
{
	struct table t;
	const struct opt *o;
	int c;

	build_table(&t, tool, NULL);
	build_table(&t, tool, find_verb(tool, &t, argv));
	opterr = 0;
	while ((c = getopt_long(argc, argv, t.shorts, t.longs, NULL)) != -1) {
		if (c == '?')
			unknown(tool, &t, argv);
		if (c == ':')
			opt_misuse(tool, "option '%s' needs a value",
			    argv[optind - 1]);
		o = opt_of(&t, c);
		take(tool, o, optarg);
	}
	if (want_help || want_version || want_table) {
		t.opts[--t.count] = NULL; /* the hidden one */
		if (want_help)
			help_print(tool, t.opts, argv[optind]);
		else if (want_table)
			help_table(tool, t.opts);
		else
			printf("%s %s\n", tool->name, MDX_VERSION);
		if (fflush(stdout) == 0)
			exit(0);
		fprintf(stderr, "%s: standard output cannot be written\n",
		    tool->name);
		exit(ERR_OUTPUT);
	}
	take_common(tool);
	argv += optind;
	if (verb != NULL) {
		*verb = argv[0] == NULL ? NULL : verb_of(tool, argv[0]);
		if (argv[0] != NULL && *verb == NULL)
			check_verb(tool, argv[0]);
		argv += *verb != NULL;
	}
	return argv;
}
