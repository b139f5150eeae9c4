/*
 * libcsv-json - the barest loop over libcsv that writes JSON: no place, no id,
 * no account, no encoding.  What keeping them costs is measured against it.
 *
 *	cc -O2 -o libcsv-json libcsv-json.c -lcsv
 */
#include <csv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COLUMNS 256

static char *names[COLUMNS]; /* `"name":` */
static size_t lengths[COLUMNS], ncolumns, column;
static int in_rows;
static char out[1 << 20];
static size_t used;

static void
put(const void *p, size_t n)
{
	if (used + n > sizeof(out)) {
		fwrite(out, 1, used, stdout);
		used = 0;
	}
	memcpy(out + used, p, n);
	used += n;
}

static void
put_string(const char *s, size_t n)
{
	size_t from = 0;

	put("\"", 1);
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)s[i];
		char escape[7];

		if (c >= ' ' && c != '"' && c != '\\')
			continue;
		put(s + from, i - from);
		from = i + 1;
		if (c == '"' || c == '\\')
			snprintf(escape, sizeof(escape), "\\%c", c);
		else
			snprintf(escape, sizeof(escape), "\\u%04x", c);
		put(escape, strlen(escape));
	}
	put(s + from, n - from);
	put("\"", 1);
}

static void
take_field(void *field, size_t n, void *ctx)
{
	(void)ctx;
	if (!in_rows) {
		char *name = malloc(n + 4);

		if (name == NULL || ncolumns == COLUMNS)
			exit(1);
		lengths[ncolumns] = (size_t)sprintf(
		    name, "\"%.*s\":", (int)n, (const char *)field);
		names[ncolumns++] = name;
		return;
	}
	if (column >= ncolumns)
		return;
	put(column == 0 ? "{" : ",", 1);
	put(names[column], lengths[column]);
	column++;
	put_string(field, n);
}

static void
take_row(int c, void *ctx)
{
	(void)c;
	(void)ctx;
	if (in_rows)
		put("}\n", 2);
	in_rows = 1;
	column = 0;
}

int
main(int argc, char *argv[])
{
	static char block[256 << 10];
	struct csv_parser csv;
	FILE *f = argc == 2 ? fopen(argv[1], "rb") : NULL;
	size_t n;

	if (f == NULL || csv_init(&csv, CSV_STRICT) != 0)
		return 1;
	while ((n = fread(block, 1, sizeof(block), f)) > 0)
		if (csv_parse(&csv, block, n, take_field, take_row, NULL) != n)
			return 1;
	csv_fini(&csv, take_field, take_row, NULL);
	fwrite(out, 1, used, stdout);
	fclose(f);
	csv_free(&csv);
	return 0;
}
