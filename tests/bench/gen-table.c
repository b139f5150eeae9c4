/*
 * gen-table - the table of the benchmark of mdx-ingest.
 *
 *	cc -O2 -o gen-table gen-table.c
 *	./gen-table --rows 1000000 --seed 7 >table.csv
 *
 * Writes laboratory results of 150 bytes on average in 14 columns: Chinese
 * text, ids with leading zeros and of 19 digits, dates in two spellings, empty
 * cells, and in one row of three a quoted note, half of these with a quote
 * within.  Every name and value is invented; the same seed gives the same
 * bytes everywhere.
 */
#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define PICK(a)  ((a)[below(COUNT(a))])

static const char *const tests[] = { "血糖,%u.%02u,mmol/L,3.90,6.10",
	"肌酐,%u.%02u,umol/L,57.0,111.0",
	"超敏C反应蛋白,%u.%02u,mg/L,0.00,5.00",
	"白细胞计数,%u.%02u,×10^9/L,3.50,9.50" };
static const char *const surnames[] = { "王", "李", "张", "欧阳" };
static const char *const given[] = { "伟", "静怡", "建国", "秀兰" };
static const char *const sexes[] = { "男", "女" };
static const char *const depts[] = { "内分泌科", "普通外科", "心血管内科",
	"呼吸与危重症医学科" };
static const char *const flags[] = { "", "H", "L" };
static const char *const notes[] = { "", "", "", "建议3月后复查",
	"\"标本轻度溶血, 结果仅供参考\"", "\"已电话通知 \"\"危急值\"\"\"" };

static uint64_t state;

/* splitmix64 (Vigna): short, good enough, and the same on every machine. */
static uint64_t
next(void)
{
	uint64_t z = state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

static unsigned
below(unsigned n)
{
	return (unsigned)(next() % n);
}

static void
put_row(void)
{
	printf("%010" PRIu64 ",%019" PRIu64 ",", next() % 10000000000,
	    next() % UINT64_C(10000000000000000000));
	printf("%s%s,%s,%s,", PICK(surnames), PICK(given), PICK(sexes),
	    PICK(depts));
	printf(PICK(tests), below(20), below(100));
	printf(",2024-%02u-%02u %02u:%02u:00", 1 + below(12), 1 + below(28),
	    below(24), below(60));
	printf(",2024/%u/%u 10:%02u", 1 + below(12), 1 + below(28), below(60));
	printf(",%s,%s\n", PICK(flags), PICK(notes));
}

int
main(int argc, char *argv[])
{
	static const struct option options[] = { { "rows", required_argument,
						     NULL, 'n' },
		{ "seed", required_argument, NULL, 's' }, { 0 } };
	uint64_t rows = 1000;
	int c;

	while ((c = getopt_long(argc, argv, "n:s:", options, NULL)) != -1) {
		if (c == 'n')
			rows = strtoull(optarg, NULL, 10);
		else if (c == 's')
			state = strtoull(optarg, NULL, 10);
		else
			return 2;
	}
	puts("病案号,就诊号,姓名,性别,科室,项目,结果,单位,下限,上限,采样时间,"
	     "报告时间,标志,备注");
	while (rows-- > 0)
		put_row();
	return ferror(stdout) || fflush(stdout) != 0;
}
