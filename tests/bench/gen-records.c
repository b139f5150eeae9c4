/*
 * gen-records - the NDJSON of the benchmark job.
 *
 *	cc -O2 -o gen-records gen-records.c
 *	./gen-records --records 1000000 --seed 7 >records.ndjson
 *
 * Writes laboratory records of 525 bytes on average with 17 members: Chinese
 * text, an id of 19 digits as a number and as a string with leading zeros,
 * and numbers such as 0.10 whose spelling must survive.  Every name and value
 * is invented.  The same seed gives the same bytes everywhere; the file stands
 * alone on purpose, so that the benchmark does not measure with code that it
 * measures.
 */
#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

struct test {
	const char *name, *unit, *low, *high, *specimen;
	unsigned least, most; /* of the result, in hundredths */
};

static const struct test tests[] = {
	{ "血糖", "mmol/L", "3.90", "6.10", "血清", 320, 1450 },
	{ "肌酐", "umol/L", "57.0", "111.0", "血清", 4000, 18000 },
	{ "超敏C反应蛋白", "mg/L", "0.00", "5.00", "血清", 10, 2400 },
	{ "肌钙蛋白I", "ng/mL", "0.00", "0.04", "血浆", 0, 90 },
	{ "白细胞计数", "×10^9/L", "3.50", "9.50", "全血", 210, 1800 },
	{ "促甲状腺激素", "mIU/L", "0.27", "4.20", "血清", 1, 980 },
	{ "钾", "mmol/L", "3.50", "5.30", "血清", 290, 610 },
	{ "白蛋白", "g/L", "40.0", "55.0", "血清", 2400, 5600 },
};

static const char *const surnames[] = { "王", "李", "张", "刘", "陈", "杨",
	"赵", "欧阳" };
static const char *const given[] = { "伟", "静怡", "建国", "秀兰", "海峰", "婷",
	"志刚", "明远", "佩珊" };
static const char *const depts[] = { "内分泌科", "普通外科", "心血管内科",
	"呼吸与危重症医学科", "肾内科", "重症医学科", "超声科" };
static const char *const diagnoses[] = { "2型糖尿病", "高血压病2级（很高危）",
	"社区获得性肺炎", "慢性肾脏病3期", "甲状腺结节",
	"冠心病 不稳定型心绞痛", "胆囊结石伴慢性胆囊炎" };
static const char *const sentences[] = { "患者神志清楚，查体合作，",
	"双肺呼吸音粗，未闻及明显干湿啰音。",
	"甲状腺右叶见低回声结节，大小约1.2x0.9x0.8cm，边界清。",
	"继续目前治疗，监测血糖及电解质变化。", "标本轻度溶血，结果仅供参考。",
	"建议3月后到门诊复查甲状腺功能。",
	"腹软，无压痛及反跳痛，\\n双下肢无水肿。",
	"与前次（2024-05-11）比较未见明显变化。",
	"心率78次/分，律齐，各瓣膜听诊区未闻及病理性杂音。",
	"医师提示：\\\"危急值\\\"已电话通知病房。" };

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

#define PICK(a) ((a)[below(COUNT(a))])

static void
put_person(void)
{
	uint64_t who = next() % UINT64_C(1000000000000);

	printf("\"patient_id\":\"0001234%012" PRIu64 "\",", who);
	printf("\"visit_id\":\"ZY%010u\",", below(1000000000));
	printf("\"name\":\"%s", PICK(surnames));
	printf("%s\",", PICK(given));
	printf("\"sex\":\"%s\",", below(2) ? "男" : "女");
	printf("\"birth_date\":\"%u", 1935 + below(70));
	printf("/%u", 1 + below(12));
	printf("/%u\",", 1 + below(28));
	printf("\"dept\":\"%s\",", PICK(depts));
	printf("\"time\":\"2024-%02u", 1 + below(12));
	printf("-%02u", 1 + below(28));
	printf(" %02u", below(24));
	printf(":%02u:00\",", below(60));
}

static void
put_result(void)
{
	const struct test *t = &PICK(tests);
	unsigned v = t->least + below(t->most - t->least);
	double low = strtod(t->low, NULL), high = strtod(t->high, NULL);

	printf("\"test\":\"%s\",\"value\":%u.%02u,", t->name, v / 100, v % 100);
	printf("\"unit\":\"%s\",\"ref_low\":%s,\"ref_high\":%s,", t->unit,
	    t->low, t->high);
	printf("\"flag\":\"%s\",\"specimen\":\"%s\",",
	    v / 100.0 > high      ? "↑"
		: v / 100.0 < low ? "↓"
				  : "",
	    t->specimen);
}

static void
put_record(uint64_t n)
{
	unsigned words = 2 + below(3);

	printf(
	    "{\"record_id\":%" PRIu64 ",", UINT64_C(1000000000000000999) + n);
	put_person();
	put_result();
	printf("\"diagnosis\":\"%s\",\"text\":\"", PICK(diagnoses));
	while (words-- > 0)
		fputs(PICK(sentences), stdout);
	puts("\"}");
}

static uint64_t
number(const char *option, const char *text)
{
	char *end;
	unsigned long long n = strtoull(text, &end, 10);

	if (text[0] < '0' || text[0] > '9' || *end != '\0') {
		fprintf(stderr, "gen-records: --%s: not a number: '%s'\n",
		    option, text);
		exit(2);
	}
	return n;
}

int
main(int argc, char *argv[])
{
	static const struct option options[] = {
		{ "records", required_argument, NULL, 'n' },
		{ "seed", required_argument, NULL, 's' },
		{ NULL, 0, NULL, 0 },
	};
	uint64_t records = 1000;
	int c;

	while ((c = getopt_long(argc, argv, "n:s:", options, NULL)) != -1) {
		switch (c) {
		case 'n':
			records = number("records", optarg);
			break;
		case 's':
			state = number("seed", optarg);
			break;
		default:
			fputs("usage: gen-records [--records N] [--seed N]\n",
			    stderr);
			return 2;
		}
	}
	setvbuf(stdout, NULL, _IOFBF, 1 << 20);
	for (uint64_t n = 0; n < records; n++)
		put_record(n);
	if (fflush(stdout) != 0 || ferror(stdout)) {
		perror("gen-records: standard output");
		return 4;
	}
	return 0;
}
