/*
 * dqd_parts - a row of a rule table on its way to a rule; private to dqd.
 */
#ifndef RULES_DQD_PARTS_H
#define RULES_DQD_PARTS_H

#include "base/arena.h"
#include "rules/dqd.h"

struct dqd_sheet {
	struct table	*table;
	struct index	*names;		/* of its columns, in lower case */
	size_t		*places;
};

/* One check: the row at hand of one type. */
struct dqd_check {
	const struct dqd_sheet *sheet;
	size_t		 row;
	struct slice	 name;		/* of the type: isRequired */
	enum dqd_table	 level;
	/* In lower case: T, F; n 0 where the level has none. */
	struct slice	 table, field;
	struct slice	 concept, unit;	/* as written */
	struct arena	*arena;		/* of the row */
	struct table_faults *faults;
};

/* The rule that counts it; texts that are empty are left out. */
struct dqd_rule {
	struct slice	 kind, field;
	const char	*check, *na, *per;
	struct slice	 arg, when;
};

/* `isForeignKey=='Yes' & fkDomain!= ''` */
#define DQD_MOST_TERMS	8

struct dqd_filter {
	struct dqd_term {
		struct slice	 column, text;
		bool		 equal;
	} terms[DQD_MOST_TERMS];
	size_t		 n;
};

/* --- sheets and filters (dqd_sheet.c) ------------------------------------------ */
bool	dqd_sheet_open(struct dqd_sheet *, enum dqd_table,
	    const struct dqd_file *, struct table_faults *, struct arena *,
	    struct err *);
void	dqd_sheet_release(struct dqd_sheet *);
/* "" where the sheet has no such column; the name is in lower case. */
struct slice	dqd_sheet_cell(const struct dqd_sheet *, size_t row,
	    struct slice name);
/* That of a row of the sheet of checks, over the columns of another. */
bool	dqd_filter_parse(const struct dqd_sheet *checks, size_t row,
	    const struct dqd_sheet *of, struct table_faults *, struct arena *,
	    struct dqd_filter *, struct err *);
bool	dqd_filter_passes(const struct dqd_filter *, const struct dqd_check *);
struct slice	dqd_lower(struct arena *, struct slice);

/* "" where the sheet has no such column, or the cell is empty. */
struct slice	dqd_cell(const struct dqd_check *, const char *column);
/* A fault of the row; false. */
bool	dqd_fault(const struct dqd_check *, struct err *, const char *fmt, ...)
	    __attribute__((format(printf, 3, 4)));
/* The name of a table or column in lower case; false where it is none. */
bool	dqd_name(const struct dqd_check *, const char *column, struct slice *,
	    struct err *);

/* Fills the rule.  False: the row is faulty. */
typedef bool	dqd_make(const struct dqd_check *, struct dqd_rule *,
		    struct err *);

struct dqd_type {
	enum dqd_table	 level;
	const char	*name;
	dqd_make	*make;
	const char	*zh, *en;	/* what a row is that fails */
};

/* For the texts of a rule: in the arena of the check c; %.*s of a slice. */
#define TEXT(...)	slice_of(arena_printf(c->arena, __VA_ARGS__))
#define S(slice)	(int)(slice).n, (slice).p

bool	dqd_among(struct slice word, const char *const *list);
bool	dqd_is_number(const struct dqd_check *, struct slice cell);

/* dqd_fields.c, dqd_plausible.c, dqd_concepts.c */
dqd_make dqd_cdm_table, dqd_person_completeness, dqd_condition_era,
    dqd_period_overlap, dqd_cdm_field, dqd_is_required,
    dqd_value_completeness, dqd_data_type, dqd_primary_key, dqd_foreign_key,
    dqd_fk_domain, dqd_fk_class, dqd_standard_concept,
    dqd_record_completeness, dqd_source_value, dqd_value_low, dqd_value_high,
    dqd_temporal_after, dqd_during_life, dqd_within_visit, dqd_after_birth,
    dqd_before_death, dqd_start_before_end, dqd_gender,
    dqd_gender_descendants, dqd_units, dqd_concept_low, dqd_concept_high;

/* NULL: there is no such type. */
const struct dqd_type *dqd_type_find(enum dqd_table level, struct slice name);

#endif
