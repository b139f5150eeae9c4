#include "cli/help.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COLUMN 30 /* where the words begin */

static bool
speaks_chinese(void)
{
	static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const char *value = getenv(names[i]);

		if (value != NULL && value[0] != '\0')
			return strncmp(value, "zh_CN", 5) == 0 ||
			    strncmp(value, "zh_Hans", 7) == 0;
	}
	return false;
}

static void
print_option(const struct opt *o, bool zh)
{
	char left[80];
	int n = 0;

	if (o->letter != 0)
		n = snprintf(left, sizeof(left), "-%c, ", o->letter);
	else
		n = snprintf(left, sizeof(left), "    ");
	n += snprintf(left + n, sizeof(left) - (size_t)n, "--%s", o->name);
	if (o->kind == OPT_OPTIONAL)
		n += snprintf(
		    left + n, sizeof(left) - (size_t)n, "[=%s]", o->arg);
	else if (o->arg != NULL)
		n +=
		    snprintf(left + n, sizeof(left) - (size_t)n, " %s", o->arg);
	if (n >= COLUMN - 3)
		printf("  %s  %s\n", left, zh ? o->help_zh : o->help);
	else
		printf(
		    "  %-*s%s\n", COLUMN - 2, left, zh ? o->help_zh : o->help);
}

static void
print_verbs(const struct tool *tool, bool zh)
{
	if (tool->verbs != NULL)
		printf("\n%s\n", zh ? "动词：" : "verbs:");
	for (const struct verb *v = tool->verbs; v != NULL && v->name != NULL;
	     v++) {
		char left[80];

		snprintf(left, sizeof(left), "%s %s", v->name,
		    v->args == NULL ? "" : v->args);
		printf(
		    "  %-*s%s\n", COLUMN - 2, left, zh ? v->help_zh : v->help);
	}
}

static void
print_head(const struct tool *tool, bool zh)
{
	const char *lead = zh ? "用法：" : "usage: ";

	for (const char *const *u = tool->usage; *u != NULL;
	     u++, lead = "       ")
		printf("%s%s %s\n", lead, tool->name, *u);
	printf("%s\n", zh ? tool->summary_zh : tool->summary);
	print_verbs(tool, zh);
	printf("\n%s\n", zh ? "选项：" : "options:");
}

/* --- groups -------------------------------------------------------------- */

static bool
is_grouped(const struct opt *const *opts)
{
	for (; *opts != NULL; opts++)
		if ((*opts)->kind == OPT_GROUP)
			return true;
	return false;
}

/* The rows of one group, NULL: those of the first screen. */
static void
print_group(const struct opt *const *opts, const char *name, bool zh)
{
	const char *at = NULL;

	for (; *opts != NULL; opts++) {
		const struct opt *o = *opts;

		if (o->kind == OPT_GROUP)
			at = o->name;
		else if (name == NULL
			? at == NULL || o->basic
			: at != NULL && !o->basic && strcmp(at, name) == 0)
			print_option(o, zh);
	}
}

static void
print_groups(const struct opt *const *opts, bool zh)
{
	for (; *opts != NULL; opts++) {
		const struct opt *o = *opts;

		if (o->kind == OPT_GROUP)
			printf("  %-*s%s\n", COLUMN - 2, o->name,
			    zh ? o->help_zh : o->help);
	}
}

/* The group, or with `all` each, its head before it. */
static bool
print_topic(const struct opt *const *opts, const char *topic, bool all, bool zh)
{
	bool found = false;

	for (const struct opt *const *o = opts; *o != NULL; o++) {
		const struct opt *g = *o;

		if (g->kind != OPT_GROUP ||
		    (!all && strcmp(g->name, topic) != 0))
			continue;
		printf("%s%s - %s\n", all ? "\n" : "", g->name,
		    zh ? g->help_zh : g->help);
		print_group(opts, g->name, zh);
		found = true;
	}
	return found;
}

void
help_print(
    const struct tool *tool, const struct opt *const *opts, const char *topic)
{
	bool zh = speaks_chinese(), grouped = is_grouped(opts);
	bool all = topic != NULL && strcmp(topic, "all") == 0;

	if (topic != NULL && !all && print_topic(opts, topic, false, zh))
		return;
	print_head(tool, zh);
	print_group(opts, NULL, zh);
	if (grouped && all)
		print_topic(opts, topic, true, zh);
	if (grouped && !all) {
		printf(zh ? "更多（%s --help 组名，或 --help all）：\n"
			  : "more (%s --help GROUP, or --help all):\n",
		    tool->name);
		print_groups(opts, zh);
	} else {
		printf(
		    zh ? "\n手册：man %s\n" : "\nmanual: man %s\n", tool->name);
	}
}

static void
print_row(const struct opt *o)
{
	printf("--%s\t%c%c\t%s\t%s\n", o->name, o->letter ? '-' : ' ',
	    o->letter ? o->letter : ' ', o->arg == NULL ? "" : o->arg, o->help);
}

/* Whether some option of the tool goes by this name. */
static bool
is_shared(const struct opt *const *opts, const char *name)
{
	for (; *opts != NULL; opts++)
		if ((*opts)->kind != OPT_GROUP &&
		    strcmp((*opts)->name, name) == 0)
			return true;
	return false;
}

void
help_table(const struct tool *tool, const struct opt *const *opts)
{
	for (const struct verb *v = tool->verbs; v != NULL && v->name != NULL;
	     v++)
		printf("%s\tverb\t%s\t%s\n", v->name,
		    v->args == NULL ? "" : v->args, v->help);
	for (size_t i = 0; opts[i] != NULL; i++)
		if (opts[i]->kind != OPT_GROUP)
			print_row(opts[i]);
	for (const struct verb *v = tool->verbs; v != NULL && v->name != NULL;
	     v++)
		for (const struct opt *o = v->opts;
		     o != NULL && o->kind != OPT_END; o++)
			if (!is_shared(opts, o->name))
				print_row(o);
}
