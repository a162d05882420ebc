/*
 * Unit tests of symbolize/demangle.c.
 */
#include "config.h"

#include "symbolize/symbolize.h"

#include "tests/test.h"

struct row {
	const char *name, *by_default, *templates, *full;
};

/* spec/driver.md 5.7 */
static void names_are_shown_as_the_mode_says(void **state)
{
	static const struct row rows[] = {
		{ "_ZNSt6vectorIiSaIiEE9push_backERKi", "std::vector::push_back",
		  "std::vector<int, std::allocator<int> >::push_back",
		  "std::vector<int, std::allocator<int> >::push_back(int const&)" },
		{ "_Z3fooIiEvT_.cold", "foo", "foo<int>", "void foo<int>(int)" },
		{ "_ZN3fooC1Ev.isra.0", "foo::foo", "foo::foo", "foo::foo()" },
		{ "_ZZ4mainENKUliE_clEi", "main::{lambda(int)#1}::operator()", "main::{lambda(int)#1}::operator()",
		  "main::{lambda(int)#1}::operator()(int) const" },
		{ "__ZN3foo3barEv", "foo::bar", "foo::bar", "foo::bar()" },
		{ "_ZN4core3fmt5Write9write_fmt17h0123456789abcdefE", "core::fmt::Write::write_fmt",
		  "core::fmt::Write::write_fmt", "core::fmt::Write::write_fmt" },
		{ "_RINvNtC3std3mem4dropNtNtC3std6string6StringE", "std::mem::drop::<>",
		  "std::mem::drop::<std::string::String>", "std::mem::drop::<std::string::String>" },
		{ "_RNvXsR_NtC4core6optionINtB5_6OptionlENtNtB7_3fmt5Debug3fmt", "<core::option::Option<> as core::fmt::Debug>::fmt",
		  "<core::option::Option<i32> as core::fmt::Debug>::fmt", "<core::option::Option<i32> as core::fmt::Debug>::fmt" },
		{ "std::map<int, std::less<int> >::operator[](int const&)", "std::map::operator[]",
		  "std::map<int, std::less<int> >::operator[]", "std::map<int, std::less<int> >::operator[](int const&)" },
		{ "ns::(anonymous namespace)::f(int)", "ns::::f", "ns::::f", "ns::(anonymous namespace)::f(int)" },
		{ "_ZZ3fooiENKUlvE_clEv", "foo()::{lambda()#1}::operator()", "foo()::{lambda()#1}::operator()",
		  "foo(int)::{lambda()#1}::operator()() const" },
		{ "_ZZNK3foo3barEvE1z", "foo::bar() const::z", "foo::bar() const::z", "foo::bar() const::z" },
		{ "_ZZ3foovEd_NKUlvE_clEv", "foo()::{default arg#1}::{lambda()#1}::operator()",
		  "foo()::{default arg#1}::{lambda()#1}::operator()",
		  "foo()::{default arg#1}::{lambda()#1}::operator()() const" },
		{ "_ZThn16_N1AIiE1fEl", "non-virtual thunk to A::f(long)", "non-virtual thunk to A<int>::f(long)",
		  "non-virtual thunk to A<int>::f(long)" },
		{ "_ZNSoD2Ev", "std::basic_ostream::~basic_ostream",
		  "std::basic_ostream<char, std::char_traits<char> >::~basic_ostream",
		  "std::basic_ostream<char, std::char_traits<char> >::~basic_ostream()" },
		{ "_ZTI1AI1BI1CJEEE", "typeinfo for A", "typeinfo for A<B<C> >", "typeinfo for A<B<C> >" },
		{ "_Z1fIXadL_ZN1a3fooIiEEvT_EEEvv", "f", "f<&(a::foo<int>)>", "void f<&(a::foo<int>)>()" },
		{ "_ZrsI1AI1BIiEEEvT_i", "operator>>", "operator>><A<B<int> > >", "void operator>><A<B<int> > >(A<B<int> >, int)" },
		{ "ns::operator<(int)", "ns::operator<", "ns::operator<", "ns::operator<(int)" },
	};
	struct test *t = *state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct str name = str_from(rows[i].name);

		assert_str(demangle(&t->arena, name, DEMANGLE_DEFAULT), rows[i].by_default);
		assert_str(demangle(&t->arena, name, DEMANGLE_TEMPLATES), rows[i].templates);
		assert_str(demangle(&t->arena, name, DEMANGLE_FULL), rows[i].full);
	}
}

static void other_names_stay_as_they_are(void **state)
{
	static const char *const rows[] = { "operator()", "main.(*T[...]).M", "java.lang.Foo.<init>",
					    "main.foo[go.shape.int]", "_GLOBAL__sub_I__ZN3fooC2Ev", "_Zbad", "", "main",
					    "_", "_Z", "_R" };
	struct test *t = *state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		for (int mode = DEMANGLE_DEFAULT; mode <= DEMANGLE_FULL; mode++)
			assert_str(demangle(&t->arena, str_from(rows[i]), (enum demangle_mode)mode), rows[i]);
}

/* As the reference does it: what is before stays removed. */
static void brackets_are_removed_up_to_one_that_has_no_other(void **state)
{
	static const struct {
		const char *name, *text;
	} rows[] = {
		{ "<x>a<b", "a<b" },          { "<x>a>b", "a>b" },
		{ "a<b<c>d", "a<b<c>d" },     { "a<b><c>d<e<f>g", "ad<e<f>g" },
		{ "(x)a)b::<y>c", "a)b::c" }, { "a::(b)c<d>(e", "a::c(e" },
		{ "a::<d>(e>f)<g", "a::<g" }, { "::a(b<c)d>e", "::ad>e" },
		{ "::(b(c)d", "::(b(c)d" },   { "::<b>(c)d)e<f>", "::d)e" },
	};
	struct test *t = *state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_str(demangle(&t->arena, str_from(rows[i].name), DEMANGLE_DEFAULT), rows[i].text);
}

/* Each S-something names the type before it twice: 2 to the power of 30 ints. */
static void a_name_that_doubles_and_doubles_is_not_printed(void **state)
{
	static const char bomb[] = "_Z1fI1PIiiES0_IS1_S1_ES0_IS2_S2_ES0_IS3_S3_ES0_IS4_S4_ES0_IS5_S5_ES0_IS6_S6_E"
				   "S0_IS7_S7_ES0_IS8_S8_ES0_IS9_S9_ES0_ISA_SA_ES0_ISB_SB_ES0_ISC_SC_ES0_ISD_SD_E"
				   "S0_ISE_SE_ES0_ISF_SF_ES0_ISG_SG_ES0_ISH_SH_ES0_ISI_SI_ES0_ISJ_SJ_ES0_ISK_SK_E"
				   "S0_ISL_SL_ES0_ISM_SM_ES0_ISN_SN_ES0_ISO_SO_ES0_ISP_SP_ES0_ISQ_SQ_ES0_ISR_SR_EEvv";
	struct test *t = *state;
	struct str full = demangle(&t->arena, str_from(bomb), DEMANGLE_FULL);

	assert_true(full.len <= sizeof(bomb));
	assert_true(demangle(&t->arena, str_from(bomb), DEMANGLE_DEFAULT).len <= sizeof(bomb));
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(names_are_shown_as_the_mode_says),
		TEST(other_names_stay_as_they_are),
		TEST(brackets_are_removed_up_to_one_that_has_no_other),
		TEST(a_name_that_doubles_and_doubles_is_not_printed),
	};

	return TEST_RUN(tests, argc, argv);
}
