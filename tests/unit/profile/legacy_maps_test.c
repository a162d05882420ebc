/*
 * Memory maps of legacy profiles: spec/profile.md 6.8 and 6.9.
 */
#include "config.h"

#include "profile/legacy.h"
#include "tests/unit/profile/dump.h"

#define DECODES(lit, wanted) assert_decodes(*state, profile_decode_legacy_count, BYTES(lit), wanted)

/* A profile whose stack is at the addresses after the calls. */
#define AT(addresses) "t profile: total 1\n1 @" addresses "\n---\nMAPPED_LIBRARIES:\n"
#define IS "t/count; period t/count 1\n"
/* Without any address, only the maps are seen. */
#define MAPS(lines, wanted) DECODES("t profile: total 1\n---\nMAPPED_LIBRARIES:\n" lines, IS wanted)

static void lines_of_proc_self_maps(void **state)
{
	MAPS("00400000-00452000 r-xp 00001000 08:02 173521   /usr/bin/dbus-daemon (deleted)\n",
	     "map 0x400000-0x452000+0x1000 /usr/bin/dbus-daemon\n");
	MAPS("  0x10-0x20 r-xp 08:02 0\n", "map 0x10-0x20+0x0\n");
	MAPS("10-20: 5 08:02 7 /a\n", "map 0x10-0x20+0x5 /a\n");
	MAPS("10 20 08:02 7 /a\n", "map 0x10-0x20+0x0 /a\n");
	MAPS("10-20 rw-p 5 08:02 7 /a\n", "");
}

static void shorter_lines(void **state)
{
	MAPS("10-20: /a\n", "map 0x10-0x20+0x0 /a\n");
	MAPS("10-20\n", "map 0x10-0x20+0x0\n");
	MAPS("10-20 r-x /a (@FF00) abc123456\n", "map 0x10-0x20+0xff00 /a abc123456\n");
	MAPS("400000   fcb000   /path/x  (@0) bid\n", "map 0x400000-0xfcb000+0x0 /path/x b\n");
	MAPS("10-20: /a deadbeef\n", "map 0x10-0x20+0x0 /a deadbeef\n");
	MAPS("10-20 --- /a\n", "");
}

static void names_that_look_like_something_else(void **state)
{
	MAPS("00400000-00fcb000: redis-server\n", "");
	MAPS("00fcb000-00fcc000: perf\n", "");
	MAPS("01000000-01001000: xargs\n", "map 0x1000000-0x1001000+0x0\n");
	MAPS("deadbeef something\n", "map 0xdeadbee-0xf+0x0 something\n");
	MAPS("base=/home\n10-20: $base\n", "map 0x10-0x20+0x0 $base\nmap 0xb-0xa+0x0\n");
	MAPS("0X400000-500000: /a\n", "");
	MAPS("400x500 /a\n", "map 0x40-0x500+0x0 /a\n");
	MAPS("10 -20 /a\n", "");
}

static void numbers_of_more_than_64_bits_are_none(void **state)
{
	MAPS("10000000000000000-20000000000000000: /a\n", "");
	MAPS("10-20 r-xp 10000000000000000 08:02 7 /a\n", "");
}

static void a_log_prefix_is_taken_off(void **state)
{
	MAPS("I0101 10:00 file.cc:45] 00400000-00fcb000: /zz\n", "map 0x400000-0xfcb000+0x0 /zz\n");
	MAPS("a:1] 10-20: /a:1] x\n", "map 0x10-0x20+0x0 /a:1]\n");
	MAPS(":1] 10-20: /a\n", "");
	MAPS("a:1]10-20: /a\n", "");
	MAPS("[a:1] 10-20: /a\n", "");
}

static void names_are_replaced_by_the_first_definition_that_fits(void **state)
{
	MAPS("build = /foo/bar \n10-20: $build/a\n", "map 0x10-0x20+0x0 /foo/bar/a\n");
	MAPS("so=1\nsource=2\n10-20: $source-$so-$s\n", "map 0x10-0x20+0x0 1urce-1-$s\n");
	MAPS("x=1\nx=2\n10-20: $x\n", "map 0x10-0x20+0x0 1\n");
	MAPS("x=1\ny=$x$x\n10-20: $y\n", "map 0x10-0x20+0x0 11\n");
	MAPS("x=10-20: /a\n$x\n", "map 0x10-0x20+0x0 /a\n");
	MAPS("=1\n10-20: $$y\n", "map 0x10-0x20+0x0 11y\n");
}

static void names_that_double_with_each_line_are_refused(void **state)
{
	assert_refuses(*state, profile_decode_legacy_count,
		       BYTES("t profile: total 1\n---\nMAPPED_LIBRARIES:\n"
			     "x0=0123456789012345678901234567890123456789\n"
			     "x1=$x0$x0$x0$x0$x0$x0$x0$x0$x0$x0\nx2=$x1$x1$x1$x1$x1$x1$x1$x1$x1$x1\n"
			     "x3=$x2$x2$x2$x2$x2$x2$x2$x2$x2$x2\nx4=$x3$x3$x3$x3$x3$x3$x3$x3$x3$x3\n"
			     "x5=$x4$x4$x4$x4$x4$x4$x4$x4$x4$x4\nx6=$x5$x5$x5$x5$x5$x5$x5$x5$x5$x5\n"
			     "x7=$x6$x6$x6$x6$x6$x6$x6$x6$x6$x6\nx8=$x7$x7$x7$x7$x7$x7$x7$x7$x7$x7\n"),
		       ERR_LIMIT, "names in the memory map stand for too much text");
}

static void neighbours_that_agree_are_joined(void **state)
{
	MAPS("10-20: /a\n20-30: /a\n", "map 0x10-0x30+0x0 /a\n");
	MAPS("10-20\n20-30: /a\n30-40: (@20) \n", "map 0x10-0x30+0x0 /a\nmap 0x30-0x40+0x0 (@20)\n");
	MAPS("10-20 r-x /a (@5)\n20-30 r-x /a (@15)\n", "map 0x10-0x30+0x5 /a\n");
	MAPS("10-20 r-x /a (@5)\n20-30 r-x /a (@16)\n", "map 0x10-0x20+0x5 /a\nmap 0x20-0x30+0x16 /a\n");
	MAPS("10-20: /a b1\n20-30: /a b2\n", "map 0x10-0x20+0x0 /a b1\nmap 0x20-0x30+0x0 /a b2\n");
	MAPS("10-20: /a b1\n21-30: /a b1\n", "map 0x10-0x20+0x0 /a b1\nmap 0x21-0x30+0x0 /a b1\n");
}

static void the_main_binary_changes_places_with_the_first(void **state)
{
	MAPS("7f000000-7f001000: /lib/libc.so.6\n7f002000-7f003000: /lib/libm-2.15.so\n"
	     "7f004000-7f005000: [vdso]\n00400000-00500000: /bin/main\n00600000-00700000: /bin/other\n",
	     "map 0x400000-0x500000+0x0 /bin/main\nmap 0x7f002000-0x7f003000+0x0 /lib/libm-2.15.so\n"
	     "map 0x7f004000-0x7f005000+0x0 [vdso]\nmap 0x7f000000-0x7f001000+0x0 /lib/libc.so.6\n"
	     "map 0x600000-0x700000+0x0 /bin/other\n");
	MAPS("10-20: /a.so\n30-40: /b.so_1\n50-60: (deleted)\n70-80: /c.sox\n",
	     "map 0x70-0x80+0x0 /c.sox\nmap 0x30-0x40+0x0 /b.so_1\nmap 0x50-0x60+0x0 (deleted)\n"
	     "map 0x10-0x20+0x0 /a.so\n");
}

static void the_first_map_has_its_oddities(void **state)
{
	MAPS("500000-600000: /anon_hugepage (deleted)\n600000-700000: /bin/x\n",
	     "map 0x600000-0x700000+0x0 /bin/x\n");
	MAPS("500000-600000 r-x /bin/x (@100000)\n", "map 0x400000-0x600000+0x0 /bin/x\n");
	MAPS("500000-600000 r-x /bin/x (@100001)\n", "map 0x500000-0x600000+0x100001 /bin/x\n");
}

static void an_address_is_in_the_first_map_that_holds_it(void **state)
{
	DECODES(AT(" 0x11 0x16 0x21 0x40") "10-20: /a\n15-30: /b\n",
		IS "1: 0x10@1 0x15@1 0x20@2 0x3f@3\nmap 0x10-0x20+0x0 /a\nmap 0x15-0x30+0x0 /b\n"
		   "map 0x0-0xffffffffffffffff+0x0\n");
	DECODES(AT(" 0x0 0x1") "10-20: /a\n",
		IS "1: 0xffffffffffffffff@2 0x0@-\nmap 0x10-0x20+0x0 /a\nmap 0x0-0xffffffffffffffff+0x0\n");
}

static void a_map_may_begin_earlier_by_its_offset(void **state)
{
	/* Until the catch-all is there. */
	DECODES(AT(" 0x4ff801 0x4ff001 0x10 0x4fe001") "500000-600000 r-x /a (@1000)\n",
		IS "1: 0x4ff800@1 0x4ff000@1 0xf@2 0x4fe000@2\nmap 0x4ff000-0x600000+0x0 /a\n"
		   "map 0x0-0xffffffffffffffff+0x0\n");
	DECODES(AT(" 0x10 0x4ff801") "500000-600000 r-x /a (@1000)\n",
		IS "1: 0xf@2 0x4ff800@2\nmap 0x500000-0x600000+0x1000 /a\nmap 0x0-0xffffffffffffffff+0x0\n");
}

static void a_map_that_ends_before_it_begins_reaches_back_once(void **state)
{
	DECODES(AT(" 0x401 0x201 0x402") "500-300 r-x /a (@400)\n501-600 r-x /b (@401)\n",
		IS "1: 0x400@1 0x200@1 0x401@2\nmap 0x100-0x300+0x0 /a\nmap 0x100-0x600+0x0 /b\n");
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(lines_of_proc_self_maps),
		TEST(shorter_lines),
		TEST(names_that_look_like_something_else),
		TEST(numbers_of_more_than_64_bits_are_none),
		TEST(a_log_prefix_is_taken_off),
		TEST(names_are_replaced_by_the_first_definition_that_fits),
		TEST(names_that_double_with_each_line_are_refused),
		TEST(neighbours_that_agree_are_joined),
		TEST(the_main_binary_changes_places_with_the_first),
		TEST(the_first_map_has_its_oddities),
		TEST(an_address_is_in_the_first_map_that_holds_it),
		TEST(a_map_may_begin_earlier_by_its_offset),
		TEST(a_map_that_ends_before_it_begins_reaches_back_once),
	};

	return TEST_RUN(tests, argc, argv);
}
