#include "terms/mapping_format.h"

#include "base/date.h"
#include "base/tokenizer.h"
#include "io/guard.h"
#include "terms/pick.h"

const struct column mapping_columns[] = { { "field", "字段", 0 },
	{ "term", "术语|原词", COLUMN_REQUIRED | COLUMN_FILLED },
	{ "unit", "单位", 0 }, { "specimen", "标本", 0 },
	{ "code", "编码", COLUMN_CODE }, { "display", "名称", 0 },
	{ "system", NULL, 0 }, { "version", NULL, 0 },
	{ "relation", "关系", 0 }, { "status", "状态", 0 },
	{ "reviewer", "审核人", 0 }, { "date", "日期", 0 }, { "p", NULL, 0 },
	{ "method", NULL, 0 }, { "count", NULL, 0 }, { "note", "备注", 0 },
	{ "pick", "选择", 0 }, { "cand1", NULL, 0 }, { "cand2", NULL, 0 },
	{ "cand3", NULL, 0 }, { "cand4", NULL, 0 }, { "cand5", NULL, 0 },
	{ NULL, NULL, 0 } };

/* Each with its other spellings. */
static const char *const statuses[MAPPING_STATUSES][2] = { { "APPROVED",
							       "已审" },
	{ "IGNORED", "忽略" }, { "FLAGGED", NULL }, { "AUTO_MAPPED", NULL },
	{ "UNCHECKED", "待审" }, { "INVALID_TARGET", NULL } };

const char *
mapping_status_name(enum mapping_status status)
{
	return statuses[status][0];
}

bool
mapping_status_read(struct slice s, enum mapping_status *status)
{
	for (size_t i = 0; i < MAPPING_STATUSES; i++)
		for (size_t k = 0; k < 2 && statuses[i][k] != NULL; k++)
			if (fold_same(s, slice_of(statuses[i][k]))) {
				*status = (enum mapping_status)i;
				return true;
			}
	return false;
}

bool
mapping_status_of(const struct table *t, size_t row,
    enum mapping_status *status, struct table_faults *faults, struct err *e)
{
	struct slice s = mapping_cell(t, row, MAPPING_STATUS);

	*status = MAPPING_UNCHECKED;
	return s.n == 0 || mapping_status_read(s, status) ||
	    table_row_fault(t, row, faults, e,
		"unknown status '%.*s' (APPROVED, FLAGGED, IGNORED, "
		"UNCHECKED)",
		(int)s.n, s.p);
}

struct slice
mapping_relation(struct slice s)
{
	static const char *const rows[] = { "exact|skos:exactMatch",
		"close|skos:closeMatch|skos:relatedMatch",
		"broad|skos:broadMatch", "narrow|skos:narrowMatch", "none" };

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct slice rest = slice_of(rows[i]), word, first;

		slice_next(&rest, '|', &first);
		word = first;
		do
			if (fold_same(s, word))
				return first;
		while (slice_next(&rest, '|', &word));
	}
	return SLICE("");
}

bool
mapping_is_day(struct slice text)
{
	struct date day;
	struct err ignored = { 0 };

	return text.n == 0 ||
	    (date_read(text, NULL, &day, &ignored) &&
		day.precision >= DATE_DAY);
}

struct slice
mapping_cell(const struct table *t, size_t row, enum mapping_column column)
{
	return guard_off(table_cell(t, row, column));
}

struct slice
mapping_field_of(const char *path)
{
	const char *base = strrchr(path, '/');

	base = base == NULL ? path : base + 1;
	return (struct slice){ base, strcspn(base, "-.") };
}

struct slice
mapping_field(const struct table *t, size_t row)
{
	struct slice field = mapping_cell(t, row, MAPPING_FIELD);

	return field.n > 0 ? field : mapping_field_of(table_path(t));
}
