#include "cli/model.h"

#include <stdlib.h>

static struct opt_list urls;
static struct model_settings given = { .client = { .in_flight = 8,
					   .retries = 6,
					   .idle_ms = 120 * 1000,
					   .total_ms = 900 * 1000,
					   .max_wait_ms = 60 * 1000 } };

const struct opt opt_model[] = { { OPT_LIST, 0, "llm", "URL",
				     "ask this model for what is open",
				     "未定的内容询问该模型服务", &urls },
	{ OPT_TEXT, 0, "model", "NAME", "the model (the server's only one)",
	    "模型名称", &given.model },
	{ OPT_TEXT, 0, "key-file", "FILE", "its API key ($MDX_LLM_KEY)",
	    "模型密钥文件（$MDX_LLM_KEY）", &given.key_path },
	{ OPT_FLAG, 0, "allow-external", NULL,
	    "a server that is not private; redacts",
	    "允许外部服务器（强制去标识）", &given.client.external },
	{ OPT_TEXT, 0, "cache", "FILE", "answers already paid for",
	    "应答缓存文件", &given.client.cache },
	{ OPT_FLAG, 0, "cache-only", NULL, "open no socket, replay",
	    "只用缓存，不连网络", &given.client.cache_only },
	{ OPT_NUMBER, 0, "max-requests", "N", "then end, to go on later",
	    "请求总数上限", &given.client.max_requests },
	{ OPT_NUMBER, 0, "max-tokens", "N", "the same, of tokens",
	    "词元总数上限", &given.client.max_tokens },
	{ OPT_TEXT, 0, "max-cost", "C", "the same, of money (--price)",
	    "费用上限（需 --price）", &given.client.max_cost },
	{ OPT_TEXT, 0, "price", "FILE", "what a million tokens cost",
	    "每百万词元的价格表", &given.client.price },
	{ 0 } };

struct model_settings *
opt_model_settings(void)
{
	given.client.urls = urls.items;
	given.key = getenv("MDX_LLM_KEY");
	return &given;
}
