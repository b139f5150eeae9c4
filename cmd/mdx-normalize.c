/*
 * mdx-normalize - one name, one code, one unit: records through map.csv, and
 * with --deid no patient's name.  See mdx-normalize(1).
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "cli/opt.h"
#include "cli/tool.h"
#include "io/writer.h"
#include "mapping/tables.h"
#include "mapping/work.h"
#include "record/flow.h"

static const char *terms_folder, *systems, *review_path, *max_unmapped, *zone;
static const char *policy, *key_path, *known_path;
static struct opt_list maps, approved;
static bool audit;

static const struct opt opts[] = {
	{ OPT_TEXT, 0, "terms", "DIR", "the hospital's terms ($MDX_TERMS)",
	    "医院术语目录（$MDX_TERMS）", &terms_folder },
	{ OPT_LIST, 0, "map", "FILE", "one more map.csv, asked first",
	    "追加字段映射表，优先使用", &maps },
	{ OPT_LIST, 0, "approved", "FILE", "one more table of mappings",
	    "追加已审术语映射表", &approved },
	{ OPT_TEXT, 0, "systems", "S,S...", "systems of codes to write",
	    "要写出的编码体系", &systems },
	{ OPT_TEXT, 0, "review", "FILE", "write the terms to be decided",
	    "写出待审术语表", &review_path },
	{ OPT_TEXT, 0, "max-unmapped", "N|P%", "more unsolved terms: exit 1",
	    "未映射超过此数则退出码为 1", &max_unmapped },
	{ OPT_TEXT, 0, "tz", "OFFSET", "zone written behind times (+08:00)",
	    "写在时间后的时区（+08:00）", &zone },
	{ OPT_TEXT, 0, "deid", "POLICY", "de-identify by this policy",
	    "按此策略去标识", &policy },
	{ OPT_TEXT, 0, "key", "FILE", "the key ($MDX_DEID_KEY_FILE)",
	    "密钥文件（$MDX_DEID_KEY_FILE）", &key_path },
	{ OPT_TEXT, 0, "known", "FILE", "patients' own values for the scrub",
	    "患者自身的标识值，用于文本清洗", &known_path },
	{ OPT_FLAG, 0, "audit", NULL, "only report what would be found",
	    "只报告将发现的内容", &audit },
	{ 0 }
};

static const struct verb verbs[] = {
	{ "unit", "[INPUT]...", "check, name and convert units of measure",
	    "检查、命名、换算计量单位" },
	{ "lookup", "[INPUT]...", "terms to codes", "术语查编码" },
	{ "check", "", "prove all tables", "检查全部表格" },
	{ "keygen", "FILE", "a new random key", "生成随机密钥" }, { 0 }
};

static const char *const usage[] = { "[OPTION]... [INPUT]...",
	"VERB [OPTION]... [INPUT]...", NULL };

static const struct tool tool = { "mdx-normalize",
	"one name, one code, one unit, no patient's name",
	"统一名称、编码、单位，并去标识", usage, verbs, opts, 0 };
