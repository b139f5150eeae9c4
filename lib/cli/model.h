/*
 * model - the options of a tool that asks a model, the same in all of them.
 */
#ifndef CLI_MODEL_H
#define CLI_MODEL_H

#include "cli/opt.h"
#include "model/settings.h"

/* For a tool's table: { OPT_TABLE, .rows = opt_model }. */
extern const struct opt opt_model[];

/* What they say, behind opt_parse; all else as patient as is usual. */
struct model_settings	*opt_model_settings(void);

#endif
