/* What stands under candidates: grams, words of one sense, parts, search. */
#include "test.h"

#include <math.h>

#include "base/arena.h"
#include "terms/fold.h"
#include "terms/gram.h"
#include "terms/logistic.h"
#include "terms/near.h"
#include "terms/part.h"
#include "terms/plain_math.h"

TEST(logarithms_and_exponentials_are_those_of_the_library)
{
	(void)state;
	for (double x = -30; x < 30; x += 0.37) {
		double y = exp(x);

		assert_true(fabs(plain_exp(x) / y - 1) < 1e-13);
		assert_true(fabs(plain_log(y) - x) < 1e-12);
	}
	assert_true(plain_log(0) < -700);
	assert_true(plain_logistic(0) == 0.5);
	assert_true(plain_logistic(1e9) == 1);
	assert_true(plain_logistic(-1e9) < 1e-300);
}

TEST(grams_are_characters_and_pairs_once_and_ascending)
{
	uint32_t grams[GRAM_MOST];
	size_t n = gram_list(SLICE("aba"), grams);

	(void)state;
	assert_int_equal(n, 4);
	assert_int_equal(grams[0], 'a');
	assert_int_equal(grams[1], 'b');
	assert_int_equal(grams[2], 'a' << 16 | 'b');
	assert_int_equal(grams[3], 'b' << 16 | 'a');
	assert_int_equal(gram_list(SLICE(""), grams), 0);
}

static struct synonyms *
words(const char *text)
{
	struct err e = { 0 };
	struct synonyms *s =
	    synonyms_parse("synonyms.csv", slice_of(text), NULL, &e);

	if (s == NULL)
		print_message("%s\n", e.text);
	return s;
}

TEST(words_of_one_sense_read_as_the_first_and_stop_at_letters)
{
	struct synonyms *s = words("word,same\n恶性肿瘤,癌;ca\n切除术,切除\n");
	struct buf b = { 0 };

	(void)state;
	assert_non_null(s);
	assert_slice(synonyms_text(s, SLICE("胃癌"), &b), "胃恶性肿瘤");
	assert_slice(synonyms_text(s, SLICE("胃ca"), &b), "胃恶性肿瘤");
	assert_slice(synonyms_text(s, SLICE("ca125升高"), &b), "ca125升高");
	assert_slice(synonyms_text(s, SLICE("胃切除术"), &b), "胃切除术");
	assert_slice(synonyms_text(s, SLICE("胃切除"), &b), "胃切除术");
	assert_slice(synonyms_text(NULL, SLICE("胃癌"), &b), "胃癌");
	buf_release(&b);
	synonyms_free(s);
}

TEST(a_word_of_two_senses_is_refused)
{
	struct err e = { 0 };

	(void)state;
	assert_null(synonyms_parse(
	    "s.csv", SLICE("word,same\n甲,x\n乙,x\n"), NULL, &e));
	assert_string_equal(e.text, "s.csv:3: 'x' stands twice");
}

TEST(a_line_parts_at_marks_and_numbers_but_not_in_numbers)
{
	struct slice parts[PART_MOST];

	(void)state;
	assert_int_equal(part_list(SLICE("1.甲2.乙伴丙"), parts), 3);
	assert_slice(parts[0], "甲");
	assert_slice(parts[1], "乙");
	assert_slice(parts[2], "丙");
	assert_int_equal(part_list(SLICE("大小1.5cm"), parts), 1);
	assert_int_equal(
	    part_list(SLICE("a,b,c,d,e,f,g,h,i,j"), parts), PART_MOST);
	assert_slice(parts[PART_MOST - 1], "h,i,j");
	assert_int_equal(part_list(SLICE(""), parts), 0);
}

/* Names out of few characters, so that many share grams. */
static void
make_name(unsigned *seed, char name[32])
{
	size_t n = 2 + (*seed = *seed * 1664525 + 1013904223) / 65536 % 6;

	for (size_t i = 0; i < n; i++) {
		*seed = *seed * 1664525 + 1013904223;
		name[i] = (char)('a' + *seed / 65536 % 5);
	}
	name[n] = '\0';
}

static double
cosine(const struct lexicon *l, const uint32_t *grams, size_t n, uint32_t name)
{
	uint32_t own[GRAM_MOST];
	size_t nown = gram_list(lexicon_name(l, name), own);
	double both = 0, one = 0, other = 0;

	for (size_t i = 0; i < n; i++) {
		const struct lexicon_gram *g = lexicon_gram(l, grams[i]);
		double w = g == NULL ? (double)l->rare : (double)g->weight;

		one += w;
		for (size_t k = 0; k < nown; k++)
			both += own[k] == grams[i] ? w : 0;
	}
	for (size_t k = 0; k < nown; k++)
		other += (double)lexicon_gram(l, own[k])->weight;
	return both / sqrt(one * other);
}

TEST(the_nearest_names_are_those_that_comparing_all_finds)
{
	struct lexicon_maker *m = lexicon_maker_new(NULL);
	struct slice parts[LEXICON_PARTS];
	struct near best[10];
	struct lexicon l;
	struct err e = { 0 };
	struct near_search *s;
	unsigned seed = 1;
	char name[32];

	(void)state;
	for (int i = 0; i < 500; i++) {
		make_name(&seed, name);
		lexicon_maker_name(m,
		    lexicon_maker_entry(m, slice_of(name), slice_of(name)),
		    slice_of(name));
	}
	lexicon_maker_parts(m, parts);
	assert_true(lexicon_open(&l, parts, &e));
	s = near_new(&l);
	for (int i = 0; i < 200; i++) {
		uint32_t grams[GRAM_MOST];
		size_t n, found, better = 0;

		make_name(&seed, name);
		n = gram_list(slice_of(name), grams);
		found = near_find(s, grams, n, NULL, best, 10);
		assert_int_equal(found, 10);
		for (size_t k = 0; k < found; k++) {
			double x = cosine(&l, grams, n, best[k].name);

			assert_true(fabs(x - (double)best[k].cosine) < 1e-5);
			assert_true(
			    k == 0 || best[k].cosine <= best[k - 1].cosine);
		}
		for (uint32_t k = 0; k < l.nnames; k++)
			better += cosine(&l, grams, n, k) >
			    (double)best[9].cosine + 1e-5;
		assert_true(better < 10);
		assert_true(
		    lexicon_find_name(&l, slice_of(name)) == LEXICON_NONE ||
		    best[0].cosine > 0.9999F);
	}
	near_free(s);
	lexicon_maker_free(m);
}

TEST(a_name_of_two_entries_knows_both_and_a_left_out_one_is_not_found)
{
	struct lexicon_maker *m = lexicon_maker_new(NULL);
	struct slice parts[LEXICON_PARTS];
	uint32_t grams[GRAM_MOST], name;
	bool hidden[2] = { false, false };
	struct near best[3];
	struct lexicon l;
	struct err e = { 0 };
	struct near_search *s;
	size_t n;

	(void)state;
	lexicon_maker_entry(m, SLICE("A"), SLICE("甲"));
	lexicon_maker_entry(m, SLICE("B"), SLICE("乙"));
	name = lexicon_maker_name(m, 0, SLICE("胃病"));
	assert_int_equal(lexicon_maker_name(m, 1, SLICE("胃病")), name);
	lexicon_maker_name(m, 1, SLICE("胃痛"));
	assert_int_equal(lexicon_maker_name(m, 1, SLICE("")), LEXICON_NONE);
	lexicon_maker_parts(m, parts);
	assert_true(lexicon_open(&l, parts, &e));
	assert_int_equal(l.names[name + 1].senses - l.names[name].senses, 2);
	assert_int_equal(lexicon_find_code(&l, SLICE("B")), 1);
	assert_int_equal(lexicon_find_code(&l, SLICE("C")), LEXICON_NONE);
	s = near_new(&l);
	n = gram_list(SLICE("胃病"), grams);
	assert_int_equal(near_find(s, grams, n, NULL, best, 3), 2);
	assert_int_equal(best[0].name, name);
	hidden[name] = true;
	assert_int_equal(near_find(s, grams, n, hidden, best, 3), 1);
	near_free(s);
	/* one number out of bounds, and the whole is refused */
	((uint32_t *)(uintptr_t)l.postings)[0] = 99;
	assert_false(lexicon_open(&l, parts, &e));
	lexicon_maker_free(m);
}

TEST(regression_finds_the_odds_of_a_table)
{
	/* 30 of 40 right where x is 1, 10 of 40 where it is 0 */
	float x[160];
	bool right[80];
	double w[2];

	(void)state;
	for (int i = 0; i < 80; i++) {
		x[2 * i] = 1;
		x[2 * i + 1] = (float)(i % 2);
		right[i] = i % 2 == 1 ? i < 60 : i < 20;
	}
	logistic_fit(x, right, 80, 2, 1e-9, w);
	assert_true(fabs(w[0] - log(10.0 / 30)) < 0.01);
	assert_true(fabs(w[0] + w[1] - log(30.0 / 10)) < 0.01);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    logarithms_and_exponentials_are_those_of_the_library),
		cmocka_unit_test(
		    grams_are_characters_and_pairs_once_and_ascending),
		cmocka_unit_test(
		    words_of_one_sense_read_as_the_first_and_stop_at_letters),
		cmocka_unit_test(a_word_of_two_senses_is_refused),
		cmocka_unit_test(
		    a_line_parts_at_marks_and_numbers_but_not_in_numbers),
		cmocka_unit_test(
		    the_nearest_names_are_those_that_comparing_all_finds),
		cmocka_unit_test(
		    a_name_of_two_entries_knows_both_and_a_left_out_one_is_not_found),
		cmocka_unit_test(regression_finds_the_odds_of_a_table),
	};

	return RUN(tests);
}
