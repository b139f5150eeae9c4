/*
 * gen-graph - a graph of the size that the founding document names, as lines:
 * entities with names of two to five words and a few aliases, relations
 * between any two of them, some subjects having many.
 *
 *	gen-graph ENTITIES RELATIONS
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static uint64_t state = 88172645463325252u;

static uint32_t
next(uint32_t below)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (uint32_t)((state >> 16) % below);
}

static const char *const words[] = { "左侧", "右侧", "急性", "慢性", "甲状",
	"腺叶", "结节", "乳头", "状癌", "高血", "糖尿", "病变", "肺炎", "支气",
	"管炎", "冠状", "动脉", "硬化", "心肌", "梗死", "脑出", "血肿", "骨折",
	"关节", "置换", "切除", "腹腔", "镜下", "胆囊", "结石", "肝硬", "肾功",
	"不全", "尿路", "感染", "胃溃", "疡出", "结肠", "息肉", "恶性", "肿瘤",
	"良性", "淋巴", "转移", "贫血", "血小", "板减", "少症", "注射", "片剂",
	"胶囊", "颗粒", "口服", "测定", "定量", "超声", "造影", "增强", "扫描",
	"磁共", "振像", "内镜", "活检", "病理" };

static const char *const types[] = { "diagnosis", "procedure", "drug", "lab" };
static const char *const predicates[] = { "is_a", "treated_by", "tested_by",
	"has_diagnosis", "takes_drug", "has_test", "maps_to", "part_of" };

static void
put_name(uint32_t entity)
{
	for (uint32_t i = 0, n = 2 + next(4); i < n; i++)
		fputs(words[next(sizeof(words) / sizeof(words[0]))], stdout);
	if (next(3) == 0)
		printf("%u型", entity % 97);
}

static void
put_entity(uint32_t i)
{
	printf("{\"id\":\"kg:E%07u\",\"type\":\"%s\",\"name\":\"", i,
	    types[i % 4]);
	put_name(i);
	printf("\",\"system\":\"kg\",\"version\":\"1\",\"code\":\"E%07u\"", i);
	if (next(5) == 0) {
		fputs(",\"aliases\":[\"", stdout);
		put_name(i);
		fputs("\"]", stdout);
	}
	printf(",\"count\":%u,\"_mdx\":{\"kind\":\"entity\"}}\n", next(1000));
}

/* The tenth part of the entities is the subject of half of the relations. */
static void
put_relation(uint32_t entities)
{
	uint32_t many = entities / 10 + 1;

	printf("{\"subject\":\"kg:E%07u\",\"predicate\":\"%s\","
	       "\"object\":\"kg:E%07u\",\"source\":\"%s\",\"count\":%u,",
	    next(2) ? next(many) : next(entities), predicates[next(8)],
	    next(entities), next(2) ? "kg" : "record", 1 + next(50));
	printf("\"first\":\"20%02u-%02u-%02u\",\"last\":\"2025-%02u-%02u\","
	       "\"_mdx\":{\"kind\":\"relation\"}}\n",
	    10 + next(15), 1 + next(12), 1 + next(28), 1 + next(12),
	    1 + next(28));
}

int
main(int argc, char *argv[])
{
	uint32_t entities, relations;

	if (argc != 3)
		return 2;
	entities = (uint32_t)strtoul(argv[1], NULL, 10);
	relations = (uint32_t)strtoul(argv[2], NULL, 10);
	for (uint32_t i = 0; i < entities; i++)
		put_entity(i);
	for (uint32_t i = 0; i < relations; i++)
		put_relation(entities);
	return fflush(stdout) == 0 ? 0 : 1;
}
