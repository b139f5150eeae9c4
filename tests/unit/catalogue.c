/* Packs: what a row may hold, every fault by file and line, rows of two packs. */
#include "folder.h"

#include <sys/stat.h>

#include <iconv.h>

#include "base/buf.h"
#include "catalogue/catalogue.h"
#include "io/writer.h"

#define HEADER                                                           \
	"id,name_zh,name_en,group,level,kind,type,unit,values,low,high," \
	"source,expr,anchors,synonyms,identifying,note\n"

static char said[8192];

static int
start(void **state)
{
	said[0] = '\0';
	return enter_folder(state) != 0 || mkdir("packs", 0700) != 0;
}

static void
say(const char *line)
{
	size_t n = strlen(said);

	snprintf(said + n, sizeof(said) - n, "%s\n", line);
}

static void
put_pack(const char *name, struct slice text)
{
	char path[128];
	struct err e = { 0 };

	snprintf(path, sizeof(path), "packs/%s", name);
	mkdir(path, 0700);
	snprintf(path, sizeof(path), "packs/%s/indicators.csv", name);
	assert_true(writer_put_file(path, text, &e));
}

static struct catalogue *
load(const char *first, const char *second, struct err *e)
{
	const char *const packs[] = { first, second, NULL };

	return catalogue_load(".", packs, false, say, e);
}

/* One row in a pack of its own must be refused with this text. */
static void
refuse(const char *row, const char *text)
{
	struct buf b = { 0 };
	struct err e = { 0 };
	char want[512];

	buf_adds(&b, HEADER "good,好,,,L1,,text,,,,,,,,,,\n");
	buf_adds(&b, row);
	buf_addc(&b, '\n');
	put_pack("x", buf_slice(&b));
	buf_release(&b);
	snprintf(want, sizeof(want), "./packs/x/indicators.csv:3: %s", text);
	assert_null(load("x", NULL, &e));
	assert_int_equal(e.kind, ERR_USAGE);
	assert_string_equal(e.text, want);
}

TEST(a_good_pack_is_found_by_id_name_and_synonym)
{
	struct err e = { 0 };
	struct catalogue *c;
	const struct indicator *d;

	(void)state;
	put_pack("x",
	    SLICE(HEADER "tsh,促甲状腺激素,TSH,甲功,L1,lab,number,m[IU]/L,,0,"
			 "100,,,,TSH|促甲,,\n"
			 "sex,性别,,,L1,patient|visit,code,,"
			 "1=男|男性; 2=女,,,,,,,1,\n"));
	c = load("x", NULL, &e);
	assert_non_null(c);
	assert_int_equal(catalogue_count(c), 2);
	d = catalogue_named(c, SLICE("促甲"));
	assert_non_null(d);
	assert_slice(d->id, "tsh");
	assert_slice(d->high, "100");
	assert_int_equal(d->line, 2);
	assert_true(indicator_of_kind(d, SLICE("lab")));
	assert_false(indicator_of_kind(d, SLICE("drug")));
	d = catalogue_find(c, SLICE("sex"));
	assert_true(d->identifying);
	assert_int_equal(d->nkinds, 2);
	assert_slice(indicator_code(d, SLICE("男性"))->code, "1");
	assert_null(indicator_code(d, SLICE("未知")));
	assert_null(catalogue_find(c, SLICE("男")));
	assert_null(catalogue_file(c, 0, "rules.csv"));
	catalogue_free(c);
}

TEST(every_fault_of_a_row_has_its_place_and_remedy)
{
	(void)state;
	refuse("1x,名,,,L1,,text,,,,,,,,,,",
	    "id '1x' must begin with a-z and hold only letters, digits, "
	    "'_', '.', '-'");
	refuse("a,名,,,L1,,nmber,,,,,,,,,,",
	    "unknown type 'nmber' (did you mean 'number'?)");
	refuse("a,名,,,L5,,text,,,,,,,,,,",
	    "unknown level 'L5'; levels are L1 L2 L3 L4");
	refuse("a,名,,,L1,,code,,,,,,,,,,", "type code needs values");
	refuse("a,名,,,L1,,code,,1=a; 1=b,,,,,,,,",
	    "values: code '1' stands twice");
	refuse("a,名,,,L1,,code,,=a,,,,,,,,",
	    "values: entry 1 has no code before '='");
	refuse("a,名,,,L1,,number,,,low,,,,,,,", "low 'low' is no number");
	refuse("a,名,,,L1,,number,,,,1e,,,,,,", "high '1e' is no number");
	refuse("a,名,,,L1,,number,,,2,1,,,,,,", "low 2 is above high 1");
	refuse("a,名,,,L1,,text,,,2,,,,,,,",
	    "low and high mean nothing for type text");
	refuse("a,名,,,L3,,number,,,,,,,,,,", "level L3 needs expr");
	refuse("a,名,,,L1,,number,,,,,,.b,,,,", "expr is for level L3 only");
	refuse("a,名,,,L1,,text,,,,,,,,,yes,",
	    "identifying is 1 or empty, not 'yes'");
	refuse("good,好,,,L1,,text,,,,,,,,,,",
	    "id 'good' is defined twice (x/indicators.csv:2)");
}

TEST(all_faults_are_said_before_the_load_fails)
{
	struct err e = { 0 };

	(void)state;
	put_pack("x",
	    SLICE(HEADER
		"a,名,,,L1,,code,,,,,,,,,,\nb,名,,,L9,,txt,,,,,,,,,,\n"));
	put_pack("y", SLICE(HEADER "C,名,,,L1,,text,,,,,,,,,,\n"));
	assert_null(load("x", "y", &e));
	assert_int_equal(e.kind, ERR_USAGE);
	assert_non_null(strstr(said, "packs/x/indicators.csv:2: type code"));
	assert_non_null(
	    strstr(said, "packs/x/indicators.csv:3: unknown level"));
	assert_non_null(strstr(said, "packs/x/indicators.csv:3: unknown type"));
	assert_non_null(strstr(said, "packs/y/indicators.csv:2: id 'C'"));
}

TEST(rows_of_two_packs_may_agree_but_not_differ)
{
	struct err e = { 0 };
	struct catalogue *c;

	(void)state;
	put_pack("x", SLICE(HEADER "a,甲,,组,L1,,number,mm,,1,9,,,,,,\n"));
	put_pack("y",
	    SLICE(HEADER "b,乙,,,L1,,text,,,,,,,,,,\n"
			 "a,甲,,别组,L1,,number,mm,,1,9,,,,,,a note\n"));
	c = load("x", "y", &e);
	assert_non_null(c);
	assert_int_equal(catalogue_count(c), 2);
	assert_int_equal(catalogue_find(c, SLICE("a"))->pack, 0);
	catalogue_free(c);
	put_pack("y", SLICE(HEADER "a,甲,,组,L1,,number,cm,,1,9,,,,,,\n"));
	assert_null(load("x", "y", &e));
	assert_string_equal(e.text,
	    "./packs/y/indicators.csv:2: id 'a' is defined otherwise in "
	    "another pack (x/indicators.csv:2)");
}

TEST(a_byte_order_mark_gb18030_and_chinese_headers_are_read)
{
	static const char text[] = "指标编号,指标名称,级别,类型\n"
				   "a,甲状腺,L1,text\n";
	char gb[200], *from = (char *)(uintptr_t)text, *to = gb;
	size_t n = sizeof(text) - 1, room = sizeof(gb);
	iconv_t cd = iconv_open("GB18030", "UTF-8");
	struct err e = { 0 };
	struct catalogue *c;

	(void)state;
	assert_int_equal(iconv(cd, &from, &n, &to, &room), 0);
	iconv_close(cd);
	put_pack("x", slice_span(gb, to));
	c = load("x", NULL, &e);
	assert_non_null(c);
	assert_slice(catalogue_at(c, 0)->name_zh, "甲状腺");
	catalogue_free(c);
	put_pack("x",
	    SLICE("\xEF\xBB\xBF"
		  "id,name_zh,level,type\r\na,甲,L1,text\r\n"));
	c = load("x", NULL, &e);
	assert_non_null(c);
	assert_slice(catalogue_at(c, 0)->id, "a");
	catalogue_free(c);
}

TEST(what_a_spreadsheet_did_to_codes_is_refused)
{
	struct err e = { 0 };

	(void)state;
	put_pack("x", SLICE(HEADER "a,名,,,L1,,code,,1.23E+17,,,,,,,,\n"));
	assert_null(load("x", NULL, &e));
	assert_int_equal(e.kind, ERR_USAGE);
	assert_non_null(strstr(e.text, "x/indicators.csv:2: "));
	assert_non_null(strstr(e.text, "format the column as text"));
}

TEST(a_pack_that_is_not_there_is_named_with_its_nearest)
{
	struct err e = { 0 };

	(void)state;
	put_pack("thyroid-ablation", SLICE(HEADER));
	assert_null(load("thyroid-abl", NULL, &e));
	assert_null(load("thyroid-ablaton", NULL, &e));
	assert_int_equal(e.kind, ERR_USAGE);
	assert_string_equal(e.text,
	    "no pack 'thyroid-ablaton' in ./packs (did you mean "
	    "'thyroid-ablation'?)");
	assert_null(load("./none", NULL, &e));
	assert_string_equal(e.text,
	    "no pack './none' (a pack is a name in ./packs, or a folder "
	    "written with a '/')");
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, start, leave_folder)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(a_good_pack_is_found_by_id_name_and_synonym),
		CASE(every_fault_of_a_row_has_its_place_and_remedy),
		CASE(all_faults_are_said_before_the_load_fails),
		CASE(rows_of_two_packs_may_agree_but_not_differ),
		CASE(a_byte_order_mark_gb18030_and_chinese_headers_are_read),
		CASE(what_a_spreadsheet_did_to_codes_is_refused),
		CASE(a_pack_that_is_not_there_is_named_with_its_nearest),
	};

	return RUN(tests);
}
