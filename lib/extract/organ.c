#include "extract/organ.h"

#include <string.h>

enum {
	BONE = 1,
	BRAIN = 2,
	LUNG = 4,
	LIVER = 8,
	STOMACH = 16,
	BOWEL = 32,
	URINARY = 64,
	ADRENAL = 128,
	UTERUS = 256,
	BREAST = 512,
	THYROID = 1024,
	THROAT = 2048,
	MEDIASTINUM = 4096
};

/* A word stands before those that it holds: 锁骨 tells of what is beside it. */
static const struct {
	struct slice word;
	unsigned organs;
} words[] = { { SPELT("锁骨"), 0 }, { SPELT("胸骨后"), MEDIASTINUM },
	{ SPELT("胸骨旁"), 0 }, { SPELT("肾上腺"), ADRENAL },
	{ SPELT("肝曲"), BOWEL }, { SPELT("脾曲"), BOWEL },
	{ SPELT("颌骨"), THROAT | BONE }, { SPELT("胃肠"), STOMACH | BOWEL },
	{ SPELT("肠型"), 0 }, { SPELT("肝样"), 0 }, { SPELT("乳头"), 0 },
	{ SPELT("骨"), BONE }, { SPELT("椎"), BONE }, { SPELT("肋"), BONE },
	{ SPELT("髋"), BONE }, { SPELT("脊索"), BONE }, { SPELT("尤文"), BONE },
	{ SPELT("脑"), BRAIN }, { SPELT("颅"), BRAIN },
	{ SPELT("额叶"), BRAIN }, { SPELT("颞叶"), BRAIN },
	{ SPELT("顶叶"), BRAIN }, { SPELT("枕叶"), BRAIN },
	{ SPELT("岛叶"), BRAIN }, { SPELT("基底节"), BRAIN },
	{ SPELT("胶质"), BRAIN }, { SPELT("星形细胞"), BRAIN },
	{ SPELT("髓母"), BRAIN }, { SPELT("肺"), LUNG },
	{ SPELT("支气管"), LUNG }, { SPELT("肝"), LIVER },
	{ SPELT("胆"), LIVER }, { SPELT("胰"), LIVER },
	{ SPELT("壶腹"), LIVER }, { SPELT("胃"), STOMACH },
	{ SPELT("贲门"), STOMACH }, { SPELT("幽门"), STOMACH },
	{ SPELT("食管"), STOMACH }, { SPELT("肠"), BOWEL },
	{ SPELT("阑尾"), BOWEL }, { SPELT("回盲"), BOWEL },
	{ SPELT("肾"), URINARY }, { SPELT("输尿管"), URINARY },
	{ SPELT("膀胱"), URINARY }, { SPELT("前列腺"), URINARY },
	{ SPELT("尿路"), URINARY }, { SPELT("睾丸"), URINARY },
	{ SPELT("精原"), URINARY }, { SPELT("宫"), UTERUS },
	{ SPELT("卵巢"), UTERUS }, { SPELT("附件"), UTERUS },
	{ SPELT("阴道"), UTERUS }, { SPELT("乳"), BREAST },
	{ SPELT("甲状"), THYROID }, { SPELT("鼻"), THROAT },
	{ SPELT("咽"), THROAT }, { SPELT("喉"), THROAT },
	{ SPELT("舌"), THROAT }, { SPELT("口腔"), THROAT },
	{ SPELT("口咽"), THROAT }, { SPELT("口底"), THROAT },
	{ SPELT("扁桃"), THROAT }, { SPELT("胸腺"), MEDIASTINUM },
	{ SPELT("纵隔"), MEDIASTINUM } };

#define HAN 3 /* bytes of a character */

unsigned
organs_in(struct slice s)
{
	const size_t nwords = sizeof(words) / sizeof(words[0]);
	unsigned found = 0;

	while (s.n >= HAN) {
		size_t i = 0, n = 1;

		while ((unsigned char)*s.p >= 0xE3 && i < nwords &&
		    (words[i].word.p[1] != s.p[1] || words[i].word.n > s.n ||
			memcmp(words[i].word.p, s.p, words[i].word.n) != 0))
			i++;
		if ((unsigned char)*s.p >= 0xE3 && i < nwords) {
			found |= words[i].organs;
			n = words[i].word.n;
		}
		s = (struct slice){ s.p + n, s.n - n };
	}
	return found;
}
