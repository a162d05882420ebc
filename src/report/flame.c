/*
 * What reports of stacks share.
 *
 * Lives here: from a report's input to a flame's options.
 */
#include "config.h"

#include "report/report.h"

struct flame_options report_flame_options(const struct report_input *in)
{
	return (struct flame_options){
		.value_index = in->value_index,
		.is_mean = in->is_mean,
		.is_inverted = in->is_inverted,
		.trim_path = in->trim_path,
		.source_path = in->source_path,
		.cancel = in->cancel,
	};
}
