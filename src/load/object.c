/*
 * Is an argument an object file?
 *
 * Lives here: telling a binary from a profile by its first bytes (spec/driver.md 1.5).
 * Not here: reading one (symbolize/).
 */
#include "config.h"

#include "load/load.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MAGIC_BYTES = 8 };

static bool is_magic(struct str head)
{
	static const struct str magic[] = {
		{ "\177ELF", 4 },	      /* ELF */
		{ "\xfe\xed\xfa\xce", 4 },    /* Mach-O, 32 and 64 bit, both byte orders */
		{ "\xce\xfa\xed\xfe", 4 },
		{ "\xfe\xed\xfa\xcf", 4 },
		{ "\xcf\xfa\xed\xfe", 4 },
		{ "\xca\xfe\xba\xbe", 4 },    /* fat Mach-O */
		{ "MZ", 2 },		      /* PE */
		{ "!<arch>\n", 8 },	      /* Go archive */
		{ "\x01\xdf", 2 },	      /* XCOFF */
		{ "\x01\xf7", 2 },
	};

	for (size_t i = 0; i < sizeof(magic) / sizeof(magic[0]); i++)
		if (str_has_prefix(head, magic[i]))
			return true;
	return false;
}

bool load_is_object(struct str path)
{
	struct arena scratch = ARENA_INIT;
	struct str z = arena_str(&scratch, path);
	/* A pipe must not be waited for. */
	int fd = z.ptr ? open(z.ptr, O_RDONLY | O_CLOEXEC | O_NONBLOCK) : -1;
	char head[MAGIC_BYTES];
	ssize_t n = -1;
	struct stat st;

	if (fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode))
		n = read(fd, head, sizeof(head));
	if (fd >= 0)
		(void)close(fd);
	arena_release(&scratch);
	return n > 0 && is_magic((struct str){ head, (size_t)n });
}
