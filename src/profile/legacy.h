/*
 * Profiles older than profile.proto.
 *
 * Lives here: one decoder a format (spec/profile.md 6).
 * Not here: which one is tried when (load/formats.c), what the formats share
 * (profile/legacy_shared.h).
 *
 * Each takes the whole inflated input, borrows it during the call, and gives a profile that the
 * caller frees.  NULL with ERR_UNSUPPORTED: these bytes are not of that format, try the next
 * one; ERR_FORMAT: they are, and broken, in the reference's words; ERR_LIMIT; ERR_NOMEM.
 */
#ifndef PROFILE_LEGACY_H
#define PROFILE_LEGACY_H

#include "profile/profile.h"

/* gperftools' CPU profile: words of 32 or 64 bits, either byte order; from C++ or Java. */
struct profile *profile_decode_legacy_cpu(struct bytes input, struct error *err);

/* gperftools' and Go's heap profile (/debug/pprof/heap?debug=1), growth, fragmentation. */
struct profile *profile_decode_legacy_heap(struct bytes input, struct error *err);

/* Go's counts of stacks: /debug/pprof/goroutine?debug=1, threadcreate, a program's own. */
struct profile *profile_decode_legacy_count(struct bytes input, struct error *err);

/* threadz: the stack of each thread. */
struct profile *profile_decode_legacy_thread(struct bytes input, struct error *err);

/* contentionz, and Go's mutex and block profiles with debug=1. */
struct profile *profile_decode_legacy_contention(struct bytes input, struct error *err);

/* Java's heapz and contentionz. */
struct profile *profile_decode_legacy_java(struct bytes input, struct error *err);

#endif
