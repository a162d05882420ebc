/*
 * proto and topproto: compressed profile.proto.
 *
 * Lives here: spec/reports.md 13, and how any profile is written compressed.
 * Not here: the wire (profile/encode.h), gzip (base/gzip.h).
 */
#include "config.h"

#include "base/gzip.h"
#include "base/hash.h"
#include "profile/builder.h"
#include "profile/encode.h"
#include "report/report.h"

static void compress(void *writer, const void *p, size_t n)
{
	gzip_write(writer, p, n);
}

static bool write_profile(const struct profile *p, double ratio, struct out *out, struct error *err)
{
	struct gzip_writer *writer = gzip_writer_new(out, err);
	struct out plain;
	bool ok;

	if (!writer)
		return false;
	out_open_sink(&plain, compress, writer);
	plain.cancel = out->cancel;
	ok = profile_encode(p, ratio, &plain, err);
	ok = out_close(&plain, err) && ok;
	gzip_finish(writer);
	return ok;
}

bool report_proto_write(const struct report_input *in, struct out *out, struct error *err)
{
	return write_profile(in->profile, in->ratio, out, err);
}

/* ---- topproto ---- */

/* A profile of the nodes of a graph, one sample a node. */
struct maker {
	const struct report_input *in;
	const struct graph *g;
	struct profile_builder b;
	struct row_index index;	    /* of functions */
	VEC(uint32_t) function_info; /* info row that each function stands for */
	struct measure_scaler scaler;
};

static str_id text(struct maker *m, struct str s)
{
	return profile_builder_str(&m->b, s);
}

/* Functions differ by name, file and start line. */
static uint32_t function_of(struct maker *m, uint32_t info_row)
{
	const struct node_info *info = &m->g->info[info_row], *other;
	uint64_t hash = hash_mix(m->index.seed, (uint64_t)info->name << 32 | info->file);
	uint32_t row;
	str_id name, file;

	hash = hash_mix(hash, (uint64_t)info->start_line);
	for (size_t at = row_index_start(hash); (row = row_index_probe(&m->index, &at, hash)) != ROW_NONE;) {
		other = &m->g->info[m->function_info.at[row]];
		if (other->name == info->name && other->file == info->file && other->start_line == info->start_line)
			return row;
	}
	name = text(m, graph_text(m->g, info->name));
	file = text(m, graph_text(m->g, info->file));
	if (name == STR_ID_NONE || file == STR_ID_NONE || !vec_push(&m->function_info, info_row) ||
	    !row_index_add(&m->index, hash, (uint32_t)m->function_info.n - 1))
		return ROW_NONE;
	return profile_builder_function(&m->b, m->function_info.n, name, 0, file, info->start_line);
}

static int64_t scaled(const struct maker *m, int64_t value)
{
	return i64_from_double(measure_scale_with(&m->scaler, value, NULL));
}

static bool add_node(struct maker *m, uint32_t position)
{
	uint32_t row = m->g->list[position], function = function_of(m, m->g->node[row].info_row), location, stack;
	const struct node_info *info = graph_info(m->g, row);
	const struct graph_node *n = &m->g->node[row];
	int64_t value[2] = { scaled(m, graph_cum(n)), scaled(m, graph_flat(n)) };
	uint32_t *room;

	location = profile_builder_location(&m->b, (uint64_t)position + 1, ROW_NONE, info->address, false);
	if (function == ROW_NONE || location == ROW_NONE ||
	    !profile_builder_line(&m->b, function, info->line, info->column))
		return false;
	room = profile_builder_stack_room(&m->b, 1);
	if (!room)
		return false;
	*room = location;
	stack = profile_builder_stack(&m->b, 1);
	return stack != ROW_NONE && profile_builder_sample(&m->b, stack, 0, value);
}

static bool add_header(struct maker *m, struct str unit)
{
	const struct profile *from = m->in->profile;
	struct profile *p = m->b.p;
	struct value_type type[2] = { { .type = text(m, STR("cum")), .unit = text(m, unit) },
				      { .type = text(m, STR("flat")), .unit = text(m, unit) } };

	p->time_nanos = from->time_nanos;
	p->duration_nanos = from->duration_nanos;
	p->period = from->period;
	p->period_type.type = text(m, profile_text(from, from->period_type.type));
	p->period_type.unit = text(m, profile_text(from, from->period_type.unit));
	return type[0].type != STR_ID_NONE && type[0].unit != STR_ID_NONE && type[1].type != STR_ID_NONE &&
	       p->period_type.type != STR_ID_NONE && p->period_type.unit != STR_ID_NONE &&
	       profile_builder_sample_types(&m->b, type, 2);
}

static struct profile *profile_of_nodes(const struct report_input *in, const struct graph *g, struct error *err)
{
	struct maker m = { .in = in, .g = g, .function_info = VEC_INIT };
	struct str unit = report_unit(in, g, false);
	struct profile *p = NULL;
	bool ok;

	if (!profile_builder_init(&m.b, err))
		return NULL;
	row_index_init(&m.index);
	measure_scaler_init(&m.scaler, in->sample_unit, unit);
	ok = add_header(&m, unit);
	for (uint32_t i = 0; ok && i < g->n_list; i++)
		ok = add_node(&m, i);
	if (ok)
		p = profile_builder_seal(&m.b, err);
	else
		profile_builder_failed(&m.b, err);
	profile_builder_release(&m.b);
	row_index_release(&m.index);
	vec_release(&m.function_info);
	return p;
}

bool report_topproto_write(const struct report_input *in, struct out *out, struct error *err)
{
	struct graph *g = report_graph(in, GRAPH_ONLY_INLINING, err);
	struct profile *p = g ? profile_of_nodes(in, g, err) : NULL;
	bool ok = p && write_profile(p, 1, out, err);

	profile_free(p);
	graph_free(g);
	return ok;
}
