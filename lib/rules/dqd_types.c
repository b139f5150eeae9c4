#include "base/decimal.h"
#include "rules/dqd_parts.h"

bool
dqd_among(struct slice word, const char *const *list)
{
	for (; *list != NULL; list++)
		if (slice_is(word, *list))
			return true;
	return false;
}

bool
dqd_is_number(const struct dqd_check *c, struct slice cell)
{
	struct decimal d;
	struct err e = { 0 };

	return decimal_parse(cell, c->arena, &d, &e);
}

static const struct dqd_type types[] = {
	{ DQD_TABLE, "cdmTable", dqd_cdm_table, "缺少此表",
	    "the table is missing" },
	{ DQD_TABLE, "measurePersonCompleteness", dqd_person_completeness,
	    "有患者在此表中没有记录", "a person has no record here" },
	{ DQD_TABLE, "measureConditionEraCompleteness", dqd_condition_era,
	    "有诊断的患者没有诊断时段",
	    "a person with a condition has no era" },
	{ DQD_TABLE, "measureObservationPeriodOverlap", dqd_period_overlap,
	    "患者的观察期重叠或首尾相接",
	    "a person's periods overlap or follow on one another" },
	{ DQD_FIELD, "cdmField", dqd_cdm_field, "缺少此字段",
	    "the field is missing" },
	{ DQD_FIELD, "isRequired", dqd_is_required, "必填字段为空",
	    "a required field is null" },
	{ DQD_FIELD, "measureValueCompleteness", dqd_value_completeness,
	    "字段为空", "the field is null" },
	{ DQD_FIELD, "cdmDatatype", dqd_data_type, "不是整数",
	    "the value is no integer" },
	{ DQD_FIELD, "isPrimaryKey", dqd_primary_key, "主键重复",
	    "the key is there more than once" },
	{ DQD_FIELD, "isForeignKey", dqd_foreign_key, "外键没有对应的记录",
	    "the key leads to no record" },
	{ DQD_FIELD, "fkDomain", dqd_fk_domain, "概念的领域不符",
	    "the concept is of another domain" },
	{ DQD_FIELD, "fkClass", dqd_fk_class, "概念的类别不符",
	    "the concept is of another class" },
	{ DQD_FIELD, "isStandardValidConcept", dqd_standard_concept,
	    "不是有效的标准概念", "the concept is not standard and valid" },
	{ DQD_FIELD, "standardConceptRecordCompleteness",
	    dqd_record_completeness, "未映射到标准概念",
	    "no standard concept" },
	{ DQD_FIELD, "sourceConceptRecordCompleteness", dqd_record_completeness,
	    "未映射到源概念", "no source concept" },
	{ DQD_FIELD, "sourceValueCompleteness", dqd_source_value,
	    "源值未映射到标准概念", "a source value without standard concept" },
	{ DQD_FIELD, "plausibleValueLow", dqd_value_low, "低于合理下限",
	    "below the plausible limit" },
	{ DQD_FIELD, "plausibleValueHigh", dqd_value_high, "高于合理上限",
	    "above the plausible limit" },
	{ DQD_FIELD, "plausibleTemporalAfter", dqd_temporal_after,
	    "早于不应早于的日期", "before the date that it follows" },
	{ DQD_FIELD, "plausibleDuringLife", dqd_during_life, "在死亡 60 天以后",
	    "more than 60 days after death" },
	{ DQD_FIELD, "withinVisitDates", dqd_within_visit,
	    "超出就诊起止 7 天以上", "more than 7 days outside of the visit" },
	{ DQD_FIELD, "plausibleAfterBirth", dqd_after_birth, "早于出生日期",
	    "before birth" },
	{ DQD_FIELD, "plausibleBeforeDeath", dqd_before_death,
	    "在死亡 60 天以后", "more than 60 days after death" },
	{ DQD_FIELD, "plausibleStartBeforeEnd", dqd_start_before_end,
	    "开始晚于结束", "the start is after the end" },
	{ DQD_CONCEPT, "plausibleGender", dqd_gender, "概念与性别不符",
	    "the concept does not go with the gender" },
	{ DQD_CONCEPT, "plausibleGenderUseDescendants", dqd_gender_descendants,
	    "概念与性别不符", "the concept does not go with the gender" },
	{ DQD_CONCEPT, "plausibleUnitConceptIds", dqd_units, "单位不合理",
	    "the unit is not plausible" },
	{ DQD_CONCEPT, "plausibleValueLow", dqd_concept_low, "低于合理下限",
	    "below the plausible limit" },
	{ DQD_CONCEPT, "plausibleValueHigh", dqd_concept_high, "高于合理上限",
	    "above the plausible limit" },
};

const struct dqd_type *
dqd_type_find(enum dqd_table level, struct slice name)
{
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (types[i].level == level && slice_is(name, types[i].name))
			return &types[i];
	return NULL;
}
