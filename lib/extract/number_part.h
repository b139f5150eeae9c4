/*
 * number_part - how a measure finds its field, as its files share it; private
 * to them.
 *
 * number_claim: which words claim it, number_row: in turn where several are
 * announced first; number_place: whose place it stands at;
 * number_time: of which time it is; number_bare: what no word claims; number:
 * the one that gets it.
 */
#ifndef EXTRACT_NUMBER_PART_H
#define EXTRACT_NUMBER_PART_H

#include "extract/finder.h"

enum {
	NEAR_UNITLESS = 24, /* bytes from an anchor to a number without unit */
	CLAIMS = 16         /* at most, of one measure */
};

struct claim {
	uint32_t field, rule;
	int score;
	uint32_t near;
	bool alone; /* one number of a ratio, told without the other */
};

/* "长16mm宽11mm厚9mm": the 厚 is the name of a diameter. */
bool number_is_within(const struct hit *h, const struct measure *m);
/* "收缩压118mmHg": the number as a ratio, each of whose parts it is. */
const struct measure *number_as_ratio(
    const struct finder *x, const struct measure *m);
/*
 * "30W 60s 12x10x9mm": behind an event a size is what came of it only where one
 * has been told before, and no place with it: "左叶6x5mm(30W),右叶7x6mm(30W)".
 */
bool number_is_first_size(const struct finder *x, const struct field *f,
    const struct clause *c, const struct measure *m);
/*
 * Claims of the words of a clause: the measure's own or the one before it, of
 * which only strong words count where its own has claims.
 */
void number_claims_of(struct finder *x, const struct clause *words,
    const struct clause *c, const struct measure *m, struct claim *list,
    size_t *n);
/*
 * "T/P/R 37.5/92/22": the claims of the word that has the measure's turn where
 * several are announced before their numbers; false where they are not.
 */
bool number_in_turn(const struct finder *x, const struct clause *c,
    const struct measure *m, struct claim *list, size_t *n);
/* "LN 0/26(癌结节0枚)": in the brackets behind a measure. */
bool number_is_aside(
    const struct finder *x, const struct hit *h, const struct measure *m);
/* "脉搏128次/分(心率146次/分)": an anchor that others of the field outweigh. */
int number_lesser(const struct finder *x, const struct clause *c,
    const struct claim *k, const struct measure *m);
/*
 * "术前、术后各用1.5ml": a clause that stands in several sections tells the same
 * of the fields that differ in their section alone.
 */
bool number_is_shared(const struct finder *x, const struct clause *c,
    const struct claim *one, int best, const struct claim *list, size_t n);

/*
 * "肝S5段肿块7.3cm;脾长径15.2cm": the place that was named last before the
 * measure in its sentence is no object's, and no neighbour that one invades.
 * An organ whose own size is told (子宫增大) is none either.
 */
bool number_is_elsewhere(const struct finder *x, const struct field *f,
    const struct measure *m, const struct clause *c);

/*
 * "2025-06-12肿块48x40mm;本次29x22mm", "2022年6x5mm,2023年7x6mm,本次8x7mm": what a
 * date before it in its clause tells of is of then, where the sentence goes on
 * to now, or the next one begins so.
 */
bool number_is_dated_before(
    const struct finder *x, const struct clause *c, const struct measure *m);
/* Whether a value is an earlier one's, for which the field has another. */
bool number_is_past(const struct finder *x, const struct field *f,
    const struct clause *c, const struct measure *m);
/*
 * "共4.8ml(术前、术后各半)": a total before all that its sentence tells of times is
 * of none of them.
 */
bool number_is_of_all_times(
    const struct finder *x, const struct field *f, const struct clause *c);
/* "今日复测21mm": of two sizes of one object the one that is told as of now. */
bool number_is_of_now(
    const struct finder *x, const struct clause *c, const struct measure *m);

/* As far as no word claims it: the only field that can hold it. */
void number_bare(
    struct finder *x, const struct measure *m, const struct clause *c);

#endif
