/*
 * page - what the sections of the page share; private to report_html and the
 * page_*.c beside it.
 *
 * A text stands once in each language that is asked for; which of two shows is
 * a matter of style sheets alone (lib/share/html/qc.html).  Closing tags that
 * HTML lets go are left out: there are tens of thousands of cells.
 */
#ifndef RULES_PAGE_H
#define RULES_PAGE_H

#include "rules/cause.h"
#include "rules/report.h"

struct page {
	const struct summary *s;
	const struct report *o;
	struct arena	*arena;
	struct buf	*b;
	struct parts	 departments;
	struct causes	 causes;
};

struct words {
	const char	*zh, *en;
};

/* Markup in both languages; texts of data are escaped. */
void	page_both(struct page *, const char *zh, const char *en);
void	page_texts(struct page *, struct slice zh, struct slice en);
/* 1,234,567 */
void	page_number(struct page *, uint64_t n);
void	page_open(struct page *, const char *id, const char *zh,
	    const char *en);
void	page_badge(struct page *, enum severity);
void	page_message(struct page *, const struct rule_lines *);
/* A paragraph of small print. */
void	page_note(struct page *, const char *zh, const char *en);
/* The values of a group. */
void	page_group(struct page *, struct slice by);
/* A table up to its body; columns from `numbers` on are right-aligned. */
void	page_table(struct page *, const char *class, struct words caption,
	    const struct words *heads, size_t n, size_t numbers);

/* The sections, each of an id of its own. */
void	page_score(struct page *);
void	page_trend(struct page *);
void	page_coverage(struct page *);
void	page_rules(struct page *);
void	page_examples(struct page *);
void	page_catalogue(struct page *);

#endif
