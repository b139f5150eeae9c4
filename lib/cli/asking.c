#include "cli/asking.h"

#include <sys/stat.h>

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli/model.h"
#include "cli/tool.h"
#include "extract/ballot.h"
#include "model/cache.h"

static const char *ask, *mode, *down, *temperature, *ttl, *max_failed, *split;
static uint64_t in_flight = 8, retries = 6, idle = 120, total = 900,
		max_wait = 60, votes = 1, seed, rpm, tpm;
static bool refresh, redaction, dry_run;
static const char *profile, *proxy, *ca_file;

const struct opt opt_asking[] = { { OPT_TEXT, 0, "ask", "WHAT",
				      "open, all, or ID,ID... (open)",
				      "询问范围：open、all 或指标编号", &ask },
	{ OPT_TEXT, 0, "mode", "MODE",
	    "auto json_schema json_object text (auto)", "要求 JSON 的方式",
	    &mode },
	{ OPT_TEXT, 0, "profile", "NAME",
	    "auto deepseek vllm sglang ollama llama.cpp openai",
	    "服务类型（auto：自动识别）", &profile },
	{ OPT_NUMBER, 'F', "in-flight", "N", "requests at once (8)",
	    "同时请求数（8）", &in_flight, 1, 512 },
	{ OPT_NUMBER, 0, "rpm", "N", "requests a minute at most",
	    "每分钟请求数上限", &rpm, 1 },
	{ OPT_NUMBER, 0, "tpm", "N", "tokens a minute at most",
	    "每分钟词元数上限", &tpm, 1 },
	{ OPT_NUMBER, 0, "votes", "N", "ask so often, take the majority (1)",
	    "重复询问次数，取多数（1）", &votes, 1, BALLOT_VOTES },
	{ OPT_TEXT, 0, "temperature", "T", "of the model (0)", "模型温度（0）",
	    &temperature },
	{ OPT_NUMBER, 0, "seed", "N", "of the model's first vote (0)",
	    "随机种子（0）", &seed, 0, INT32_MAX },
	{ OPT_NUMBER, 0, "retries", "N", "tries more of one request (6)",
	    "重试次数（6）", &retries },
	{ OPT_NUMBER, 0, "idle-timeout", "S", "seconds without a byte (120)",
	    "无数据超时秒数（120）", &idle, 1, 86400 },
	{ OPT_NUMBER, 0, "total-timeout", "S", "seconds of a request (900)",
	    "单次请求超时秒数（900）", &total, 1, 86400 },
	{ OPT_NUMBER, 0, "max-wait", "S", "most of a Retry-After (60)",
	    "最长等待秒数（60）", &max_wait, 0, 86400 },
	{ OPT_TEXT, 0, "max-failed", "N|P%", "more without answer: exit 1 (0)",
	    "未得应答超过此数则退出码为 1（0）", &max_failed },
	{ OPT_TEXT, 0, "down", "WHAT", "service gone: stop, or go on by rules",
	    "服务不可用时：stop 停止，rules 仅用规则", &down },
	{ OPT_FLAG, 0, "refresh", NULL, "ask again what the cache has",
	    "重新询问已缓存的内容", &refresh },
	{ OPT_TEXT, 0, "ttl", "AGE", "answers of the cache up to 90d, 12h ...",
	    "缓存应答的有效期，如 90d、12h", &ttl },
	{ OPT_FLAG, 0, "redact", NULL, "send no name and no number of a person",
	    "发送前去除身份信息", &redaction },
	{ OPT_TEXT, 0, "proxy", "URL", "through this proxy", "经此代理访问",
	    &proxy },
	{ OPT_TEXT, 0, "ca-file", "FILE", "certificates to trust",
	    "受信任的证书文件", &ca_file },
	{ OPT_FLAG, 'n', "dry-run", NULL, "count requests, send none",
	    "只统计请求数，不发送", &dry_run },
	{ OPT_TEXT, 0, "split", "A:B", "tune: shares of two files, by patient",
	    "tune：训练与验证比例（按患者）", &split },
	{ 0 } };

const char *
asking_cache(void)
{
	static char path[PATH_MAX];
	const char *given = opt_model_settings()->client.cache;
	const char *home = getenv("XDG_CACHE_HOME");
	int n;

	if (given != NULL)
		return given;
	if (home != NULL && home[0] == '/')
		n = snprintf(path, sizeof(path), "%s", home);
	else
		n = snprintf(path, sizeof(path), "%s/.cache",
		    getenv("HOME") == NULL ? "" : getenv("HOME"));
	mkdir(path, 0700);
	snprintf(path + n, sizeof(path) - (size_t)n, "/mdx");
	mkdir(path, 0700);
	snprintf(path + n, sizeof(path) - (size_t)n, "/mdx/extract.db");
	return path;
}

bool
asking_only_counts(void)
{
	return dry_run;
}

bool
asking_ttl(uint64_t *seconds, struct err *e)
{
	*seconds = 0;
	return ttl == NULL || cache_age(slice_of(ttl), seconds) ||
	    err_set(
		e, ERR_USAGE, "--ttl: '%s' is no age such as 90d or 12h", ttl);
}

static bool
read_mode(enum chat_mode *to, struct err *e)
{
	static const char *const names[] = { "text", "json_object",
		"json_schema" };

	*to = CHAT_SCHEMA;
	for (unsigned i = 0; mode != NULL && i < 3; i++)
		if (strcmp(mode, names[i]) == 0) {
			*to = (enum chat_mode)i;
			return true;
		}
	return mode == NULL || strcmp(mode, "auto") == 0 ||
	    err_set(e, ERR_USAGE,
		"--mode: '%s' is none of auto json_schema json_object text",
		mode);
}

/* 0 to 2, written as a JSON number. */
static bool
read_temperature(struct slice *to, struct err *e)
{
	const char *p = temperature;
	size_t n = 0;

	*to = slice_of(p);
	if (p == NULL || (strcmp(p, "2") == 0))
		return true;
	if (p[0] == '0' || p[0] == '1')
		n = p[1] == '.' ? 2 + strspn(p + 2, "0123456789") : 1;
	return (n == strlen(p) && p[n - 1] != '.' && n < 12) ||
	    err_set(e, ERR_USAGE,
		"--temperature: '%s' is no number from 0 to 2", p);
}

static bool
read_failed(struct model_run *m, struct err *e)
{
	if (limit_parse(
		max_failed == NULL ? "0" : max_failed, &m->max_failed, e))
		return true;
	err_wrap(e, "--max-failed");
	return false;
}

static bool
read_down(struct model_run *m, struct err *e)
{
	m->use_rules = down != NULL && strcmp(down, "rules") == 0;
	return m->use_rules || down == NULL || strcmp(down, "stop") == 0 ||
	    err_set(e, ERR_USAGE, "--down: '%s' is none of stop rules", down);
}

static bool
what_to_ask(const struct catalogue *c, struct arena *arena,
    struct asking *asking, struct err *e)
{
	struct slice rest = slice_of(ask), id;
	bool *asked;

	asking->all = ask != NULL && strcmp(ask, "all") == 0;
	if (ask == NULL || asking->all || strcmp(ask, "open") == 0)
		return true;
	asking->only = asked = arena_zalloc(arena, catalogue_count(c) + 1);
	while (slice_next(&rest, ',', &id)) {
		const struct indicator *d = catalogue_find(c, slice_trim(id));

		if (d == NULL)
			return err_set(e, ERR_USAGE,
			    "--ask: no indicator '%.*s' in the packs",
			    (int)id.n, id.p);
		asked[d->number] = true;
	}
	return true;
}

static void
client_options(struct client_options *o)
{
	o->cache = asking_cache();
	o->refresh = refresh;
	o->fixed_mode = mode != NULL && strcmp(mode, "auto") != 0;
	o->profile = profile;
	o->proxy = proxy;
	o->ca_file = ca_file;
	o->in_flight = (unsigned)in_flight;
	o->rpm = rpm;
	o->tpm = tpm;
	o->retries = (unsigned)retries;
	o->idle_ms = (unsigned)idle * 1000;
	o->total_ms = (unsigned)total * 1000;
	o->max_wait_ms = (unsigned)max_wait * 1000;
	o->say = tool_say;
}

bool
asking_read(const struct catalogue *c, struct arena *arena, struct model_run *m,
    struct err *e)
{
	m->settings = opt_model_settings();
	m->redact = redaction;
	m->asking.seed = seed;
	m->asking.votes = (unsigned)votes;
	client_options(&m->settings->client);
	if (split != NULL && !tune_shares(slice_of(split), &m->split))
		return err_set(e, ERR_USAGE,
		    "--split: '%s' is no pair of shares such as 90:10", split);
	return asking_ttl(&m->settings->client.ttl_s, e) &&
	    read_mode(&m->asking.mode, e) &&
	    read_temperature(&m->asking.temperature, e) && read_failed(m, e) &&
	    read_down(m, e) && what_to_ask(c, arena, &m->asking, e);
}
