/*
 * Unit tests of flame/: the tree, opening it, layout, covering.
 */
#include "config.h"

#include "base/out.h"
#include "flame/flame.h"
#include "profile/builder.h"
#include "profile/transform.h"

#include "tests/profile_text.h"

/* By function alone, as reports have it unless asked otherwise. */
static struct profile *profile_of(struct test *t, const char *text)
{
	struct profile *p = profile_from_text(text);

	assert_true(profile_aggregate(p, AGGREGATE_FUNCTION | AGGREGATE_INLINES, &t->err));
	return p;
}

static struct flame *flame_of(struct test *t, const struct profile *p, struct flame_options opt)
{
	struct flame *f = flame_new(p, &opt, &t->err);

	assert_non_null(f);
	return f;
}

static void open_all(struct test *t, struct flame *f, uint64_t weight)
{
	for (uint32_t i = 0; i < f->node.n; i++)
		assert_true(flame_open(f, i, weight, &t->err));
}

/*
 * "root 30 (A 20/5 (B 15/15) C 10/10)": cum/flat, callees in parentheses, "+2:3" two frames of
 * weight 3.
 */
static struct str tree_text(struct test *t, const struct flame *f, uint32_t row)
{
	const struct flame_node *n = flame_at(f, row);
	struct flame_rest rest = n->rest;
	struct str inside = STR_EMPTY, name = flame_text(f, n);

	for (uint32_t c = n->first_child_row; c != ROW_NONE; c = flame_at(f, c)->next_row) {
		struct str callee = tree_text(t, f, c);

		inside = arena_fmt(&t->arena, "%.*s%s%.*s", STR_FMT(inside), inside.len ? " " : "",
				   STR_FMT(callee));
	}
	if (rest.n)
		inside = arena_fmt(&t->arena, "%.*s%s+%u:%llu", STR_FMT(inside),
				   inside.len ? " " : "", rest.n, (unsigned long long)rest.weight);
	return arena_fmt(&t->arena, "%.*s%s %lld/%lld%s%.*s%s", STR_FMT(name),
			 n->is_inlined ? "=" : "", (long long)flame_cum(n),
			 (long long)flame_flat(n), inside.len ? " (" : "", STR_FMT(inside),
			 inside.len ? ")" : "");
}

static void expect_tree(struct test *t, const char *profile, struct flame_options opt,
			uint64_t weight, const char *text)
{
	struct profile *p = profile_of(t, profile);
	struct flame *f = flame_of(t, p, opt);

	open_all(t, f, weight);
	assert_str(tree_text(t, f, 0), text);
	flame_free(f);
	profile_free(p);
}

static void stacks_become_paths_from_the_root(void **state)
{
	expect_tree(*state,
		    "B A : 15\n"
		    "A : 5\n"
		    "C : 10\n",
		    (struct flame_options){ 0 }, 1, "root 30/0 (A 20/5 (B 15/15) C 10/10)");
}

static void the_same_function_on_two_paths_is_two_nodes(void **state)
{
	expect_tree(*state,
		    "X A : 1\n"
		    "X B : 2\n",
		    (struct flame_options){ 0 }, 1, "root 3/0 (B 2/0 (X 2/2) A 1/0 (X 1/1))");
}

static void recursion_goes_down(void **state)
{
	expect_tree(*state, "A A A : 4\n", (struct flame_options){ 0 }, 1,
		    "root 4/0 (A 4/0 (A 4/0 (A 4/4)))");
}

static void inlined_frames_are_frames(void **state)
{
	expect_tree(*state,
		    "[X|B] C : 2\n"
		    "D [X|B] C : 1\n",
		    (struct flame_options){ 0 }, 1, "root 3/0 (C 3/0 (B 3/0 (X= 3/2 (D 1/1))))");
}

static void an_inverted_tree_goes_from_the_leaf_to_the_root(void **state)
{
	expect_tree(*state,
		    "X [Y|B] A : 2\n"
		    "X C : 1\n",
		    (struct flame_options){ .is_inverted = true }, 1,
		    "root 3/0 (X 3/0 (Y= 2/0 (B 2/0 (A 2/2)) C 1/1))");
}

/* The text of a whole tree; frees it. */
static struct str whole_text(struct test *t, struct flame *f)
{
	struct str text;

	assert_non_null(f);
	open_all(t, f, 1);
	text = tree_text(t, f, 0);
	flame_free(f);
	return text;
}

/* One inverted, and one of a pivot, which outlive the first; values that are large, below zero, of a mean. */
static void trees_of_the_same_stacks_are_as_if_made_alone(void **state)
{
	static const char *const profile[] = {
		"X [Y|B] A : 2\nX C : 1\nB A X : 7\n",
		"X [Y|B] A : 2\nX C : 4294967295\nB A X : 4294967294\nB X : 9000000000000\n",
		"X [Y|B] A : 2\nX C : -1\nB A X : 7\nB A X : -6\n",
		"X [Y|B] A : 2 30\nX C : 3 10\nB A X : 0 7\n",
	};
	struct test *t = *state;

	for (size_t i = 0; i < sizeof(profile) / sizeof(profile[0]); i++) {
		struct profile *p = profile_of(t, profile[i]);
		bool is_mean = i == 3;
		struct flame_options down = { .value_index = is_mean, .is_mean = is_mean }, up = down, pivot = down;
		struct flame_common *c;
		struct flame *first = flame_of(t, p, down);

		up.is_inverted = true;
		pivot.pivot = STR("B");
		open_all(t, first, 5);
		c = flame_hold_common(first);
		flame_free(first);
		assert_str(whole_text(t, flame_new_of(c, &up, &t->err)), whole_text(t, flame_of(t, p, up)).ptr);
		assert_str(whole_text(t, flame_new_of(c, &pivot, &t->err)), whole_text(t, flame_of(t, p, pivot)).ptr);
		first = flame_new_of(c, &down, &t->err);
		flame_drop_common(c);
		flame_free(flame_hold(first));
		assert_str(whole_text(t, first), whole_text(t, flame_of(t, p, down)).ptr);
		profile_free(p);
	}
}

static void sums_of_stacks_need_no_tree(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_of(t, "B A : 2\nC A : 5\nB A : 4\n");
	struct flame *f = flame_of(t, p, (struct flame_options){ .no_tree = true });
	struct flame_sums sums;
	int64_t sum = 0;

	for (uint32_t s = 0; s < p->stack.n; s++)
		sum += flame_stack(f, s, &sums) ? sums.plus : 0;
	assert_int_equal(sum, 11);
	assert_int_equal(flame_at(f, 0)->n_item, 0);
	flame_free(f);
	profile_free(p);
}

enum { MANY = 40000, MANY_NAMES = 40 }; /* stacks that are looked at in several shares; functions */

/* Two locations a function; the stacks of the second half are those of the first, by the other locations. */
static struct profile *twin_stacks(struct test *t)
{
	static const struct value_type type[1] = { { 0, 0 } };
	struct profile_builder b;
	uint32_t location[MANY_NAMES * 2];

	assert_true(profile_builder_init(&b, &t->err));
	assert_true(profile_builder_sample_types(&b, type, 1));
	for (uint32_t i = 0; i < MANY_NAMES * 2; i++) {
		uint64_t id = i % MANY_NAMES + 1;
		str_id name = profile_builder_str(&b, arena_fmt(&t->arena, "f%u", (unsigned)id));

		location[i] = profile_builder_location(&b, i + 1, ROW_NONE, 0, false);
		assert_true(profile_builder_line(&b, profile_builder_function(&b, id, name, 0, 0, 0), 0, 0));
	}
	for (uint32_t i = 0; i < MANY * 2; i++) {
		uint32_t *room = profile_builder_stack_room(&b, 4), x = i % MANY, *to = location + i / MANY * MANY_NAMES;
		int64_t value = 1 + i;

		assert_non_null(room);
		for (int k = 0; k < 4; k++, x /= MANY_NAMES)
			room[k] = to[x % MANY_NAMES];
		assert_true(profile_builder_sample(&b, profile_builder_stack(&b, 4), 0, &value));
	}
	return profile_builder_seal(&b, &t->err);
}

static void many_stacks_with_equal_frames_become_one(void **state)
{
	struct test *t = *state;
	struct profile *p = twin_stacks(t);
	struct flame *f = flame_of(t, p, (struct flame_options){ .merge_stacks = true, .no_tree = true });
	struct flame_sums sums;

	for (uint32_t i = 0; i < MANY; i++) {
		uint32_t first = p->sample.stack_row[i], twin = p->sample.stack_row[i + MANY];

		assert_int_equal(flame_stack_merged(f, first), first);
		assert_int_equal(flame_stack_merged(f, twin), first);
		assert_true(flame_stack(f, first, &sums));
		assert_int_equal(sums.plus, 1 + i + 1 + i + MANY);
		assert_false(flame_stack(f, twin, &sums));
	}
	flame_free(f);
	profile_free(p);
}

static void samples_without_a_stack_belong_to_the_root(void **state)
{
	expect_tree(*state,
		    " : 7\n"
		    "A : 1\n",
		    (struct flame_options){ 0 }, 1, "root 8/7 (A 1/1)");
}

static void a_pivot_starts_at_its_outermost_place(void **state)
{
	static const char text[] = "Z X Y X M : 1\n"
				   "X N : 2\n"
				   "Z M : 4\n";

	expect_tree(*state, text, (struct flame_options){ .pivot = STR("X") }, 1,
		    "root 3/0 (X 3/2 (Y 1/0 (X 1/0 (Z 1/1))))");
	expect_tree(*state, text, (struct flame_options){ .pivot = STR("X"), .is_inverted = true },
		    1, "root 3/0 (X 3/0 (N 2/2 M 1/1))");
}

static void what_is_lighter_stays_together(void **state)
{
	expect_tree(*state,
		    "B A : 15\n"
		    "C A : 2\n"
		    "D A : 1\n"
		    "A : 5\n"
		    "E : 2\n",
		    (struct flame_options){ 0 }, 3, "root 25/0 (A 23/5 (B 15/15 +2:3) +1:2)");
}

static void opening_further_adds_lighter_siblings(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_of(t, "E D A : 1\n"
					  "B A : 15\n"
					  "C A : 2\n"
					  "D A : 2\n");
	struct flame *f = flame_of(t, p, (struct flame_options){ 0 });

	open_all(t, f, 10);
	assert_str(tree_text(t, f, 0), "root 20/0 (A 20/0 (B 15/15 +2:5))");
	open_all(t, f, 3);
	assert_str(tree_text(t, f, 0), "root 20/0 (A 20/0 (B 15/15 D 3/2 (+1:1) +1:2))");
	open_all(t, f, 5); /* opened further already */
	open_all(t, f, 1);
	assert_str(tree_text(t, f, 0), "root 20/0 (A 20/0 (B 15/15 D 3/2 (E 1/1) C 2/2))");
	flame_free(f);
	profile_free(p);
}

/* The same answer before a node is opened, opened in part, and whole. */
static void what_a_node_has_is_known_before_it_is_opened(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_of(t, "A : 7\n"
					  "B A : 15\n"
					  "C A : 2\n");
	struct flame *f = flame_of(t, p, (struct flame_options){ 0 });

	open_all(t, f, 24);
	for (uint64_t weight = 24; weight > 0; weight /= 2) {
		struct flame_own a = flame_own(f, 1);

		assert_int_equal(a.flat, 7);
		assert_true(a.has_callees);
		assert_true(flame_open(f, 1, weight, &t->err));
	}
	assert_int_equal(flame_own(f, 2).flat, 15);
	assert_false(flame_own(f, 2).has_callees);
	flame_free(f);
	profile_free(p);
}

static void values_below_zero_make_a_comparison(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_of(t, "B A : 10\n"
					  "B A : -4\n"
					  "C A : -5\n");
	struct flame *f = flame_of(t, p, (struct flame_options){ 0 });
	const struct flame_node *a;

	open_all(t, f, 1);
	assert_true(f->is_diff);
	assert_str(tree_text(t, f, 0), "root 1/0 (A 1/0 (B 6/6 C -5/-5))");
	a = flame_at(f, flame_at(f, 0)->first_child_row);
	assert_int_equal(a->plus, 10);
	assert_int_equal(a->minus, 9);
	/* the larger one of before and after, stack by stack */
	assert_int_equal(a->weight, 15);
	flame_free(f);
	profile_free(p);
}

static void before_and_after_meet_though_addresses_differ(void **state)
{
	struct test *t = *state;
	/* the same functions at other addresses: locations of their own */
	struct profile *p = profile_of(t, "B A : 10\n"
					  "B [A|A] : 1\n"
					  "[B|A] : -10\n");
	struct flame *f = flame_of(t, p, (struct flame_options){ 0 });

	open_all(t, f, 1);
	assert_int_equal(flame_at(f, 0)->weight, 11);
	assert_str(tree_text(t, f, 0), "root 1/0 (A 1/0 (B 0/0 A= 1/0 (B 1/1)))");
	flame_free(f);
	profile_free(p);
}

static void a_mean_is_divided_where_it_is_shown(void **state)
{
	expect_tree(*state,
		    "B A : 2 10\n"
		    "A : 3 30\n",
		    (struct flame_options){ .value_index = 1, .is_mean = true }, 1,
		    "root 8/0 (A 8/10 (B 5/5))");
}

/* "A 0+20, B 0+15, *2 15+3": x+width of each box in the order of the layout. */
static struct str box_text(struct test *t, const struct flame *f, const struct flame_boxes *boxes)
{
	struct str all = STR_EMPTY;

	for (size_t i = 0; i < boxes->n; i++) {
		const struct flame_box *b = &boxes->at[i];
		struct str name = b->node_row == ROW_NONE ? arena_fmt(&t->arena, "*%u", b->n_merged)
							  : flame_text(f, flame_at(f, b->node_row));

		all = arena_fmt(&t->arena, "%.*s%s%.*s %u+%u", STR_FMT(all), i ? ", " : "",
				STR_FMT(name), b->x, b->width);
	}
	return all;
}

static void expect_boxes(struct test *t, const char *profile, struct flame_layout l,
			 const char *text)
{
	struct profile *p = profile_of(t, profile);
	struct flame *f = flame_of(t, p, (struct flame_options){ 0 });
	struct flame_boxes boxes;

	assert_true(flame_lay_out(f, &l, &t->arena, &boxes, &t->err));
	assert_str(box_text(t, f, &boxes), text);
	flame_free(f);
	profile_free(p);
}

static const char laid_out[] = "B A : 15\n"
			       "C A : 2\n"
			       "D A : 1\n"
			       "A : 5\n"
			       "E : 2\n";

static void boxes_fill_their_parent_from_the_left(void **state)
{
	expect_boxes(*state, laid_out,
		     (struct flame_layout){ .width = 25, .min_width = 1, .max_depth = UINT32_MAX },
		     "root 0+25, A 0+23, B 0+15, C 15+2, D 17+1, E 23+2");
}

static void narrow_boxes_are_merged_and_counted(void **state)
{
	expect_boxes(*state, laid_out,
		     (struct flame_layout){ .width = 25, .min_width = 3, .max_depth = UINT32_MAX },
		     "root 0+25, A 0+23, B 0+15, *2 15+3, *1 23+2");
}

static void depth_has_an_end(void **state)
{
	expect_boxes(*state, laid_out,
		     (struct flame_layout){ .width = 50, .min_width = 1, .max_depth = 1 },
		     "root 0+50, A 0+46, E 46+4");
}

static void an_empty_profile_is_a_root(void **state)
{
	expect_boxes(*state, "A : 0\n",
		     (struct flame_layout){ .width = 50, .min_width = 1, .max_depth = UINT32_MAX },
		     "root 0+50");
}

static void a_layout_can_start_at_any_node(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_of(t, laid_out);
	struct flame *f = flame_of(t, p, (struct flame_options){ 0 });
	struct flame_layout l = { .width = 25, .min_width = 4, .max_depth = UINT32_MAX };
	struct flame_boxes boxes;

	assert_true(flame_lay_out(f, &l, &t->arena, &boxes, &t->err));
	l.root_row = flame_at(f, 0)->first_child_row;
	l.width = 230;
	assert_true(flame_lay_out(f, &l, &t->arena, &boxes, &t->err));
	assert_str(box_text(t, f, &boxes), "A 0+230, B 0+150, C 150+20, D 170+10");
	flame_free(f);
	profile_free(p);
}

static void a_cover_counts_no_stack_twice(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_of(t, "X Y X : 3\n"
					  "Y Z : 4\n"
					  "Z : 8\n");
	struct flame *f = flame_of(t, p, (struct flame_options){ 0 });
	struct regex *re = regex_compile(STR("X|Y"), &t->err);
	struct flame_cover cover;
	uint8_t is_match[8];

	assert_true(f->n_frame < sizeof(is_match));
	flame_match(f, re, is_match);
	assert_true(flame_cover(f, is_match, &cover, &t->err));
	assert_int_equal(cover.plus, 7);
	regex_free(re);
	flame_free(f);
	profile_free(p);
}

/* "A B 3, C 4-1": frames and sums of each stack. */
static void expect_stacks(struct test *t, const char *profile, struct flame_options opt,
			  const char *text)
{
	struct profile *p = profile_of(t, profile);
	struct flame *f = flame_of(t, p, opt);
	struct str all = STR_EMPTY;

	for (uint32_t i = 0; i < p->stack.n; i++) {
		struct flame_item walk = flame_walk(f, i);
		struct flame_sums sums;
		uint32_t frame;

		if (!flame_stack(f, i, &sums))
			continue;
		all = arena_fmt(&t->arena, "%.*s%s", STR_FMT(all), all.len ? ", " : "");
		while (flame_walk_next(f, &walk, &frame))
			all = arena_fmt(&t->arena, "%.*s%.*s ", STR_FMT(all),
					STR_FMT(f->frame[frame].text));
		all = arena_fmt(&t->arena, "%.*s%lld", STR_FMT(all), (long long)sums.plus);
		if (sums.minus)
			all = arena_fmt(&t->arena, "%.*s-%lld", STR_FMT(all),
					(long long)sums.minus);
	}
	assert_str(all, text);
	flame_free(f);
	profile_free(p);
}

static void stacks_are_given_one_by_one(void **state)
{
	static const char text[] = "X [B|A] : 3\n"
				   "X B A : 2\n"
				   "C : 0\n"
				   " : 1\n";

	expect_stacks(*state, text, (struct flame_options){ 0 }, "1, A B X 3, A B X 2");
	expect_stacks(*state, text, (struct flame_options){ .merge_stacks = true }, "1, A B X 5");
	expect_stacks(*state, text, (struct flame_options){ .is_inverted = true },
		      "1, X B A 3, X B A 2");
}

/* Numbers that look random and are the same in each run. */
static uint32_t next_number(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 8;
}

/* Shapes of trees, as numbers of samples, frames and functions, and the values of samples. */
static const struct tree_shape {
	uint32_t n_sample, n_frame, n_function, largest;
	bool has_negative;
} tree_shapes[] = {
	{ .n_sample = 60, .n_frame = 9, .n_function = 5, .largest = 1000 },
	{ .n_sample = 8, .n_frame = 600, .n_function = 2, .largest = 1000 },	/* deep */
	{ .n_sample = 400, .n_frame = 3, .n_function = 300, .largest = 1000 },	/* wide */
	{ .n_sample = 60, .n_frame = 9, .n_function = 4, .largest = 2 },	/* zeros */
	{ .n_sample = 90, .n_frame = 9, .n_function = 5, .largest = 1000, .has_negative = true },
	{ .n_sample = 200, .n_frame = 5, .n_function = 30, .largest = 3, .has_negative = true },
	{ .n_sample = 3, .n_frame = 4, .n_function = 9, .largest = 1000000000 },
};

enum { N_TREE_SHAPES = sizeof(tree_shapes) / sizeof(tree_shapes[0]) };

/* Few stacks are heavy and most are light, as in profiles. */
static int64_t random_value(const struct tree_shape *shape, uint32_t *seed)
{
	uint32_t value = next_number(seed) % shape->largest;

	if (next_number(seed) % 3)
		value = value / (1 + next_number(seed) % 1000);
	return shape->has_negative && next_number(seed) % 2 ? -(int64_t)value : value;
}

static struct profile *random_profile(struct test *t, const struct tree_shape *shape, uint32_t *seed)
{
	struct profile *p;
	struct out text;

	out_open_memory(&text);
	for (uint32_t i = 0, n = 1 + next_number(seed) % shape->n_sample; i < n; i++) {
		for (uint32_t d = 0, depth = next_number(seed) % shape->n_frame; d < depth; d++)
			out_fmt(&text, "F%u ", next_number(seed) % shape->n_function);
		out_fmt(&text, ": %lld\n", (long long)random_value(shape, seed));
	}
	out_char(&text, '\0');
	p = profile_of(t, out_text(&text).ptr);
	out_release(&text);
	return p;
}

/*
 * Callees against their parent: they stand side by side from its left edge, in the order of their
 * weight; with its own share they weigh what it weighs and fill it, each within one unit of where it
 * should be; each of them is in one box, its own or the merged one.
 */
static void check_box(const struct flame *f, const struct flame_boxes *boxes, size_t parent,
		      uint32_t min_width)
{
	const struct flame_box *p = &boxes->at[parent];
	const struct flame_node *node = flame_at(f, p->node_row);
	uint64_t weight = 0, last = UINT64_MAX;
	uint32_t x = p->x, n = 0, n_merged = 0;

	for (size_t i = parent + 1; i < boxes->n && boxes->at[i].depth > p->depth; i++) {
		const struct flame_box *b = &boxes->at[i];
		double exact = (double)weight / (double)node->weight * p->width;

		if (b->depth != p->depth + 1)
			continue;
		assert_int_equal(b->parent_row, p->node_row);
		assert_int_equal(b->x, x);
		assert_true(exact - 1 < x - p->x && x - p->x < exact + 1);
		x += b->width;
		weight += b->weight;
		n_merged += b->n_merged;
		if (b->node_row == ROW_NONE)
			continue;
		n++;
		assert_int_equal(n_merged, 0); /* the merged box is the last one */
		assert_int_equal(b->weight, flame_at(f, b->node_row)->weight);
		assert_true(b->weight <= last);
		assert_true(b->width >= min_width);
		last = b->weight;
	}
	assert_int_equal(weight + node->flat_weight, node->weight);
	assert_true(x <= p->x + p->width);
	if (!node->flat_weight && weight)
		assert_int_equal(x, p->x + p->width);
	for (uint32_t c = node->first_child_row; c != ROW_NONE; c = flame_at(f, c)->next_row)
		n--;
	assert_int_equal(n + n_merged, node->rest.n);
}

/* Frames below a node when everything is opened. */
static uint64_t count_frames(struct test *t, struct flame *f)
{
	open_all(t, f, 1);
	return f->node.n;
}

/* Every frame of the whole tree is drawn, or below exactly one merged box, or in it. */
static void check_all(struct test *t, struct flame *f, const struct flame_boxes *boxes)
{
	uint64_t n = count_frames(t, f), n_found = 0;
	uint8_t *is_drawn = ARENA_ZERO(&t->arena, uint8_t, n), *has_merged = ARENA_ZERO(&t->arena, uint8_t, n);

	for (size_t i = 0; i < boxes->n; i++) {
		const struct flame_box *b = &boxes->at[i];
		uint8_t *mark = b->node_row == ROW_NONE ? &has_merged[b->parent_row] : &is_drawn[b->node_row];

		assert_int_equal(*mark, 0);
		*mark = 1;
	}
	for (uint32_t row = 0; row < n; row++) {
		uint32_t at = row, parent = flame_at(f, at)->parent_row;

		while (!is_drawn[at] && !is_drawn[parent]) {
			at = parent;
			parent = flame_at(f, at)->parent_row;
		}
		n_found += is_drawn[row] || has_merged[parent];
	}
	assert_int_equal(n_found, n);
}

static void boxes_of_random_trees_add_up(void **state)
{
	struct test *t = *state;
	uint32_t seed = 1;

	for (uint32_t round = 0; round < 70 * N_TREE_SHAPES; round++) {
		struct profile *p = random_profile(t, &tree_shapes[round % N_TREE_SHAPES], &seed);
		struct flame *f = flame_of(t, p, (struct flame_options){ .is_inverted = round / N_TREE_SHAPES % 2 });
		uint32_t unit = next_number(&seed) % 3 ? 8 : 1; /* eighths of a cell, or cells */
		struct flame_layout l = { .width = (1 + next_number(&seed) % 500) * unit,
					  .min_width = unit,
					  .max_depth = UINT32_MAX };
		struct flame_boxes boxes;

		assert_true(flame_lay_out(f, &l, &t->arena, &boxes, &t->err));
		for (size_t i = 0; i < boxes.n; i++)
			if (boxes.at[i].node_row != ROW_NONE && flame_at(f, boxes.at[i].node_row)->weight)
				check_box(f, &boxes, i, l.min_width);
		check_all(t, f, &boxes);
		flame_free(f);
		profile_free(p);
		arena_reset(&t->arena);
	}
}

/* "A B 20": the way from the root to where a function is found, and its weight; "" is nowhere. */
static void expect_found(struct test *t, struct flame *f, const char *function, uint32_t through, const char *text)
{
	struct str way = STR_EMPTY;
	uint32_t row;

	assert_true(flame_find_function(f, str_from(function), through, &row, &t->err));
	if (row != ROW_NONE)
		way = arena_fmt(&t->arena, " %llu", (unsigned long long)flame_at(f, row)->weight);
	for (; row != ROW_NONE && row != 0; row = flame_at(f, row)->parent_row)
		way = arena_fmt(&t->arena, "%s%.*s%.*s", flame_at(f, row)->depth > 1 ? " " : "",
				STR_FMT(flame_text(f, flame_at(f, row))), STR_FMT(way));
	assert_str(way, text);
}

static void a_function_is_found_where_it_is_heaviest(void **state)
{
	struct test *t = *state;
	/* X is heaviest on one stack below C, and as a whole below A. */
	struct profile *p = profile_of(t, "X B A : 3\n"
					  "Y X X B A : 3\n"
					  "X C : 4\n"
					  "Y C : 1\n");
	struct flame *f = flame_of(t, p, (struct flame_options){ 0 });

	expect_found(t, f, "X", 0, "A B X 6");
	assert_str(tree_text(t, f, 0), "root 11/0 (A 6/0 (B 6/0 (X 6/0)) +1:5)");
	expect_found(t, f, "Y", 0, "A B X X Y 3");
	expect_found(t, f, "Z", 0, "");
	flame_free(f);
	f = flame_of(t, p, (struct flame_options){ .is_inverted = true });
	expect_found(t, f, "B", 0, "X B 3");
	flame_free(f);
	profile_free(p);
}

static void a_function_is_found_below_a_node(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_of(t, "X B A : 6\n"
					  "X C : 4\n"
					  "X D C : 5\n");
	struct flame *f = flame_of(t, p, (struct flame_options){ 0 });
	uint32_t c;

	assert_true(flame_find_function(f, STR("C"), 0, &c, &t->err));
	expect_found(t, f, "X", c, "C D X 5");
	expect_found(t, f, "C", c, "C 9");
	expect_found(t, f, "B", c, "");
	flame_free(f);
	profile_free(p);
}

static void a_function_is_found_without_its_file(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_from_text("X A : 2\n");
	struct flame *f;

	assert_true(profile_aggregate(p, AGGREGATE_FUNCTION | AGGREGATE_FILENAME, &t->err));
	f = flame_of(t, p, (struct flame_options){ 0 });
	expect_found(t, f, "X X.c", 0, "A A.c X X.c 2");
	expect_found(t, f, "X", 0, "A A.c X X.c 2");
	flame_free(f);
	profile_free(p);
}

/* Of random trees every function is found where the whole tree has its heaviest node. */
static void the_heaviest_of_random_trees_is_found(void **state)
{
	struct test *t = *state;
	uint32_t seed = 7;

	for (uint32_t round = 0; round < 20 * N_TREE_SHAPES; round++) {
		struct profile *p = random_profile(t, &tree_shapes[round % N_TREE_SHAPES], &seed);
		struct flame_options opt = { .is_inverted = round / N_TREE_SHAPES % 2 };
		struct flame *whole = flame_of(t, p, opt), *f = flame_of(t, p, opt);
		uint64_t *most = ARENA_ZERO(&t->arena, uint64_t, whole->n_frame);

		open_all(t, whole, 1);
		for (uint32_t i = 1; i < whole->node.n; i++) {
			const struct flame_node *n = flame_at(whole, i);

			if (n->weight > most[n->frame_row])
				most[n->frame_row] = n->weight;
		}
		for (uint32_t i = 0; i < f->n_frame; i++) {
			uint32_t row;

			assert_true(flame_find_function(f, f->frame[i].text, 0, &row, &t->err));
			assert_int_equal(row == ROW_NONE ? 0 : flame_at(f, row)->weight, most[i]);
		}
		flame_free(whole);
		flame_free(f);
		profile_free(p);
		arena_reset(&t->arena);
	}
}

static void one_that_nobody_waits_for_is_given_up(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_of(t, "B A : 3\nC A : 2\n");
	struct cancel cancel = { .is_raised = true };
	struct flame_options opt = { .value_index = 0, .cancel = &cancel };
	struct flame *f = flame_new(p, &opt, &t->err);

	assert_null(f);
	assert_error(&t->err, ERR_CANCELLED, "interrupted");
	error_clear(&t->err);
	cancel_reset(&cancel);
	f = flame_of(t, p, opt);
	cancel_raise(&cancel);
	assert_false(flame_open(f, 0, 1, &t->err));
	assert_error(&t->err, ERR_CANCELLED, "interrupted");
	error_clear(&t->err);
	cancel_reset(&cancel);
	open_all(t, f, 1);
	assert_str(tree_text(t, f, 0), "root 5/0 (A 5/0 (B 3/3 C 2/2))");
	flame_free(f);
	profile_free(p);
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(stacks_become_paths_from_the_root),
		TEST(the_same_function_on_two_paths_is_two_nodes),
		TEST(recursion_goes_down),
		TEST(inlined_frames_are_frames),
		TEST(an_inverted_tree_goes_from_the_leaf_to_the_root),
		TEST(trees_of_the_same_stacks_are_as_if_made_alone),
		TEST(sums_of_stacks_need_no_tree),
		TEST(many_stacks_with_equal_frames_become_one),
		TEST(samples_without_a_stack_belong_to_the_root),
		TEST(a_pivot_starts_at_its_outermost_place),
		TEST(what_is_lighter_stays_together),
		TEST(opening_further_adds_lighter_siblings),
		TEST(what_a_node_has_is_known_before_it_is_opened),
		TEST(values_below_zero_make_a_comparison),
		TEST(before_and_after_meet_though_addresses_differ),
		TEST(a_mean_is_divided_where_it_is_shown),
		TEST(boxes_fill_their_parent_from_the_left),
		TEST(narrow_boxes_are_merged_and_counted),
		TEST(depth_has_an_end),
		TEST(an_empty_profile_is_a_root),
		TEST(a_layout_can_start_at_any_node),
		TEST(a_cover_counts_no_stack_twice),
		TEST(stacks_are_given_one_by_one),
		TEST(one_that_nobody_waits_for_is_given_up),
		TEST(boxes_of_random_trees_add_up),
		TEST(a_function_is_found_where_it_is_heaviest),
		TEST(a_function_is_found_below_a_node),
		TEST(a_function_is_found_without_its_file),
		TEST(the_heaviest_of_random_trees_is_found),
	};

	return TEST_RUN(tests, argc, argv);
}
