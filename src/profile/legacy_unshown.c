/*
 * Frames that legacy profiles do not show.
 *
 * Lives here: the patterns for the profiler's and the allocator's own frames, which those
 * formats do not bring along, and which goes with what (spec/profile.md 6.1).
 */
#include "config.h"

#include "profile/legacy_shared.h"

static const char cpu_frames[] =
	"ProfileData::Add|ProfileData::prof_handler|CpuProfiler::prof_handler|"
	"__pthread_sighandler|__restore";

static const char lock_frames[] =
	"RecordLockProfileData|(base::)?RecordLockProfileData.*|"
	"(base::)?SubmitMutexProfileData.*|(base::)?SubmitSpinLockProfileData.*|"
	"(base::Mutex::)?AwaitCommon.*|(base::Mutex::)?Unlock.*|"
	"(base::Mutex::)?UnlockSlow.*|(base::Mutex::)?ReaderUnlock.*|"
	"(base::MutexLock::)?~MutexLock.*|(Mutex::)?AwaitCommon.*|(Mutex::)?Unlock.*|"
	"(Mutex::)?UnlockSlow.*|(Mutex::)?ReaderUnlock.*|(MutexLock::)?~MutexLock.*|"
	"(SpinLock::)?Unlock.*|(SpinLock::)?SlowUnlock.*|"
	"(SpinLockHolder::)?~SpinLockHolder.*";

static const char alloc_frames[] =
	"calloc|cfree|malloc|free|memalign|do_memalign|(__)?posix_memalign|pvalloc|"
	"valloc|realloc|tcmalloc::.*|tc_calloc|tc_cfree|tc_malloc|tc_free|tc_memalign|"
	"tc_posix_memalign|tc_pvalloc|tc_valloc|tc_realloc|tc_new|tc_delete|tc_newarray|"
	"tc_deletearray|tc_new_nothrow|tc_newarray_nothrow|malloc_zone_malloc|"
	"malloc_zone_calloc|malloc_zone_valloc|malloc_zone_realloc|malloc_zone_memalign|"
	"malloc_zone_free|runtime\\..*|BaseArena::.*|(::)?do_malloc_no_errno|"
	"(::)?do_malloc_pages|(::)?do_malloc|DoSampledAllocation|"
	"MallocedMemBlock::MallocedMemBlock|_M_allocate|__builtin_(vec_)?delete|"
	"__builtin_(vec_)?new|__gnu_cxx::new_allocator::allocate|__libc_malloc|"
	"__malloc_alloc_template::allocate|allocate|cpp_alloc|operator new(\\[\\])?|"
	"simple_alloc::allocate";

static const char alloc_keep_frames[] =
	"runtime\\.panic|runtime\\.reflectcall|runtime\\.call[0-9]*";

/* Names of the sample types, and the patterns.  One row at most agrees. */
static const struct unshown {
	const char *type[LEGACY_TYPES_MAX];
	const char *drop, *keep;
} unshown_table[] = {
	{ { "allocations", "size" }, alloc_frames, alloc_keep_frames },
	{ { "objects", "space" }, alloc_frames, alloc_keep_frames },
	{ { "inuse_objects", "inuse_space" }, alloc_frames, alloc_keep_frames },
	{ { "alloc_objects", "alloc_space" }, alloc_frames, alloc_keep_frames },
	{ { "alloc_objects", "alloc_space", "inuse_objects", "inuse_space" }, alloc_frames, alloc_keep_frames },
	{ { "contentions", "delay" }, lock_frames, "" },
};
static const struct unshown unshown_otherwise = { .drop = cpu_frames, .keep = "" };

static bool has_types(const struct profile *p, const struct unshown *u)
{
	for (uint32_t i = 0; i < LEGACY_TYPES_MAX; i++) {
		bool is_listed = u->type[i] != NULL;

		if (is_listed != (i < p->n_sample_type))
			return false;
		if (is_listed && !str_eq(profile_text(p, p->sample_type[i].type), str_from(u->type[i])))
			return false;
	}
	return true;
}

bool legacy_unshown_frames(struct profile_builder *b, struct error *err)
{
	const struct unshown *u = &unshown_otherwise;
	struct profile *p = b->p;

	for (size_t i = 0; i < sizeof(unshown_table) / sizeof(*unshown_table); i++)
		if (has_types(p, &unshown_table[i]))
			u = &unshown_table[i];
	p->drop_frames = profile_builder_str(b, str_from(u->drop));
	p->keep_frames = profile_builder_str(b, str_from(u->keep));
	return (p->drop_frames != STR_ID_NONE && p->keep_frames != STR_ID_NONE) ||
	       error_nomem(err, "frame patterns");
}
