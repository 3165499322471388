// SPDX-License-Identifier: Apache-2.0
/* The grammar of conditions: what is one, what is none, and what is said then. */
#include <errno.h>
#include <string.h>
#include "base/util.h"
#include "rule/parse.h"
#include "unit.h"

static int parse(const char *s, size_t len, unsigned int depth, struct eyas_arena *arena,
		 struct eyas_parse_err *perr)
{
	struct eyas_ast *ast;

	return eyas_parse_condition(s, len, depth, arena, &ast, perr);
}

static const char *const good[] = {
	/* names */
	"a",
	"abc",
	"a1_b",
	"A",
	" a ",
	"\ta\r\n",
	"\ba",
	"(a)",
	"((a))",
	"( a )",
	"a_",
	"a__b",
	"android",
	"orange",
	"nothing",
	"notx",
	"and_x",
	"inx",
	/* and, or, not */
	"a and b",
	"a or b",
	"a and b or c",
	"a or b and c",
	"a\nand\tb",
	"a and(b)",
	"a or(b)",
	"(a)and(b)",
	"(a)or(b)",
	"(a) and b",
	"not a",
	"not(a)",
	"not (a)",
	"not not a",
	"not not(a)",
	"not not not a",
	"a and not b",
	"a and not(b)",
	"a or not not b",
	"not a and not b",
	"(not a)",
	"not(not a)",
	"not\ta",
	"a or (b) and c",
	"a and(b) and c",
	"a and(b)or c",
	"((a or b) and c)",
	"a and (b or (c and not d))",
	"not a.b=c",
	"not(a.b=c)and d",
	/* fields */
	"a.b=c",
	"a.b.c=d",
	"a.b1.c_2=d",
	"a.b[c]=d",
	"a.b[1]=d",
	"a.b['x y']=d",
	"a.b[\"]\"]=d",
	"a.b[/x/y:z]=d",
	"a.b[(c)]=d",
	"a.b['it\\'s']=d",
	"A.B=c",
	"a.b exists",
	"a.b[c] exists",
	"a.b exists and c",
	"a.b existsand c",
	"(a.b exists)",
	/* numbers */
	"a.b<1",
	"a.b<=1",
	"a.b>1",
	"a.b>=1",
	"a.b < 1",
	"a.b >= -1",
	"a.b>+1",
	"a.b<1.5",
	"a.b<1.",
	"a.b<0x1F",
	"a.b<0X1f",
	"a.b<1e+5",
	"a.b<1.5E-3",
	"a.b<val(c.d)",
	"a.b < len(c.d)",
	"a.b< tolower(c.d)",
	"a.b<1 and c",
	/* strings */
	"a.b=c",
	"a.b==c",
	"a.b!=c",
	"a.b = c",
	"a.b = 'c'",
	"a.b='c d'",
	"a.b=\"c d\"",
	"a.b=''",
	"a.b=1",
	"a.b=-1",
	"a.b=*",
	"a.b=[0:PARENT]",
	"a.b=runc:[0:PARENT]",
	"a.b=c/d?e*f",
	"a.b={x};<y>",
	"a.b=%x",
	"a.b=a.b",
	"a.b=and",
	"a.b=not",
	"a.b=a.b[1]",
	"a.b contains c",
	"a.b icontains c",
	"a.b bcontains CAFE",
	"a.b startswith c",
	"a.b bstartswith c",
	"a.b endswith c",
	"a.b glob c*",
	"a.b iglob c*",
	"a.b regex 'c.*'",
	"a.b contains\tc",
	"a.b contains\nc",
	"a.b contains 'c'",
	"a.b contains oneof",
	"a.b='\\b\\f\\n\\r\\t\\\\\\/'",
	"a.b='\\x41'",
	"a.b='\\''",
	"a.b=\"\\\"\"",
	"a.b=\"'\"",
	"a.b='\"'",
	"a.b='a\\ b'",
	"a.b=\"a\\\\b\"",
	"a.b=val(c.d)",
	"a.b = val( c.d )",
	"a.b=tolower(c.d)",
	"a.b=tolower(toupper(c.d))",
	"a.b=val(c.d[e])",
	/* lists */
	"a.b in (c)",
	"a.b in(c)",
	"a.b in (c, d)",
	"a.b in (c,d)",
	"a.b in ( c , d )",
	"a.b in ()",
	"a.b in ( )",
	"a.b in ('c', \"d\")",
	"a.b in (1, 0x2, -3)",
	"a.b in c",
	"a.b in c and d",
	"a.b intersects (c)",
	"a.b pmatch (/c, /d)",
	"a.b pmatch (/c*)",
	"a.b in val(c.d)",
	"a.b in tolower(c.d)",
	"a.b in (c.d)",
	"a.b in (and, or, not)",
	"a.b inc",
	/* modifiers */
	"a.b = oneof (c, d)",
	"a.b = anyof (c)",
	"a.b contains allof (c, d)",
	"a.b = oneof ()",
	"a.b startswith oneof list",
	"a.b = oneof",
	"a.b = oneof and c",
	"a.b = oneof or c",
	"a.b != anyof\t(c)",
	"a.b glob anyof (c*)",
	"a.b = oneof\n(c)",
	/* transformers */
	"tolower(a.b)=c",
	"toupper(a.b) = c",
	"b64(a.b) contains c",
	"basename(a.b)=c",
	"len(a.b)>1",
	"tolower( a.b ) = c",
	"tolower(toupper(b64(a.b)))=c",
	"tolower(a.b[c])=d",
	"tolower(a.b) exists",
	"tolower(a.b) in (c)",
	"concat(a.b, \"-\", c.d)=e",
	"concat(a.b, tolower(c.d))=e",
	"join(\"-\", (a.b, \"x\", tolower(c.d)))=e",
	"join(\"\", ())=e",
	"getopt(a.b, \"c:d\") intersects (e)",
	"getopt(a.b, \"c:\")[c]=d",
	"not tolower(a.b)=c",
	"(tolower(a.b)=c)",
};

START_TEST(accepted)
{
	struct eyas_arena arena = { 0 };
	struct eyas_parse_err perr;

	for (size_t i = 0; i < EYAS_ARRAY_LEN(good); i++) {
		int r = parse(good[i], strlen(good[i]), 100, &arena, &perr);

		ck_assert_msg(!r, "'%s': %s at %zu", good[i], perr.err.msg, perr.loc.off);
	}
	eyas_arena_release(&arena);
}
END_TEST

#define CHECK "expected a '(' token, a field check, or an identifier"
#define AFTER(x) "unexpected token after '" x "', expecting 'or', 'and'"
#define OPS                                                                              \
	"expected a valid check operator: one of 'exists', '<=', '<', '>=', '>', '==', " \
	"'=', '!=', 'glob', 'iglob', 'contains', 'icontains', 'bcontains', "             \
	"'startswith', 'bstartswith', 'endswith', 'regex', 'intersects', 'in', 'pmatch'"
#define XFORMS "'tolower', 'toupper', 'b64', 'basename', 'len', 'join', 'concat', 'getopt'"
#define OR_XFORM " or a field with a valid transformer: 'val', " XFORMS
#define STR "expected a string value" OR_XFORM
#define NUM "expected a number value" OR_XFORM
#define LIST "expected a list, an identifier," OR_XFORM
#define CLOSE "expected a ')' token"
#define ARG "expected a valid field argument: a quoted string or a bare string"
#define NESTED "expected a field or a nested valid transformer: " XFORMS

static const struct {
	const char *s;
	size_t off;
	const char *msg;
} bad[] = {
	{ "", 0, "filter input string is empty" },
	{ " ", 1, CHECK },
	{ "\n\t", 2, CHECK },
	/* names */
	{ "1a", 0, CHECK },
	{ "_a", 0, CHECK },
	{ "'a'", 0, CHECK },
	{ "=", 0, CHECK },
	{ "a-b", 1, AFTER("a") },
	{ "a b", 2, AFTER("a") },
	{ "a.", 1, AFTER("a") },
	{ ".a", 0, CHECK },
	{ "a..b=c", 1, AFTER("a") },
	{ "a.1=c", 1, AFTER("a") },
	{ "()", 1, CHECK },
	{ "(", 1, CHECK },
	{ ")", 0, CHECK },
	{ "(a", 2, CLOSE },
	{ "a)", 1, AFTER("a") },
	{ "(a))", 3, AFTER(")") },
	{ "((a)", 4, CLOSE },
	{ "(a b)", 3, CLOSE },
	/* and, or, not */
	{ "a and", 5, "expected blank or '(' after 'and'" },
	{ "a or", 4, "expected blank or '(' after 'or'" },
	{ "a and ", 6, CHECK },
	{ "a or ", 5, CHECK },
	{ "a andb", 5, "expected blank or '(' after 'and'" },
	{ "a orb", 4, "expected blank or '(' after 'or'" },
	{ "a and or b", 9, AFTER("or") },
	{ "a or(b) and c", 8, AFTER(")") },
	{ "a and()", 6, CHECK },
	{ "not ", 4, CHECK },
	{ "not()", 4, CHECK },
	{ "a not b", 2, AFTER("a") },
	{ "a AND b", 2, AFTER("a") },
	{ "a && b", 2, AFTER("a") },
	/* fields */
	{ "a.b", 3, OPS },
	{ "a.b ", 4, OPS },
	{ "a.b c", 4, OPS },
	{ "a.b[]=c", 4, ARG },
	{ "a.b[ c]=d", 4, ARG },
	{ "a.b[c=d", 7, "expected a ']' token" },
	{ "a.b['c]=d", 4, ARG },
	{ "a.b[c d]=e", 5, "expected a ']' token" },
	{ "a.b [c]=d", 4, OPS },
	{ "a.b exist", 4, OPS },
	{ "a.b EXISTS", 4, OPS },
	{ "a.b exists c", 11, AFTER("exists") },
	{ "a.b =~ c", 7, AFTER("~") },
	/* numbers */
	{ "a.b<", 4, NUM },
	{ "a.b<c", 4, NUM },
	{ "a.b<'1'", 4, NUM },
	{ "a.b<-", 4, NUM },
	{ "a.b<0x", 5, AFTER("0") },
	{ "a.b<1x", 5, AFTER("1") },
	{ "a.b<1e5", 5, AFTER("1") },
	{ "a.b <> 1", 5, NUM },
	/* strings */
	{ "a.b=", 4, STR },
	{ "a.b= ", 5, STR },
	{ "a.b=(c)", 4, STR },
	{ "a.b='c", 4, STR },
	{ "a.b=\"c'", 4, STR },
	{ "a.b='c\\'", 4, STR },
	{ "a.b=)", 4, STR },
	{ "a.b=c,d", 5, AFTER("c") },
	{ "a.b contains", 4, OPS },
	{ "a.b contains(c)", 4, OPS },
	{ "a.b contains (c)", 13, STR },
	{ "a.b='\\q'", 5, "unsupported string escape sequence: \\q" },
	{ "a.b='\\x4'", 5, "truncated hex char escape sequence" },
	{ "a.b='\\x4g'", 5, "invalid hex char escape sequence: \\x4g" },
	{ "a.b='\\\"'", 5, "invalid \\\" escape in '-quoted string" },
	{ "a.b=\"\\'\"", 5, "invalid \\' escape in \"-quoted string" },
	{ "a.b=val(c)", 8, "expected a field within 'val' transformer" },
	{ "a.b=val(tolower(c.d))", 8, "expected a field within 'val' transformer" },
	{ "a.b=val (c.d)", 8, AFTER("val") },
	/* lists */
	{ "a.b in", 6, LIST },
	{ "a.b in ", 7, LIST },
	{ "a.b in (", 8, "expected a string value" },
	{ "a.b in (c", 9, CLOSE },
	{ "a.b in (c,)", 10, "expected a string value" },
	{ "a.b in (,c)", 8, "expected a string value" },
	{ "a.b in (c d)", 10, CLOSE },
	{ "a.b in (c, (d))", 11, "expected a string value" },
	{ "a.b in 'c'", 7, LIST },
	{ "a.b in 1", 7, LIST },
	{ "a.b in (val(c.d))", 11, CLOSE },
	{ "a.b in c.d", 8, AFTER("c") },
	/* modifiers */
	{ "a.b = oneof(c)", 11, AFTER("oneof") },
	{ "a.b = oneof (c", 14, CLOSE },
	{ "a.b = oneof 'c'", 12, AFTER("oneof") },
	{ "a.b in oneof (c)", 13, AFTER("oneof") },
	{ "a.b < anyof (1)", 6, NUM },
	{ "a.b = oneof val(c.d)", 15, AFTER("val") },
	/* transformers */
	{ "tolower(a.b)", 12, OPS },
	{ "tolower()=c", 8, NESTED },
	{ "tolower(a)=c", 8, NESTED },
	{ "tolower(a.b", 11, "expected a ')' token closing the transformer" },
	{ "tolower(a.b, c.d)=e", 11, "expected a ')' token closing the transformer" },
	{ "tolower (a.b)=c", 8, AFTER("tolower") },
	{ "tolower(val(a.b))=c", 8, NESTED },
	{ "val(a.b)=c", 3, AFTER("val") },
	{ "nothing(a.b)=c", 7, AFTER("nothing") },
	{ "tolower('a')=c", 8, NESTED },
	{ "tolower(a.b)[c]=d", 12, OPS },
	{ "a.b=tolower(c)", 12, NESTED },
};

START_TEST(rejected)
{
	struct eyas_arena arena = { 0 };
	struct eyas_parse_err perr;
	int wrong = 0;

	for (size_t i = 0; i < EYAS_ARRAY_LEN(bad); i++) {
		int r = parse(bad[i].s, strlen(bad[i].s), 100, &arena, &perr);

		if (r == -EINVAL && perr.loc.off == bad[i].off && !strcmp(perr.err.msg, bad[i].msg))
			continue;
		printf("'%s': %d, %s at %zu\n", bad[i].s, r, r ? perr.err.msg : "", perr.loc.off);
		wrong++;
	}
	eyas_arena_release(&arena);
	ck_assert_int_eq(wrong, 0);
}
END_TEST

/* ---- trees, as text ---- */

static void put_operand(struct eyas_strbuf *out, const struct eyas_operand *o)
{
	bool call = o->kind == EYAS_OPERAND_XFORM || o->kind == EYAS_OPERAND_LIST;

	if (o->kind != EYAS_OPERAND_LIST)
		eyas_strbuf_addf(out, "%s%s%s", o->quoted ? "'" : "", o->name.s,
				 o->quoted ? "'" : "");
	for (size_t i = 0; i < o->nargs; i++) {
		eyas_strbuf_adds(out, i ? "," : "(");
		put_operand(out, &o->args[i]);
	}
	if (call)
		eyas_strbuf_adds(out, o->nargs ? ")" : "()");
	if (o->has_arg)
		eyas_strbuf_addf(out, "[%s]", o->arg.s);
}

static void put_tree(struct eyas_strbuf *out, const struct eyas_ast *ast)
{
	static const char *const words[] = {
		[EYAS_AST_OR] = "or", [EYAS_AST_AND] = "and", [EYAS_AST_NOT] = "not"
	};

	if (ast->kind == EYAS_AST_MACRO) {
		eyas_strbuf_adds(out, ast->macro.s);
	} else if (ast->kind == EYAS_AST_CHECK) {
		put_operand(out, &ast->check.lhs);
		eyas_strbuf_addf(out, "<%s%s%s>", ast->check.op->name, ast->check.mod ? " " : "",
				 eyas_modifier_name(ast->check.mod));
		if (ast->check.op->form != EYAS_OP_UNARY)
			put_operand(out, &ast->check.rhs);
	} else {
		eyas_strbuf_addf(out, "{%s", words[ast->kind]);
		for (size_t i = 0; i < ast->kids.len; i++) {
			eyas_strbuf_addc(out, ' ');
			put_tree(out, ast->kids.v[i]);
		}
		eyas_strbuf_addc(out, '}');
	}
}

static const struct {
	const char *s, *tree;
} trees[] = {
	{ " a ", "a" },
	{ "((a))", "a" },
	{ "nota", "nota" },
	{ "a.b = c", "a.b<=>c" },
	{ "a.b == c", "a.b<==>c" },
	{ "a.b!=c", "a.b<!=>c" },
	{ "a.b exists", "a.b<exists>" },
	{ "a.b existsand m", "{and a.b<exists> m}" },
	{ "a or b and c", "{or a {and b c}}" },
	{ "a and b or c", "{or {and a b} c}" },
	{ "not a and b", "{and {not a} b}" },
	{ "not (a and b)", "{not {and a b}}" },
	{ "not(a)", "{not a}" },
	{ "not not a", "a" },
	{ "not not(a)", "a" },
	{ "not not not a", "{not a}" },
	{ "not_a and android or order", "{or {and not_a android} order}" },
	{ "a or(b)", "{or a b}" },
	{ "a and(b or c)", "{and a {or b c}}" },
	{ "a or (b) and c", "{or a {and b c}}" },
	{ "a and b and c", "{and a b c}" },
	{ "a and (b and c)", "{and a {and b c}}" },
	{ "a.b in (x, y)", "a.b<in>(x,y)" },
	{ "a.b in ()", "a.b<in>()" },
	{ "a.b in ( )", "a.b<in>()" },
	{ "a.b in ('x y', \"z\")", "a.b<in>('x y','z')" },
	{ "a.b in list_name", "a.b<in>list_name" },
	{ "a.b intersects (x)", "a.b<intersects>(x)" },
	{ "a.b pmatch (/x, /y)", "a.b<pmatch>(/x,/y)" },
	{ "a.b < 1 and c.d >= -1.5e+3", "{and a.b<<>1 c.d<>=>-1.5e+3}" },
	{ "a.b < 0x1F", "a.b<<>0x1F" },
	{ "a.b contains 'x y'", "a.b<contains>'x y'" },
	{ "a.b = oneof", "a.b<=>oneof" },
	{ "a.b = oneof and c", "{and a.b<=>oneof c}" },
	{ "a.b = oneof (x, y)", "a.b<= oneof>(x,y)" },
	{ "a.b startswith anyof list", "a.b<startswith anyof>list" },
	{ "a.b contains allof (x)", "a.b<contains allof>(x)" },
	{ "a.b[1] = x", "a.b[1]<=>x" },
	{ "a.b['x y'] = z", "a.b[x y]<=>z" },
	{ "a.b[/proc*] = z", "a.b[/proc*]<=>z" },
	{ "a.b = runc:[0:PARENT]", "a.b<=>runc:[0:PARENT]" },
	{ "tolower( toupper( a.b ) ) = c", "tolower(toupper(a.b))<=>c" },
	{ "a.b = val(c.d)", "a.b<=>val(c.d)" },
	{ "a.b = tolower(c.d)", "a.b<=>tolower(c.d)" },
	{ "a.b < len(c.d)", "a.b<<>len(c.d)" },
	{ "a.b in val(c.d)", "a.b<in>val(c.d)" },
	{ "join('-', (a.b, 'x')) = y", "join('-',(a.b,'x'))<=>y" },
	{ "concat(a.b, 'x', c.d[1]) = y", "concat(a.b,'x',c.d[1])<=>y" },
	{ "getopt(a.b, 'x:')[x] = y", "getopt(a.b,'x:')[x]<=>y" },
	{ "a.b = proc.name", "a.b<=>proc.name" },
	{ "a.b = and", "a.b<=>and" },
	{ "a.b = x\nand\rc", "{and a.b<=>x c}" },
};

START_TEST(tree_as_listed)
{
	_cleanup_strbuf_ struct eyas_strbuf sb = EYAS_STRBUF_INIT;
	struct eyas_arena arena = { 0 };
	struct eyas_parse_err perr;
	struct eyas_ast *ast = NULL;

	ck_assert_int_eq(eyas_parse_condition(trees[_i].s, strlen(trees[_i].s), 100, &arena, &ast,
					      &perr),
			 0);
	put_tree(&sb, ast);
	ck_assert_str_eq(sb.buf, trees[_i].tree);
	eyas_arena_release(&arena);
}
END_TEST

START_TEST(bytes_that_are_no_text)
{
	static const char with_nul[] = "a.b=c\0d";
	struct eyas_arena arena = { 0 };
	struct eyas_parse_err perr;

	ck_assert_int_eq(parse(with_nul, sizeof(with_nul) - 1, 100, &arena, &perr), -EINVAL);
	ck_assert_uint_eq(perr.loc.off, 5);
	ck_assert_int_eq(parse("a.b=\xff\xfe", 6, 100, &arena, &perr), 0);
	ck_assert_int_eq(parse("\xff", 1, 100, &arena, &perr), -EINVAL);
	eyas_arena_release(&arena);
}
END_TEST

/* How many parentheses fit in how deep a parser. */
START_TEST(depth)
{
	struct eyas_arena arena = { 0 };
	struct eyas_parse_err perr;
	char s[512];
	int n = 0, r = 0;

	for (; !r; n++) {
		memset(s, '(', (size_t)n);
		s[n] = 'a';
		memset(s + n + 1, ')', (size_t)n);
		r = parse(s, (size_t)(2 * n + 1), 100, &arena, &perr);
	}
	ck_assert_int_eq(r, -EINVAL);
	ck_assert_str_eq(perr.err.msg, "exceeded max depth limit of 100");
	ck_assert_int_eq(n - 1, 20);
	eyas_arena_release(&arena);
}
END_TEST

/* @n times @open, an "a", and @n times @close. */
static const struct {
	const char *open, *close;
	int n;
	unsigned int depth;
	int r;
} deep[] = {
	{ "(", ")", 15, 100, 0 },
	{ "(", ")", 10000, 100, -EINVAL },
	{ "(", ")", 100000, 1000, -EINVAL },
	{ "not (", ")", 10000, 1000, -EINVAL },
	{ "tolower(", ")", 10000, 1000, -EINVAL },
	/* Length is not depth. */
	{ "a and ", "", 100000, 100, 0 },
	{ "not ", "", 100000, 100, 0 },
	{ "a or(a) or ", "", 100000, 100, 0 },
};

START_TEST(depth_is_bounded)
{
	_cleanup_strbuf_ struct eyas_strbuf sb = EYAS_STRBUF_INIT;
	struct eyas_arena arena = { 0 };
	struct eyas_parse_err perr;

	for (int i = 0; i < deep[_i].n; i++)
		eyas_strbuf_adds(&sb, deep[_i].open);
	eyas_strbuf_addc(&sb, 'a');
	for (int i = 0; i < deep[_i].n; i++)
		eyas_strbuf_adds(&sb, deep[_i].close);
	ck_assert_int_eq(parse(sb.buf, sb.len, deep[_i].depth, &arena, &perr), deep[_i].r);
	if (deep[_i].r)
		ck_assert_ptr_eq(strstr(perr.err.msg, "exceeded max depth limit of 100"),
				 perr.err.msg);
	eyas_arena_release(&arena);
}
END_TEST

START_TEST(tree)
{
	static const char s[] = "not a.b[c] != 'd e' and (m or x.y in (1, z))";
	struct eyas_arena arena = { 0 };
	struct eyas_parse_err perr;
	struct eyas_ast *ast, *check, * or ;

	ck_assert_int_eq(eyas_parse_condition(s, strlen(s), 100, &arena, &ast, &perr), 0);
	ck_assert_int_eq(ast->kind, EYAS_AST_AND);
	ck_assert_uint_eq(ast->kids.len, 2);
	ck_assert_int_eq(ast->kids.v[0]->kind, EYAS_AST_NOT);
	check = ast->kids.v[0]->kids.v[0];
	ck_assert_int_eq(check->kind, EYAS_AST_CHECK);
	ck_assert_str_eq(check->check.lhs.name.s, "a.b");
	ck_assert(check->check.lhs.has_arg);
	ck_assert_str_eq(check->check.lhs.arg.s, "c");
	ck_assert_int_eq(check->check.op->id, EYAS_OP_NE);
	ck_assert_str_eq(check->check.rhs.name.s, "d e");
	ck_assert(check->check.rhs.quoted);
	ck_assert_uint_eq(check->loc.off, 4);
	ck_assert_uint_eq(check->check.op_loc.off, 11);
	ck_assert_uint_eq(check->loc.end, 19);
	ck_assert_uint_eq(check->check.lhs.loc.end, 10);
	ck_assert_uint_eq(check->check.rhs.loc.off, 14);
	or = ast->kids.v[1];
	ck_assert_int_eq(or->kind, EYAS_AST_OR);
	ck_assert_int_eq(or->kids.v[0]->kind, EYAS_AST_MACRO);
	ck_assert_str_eq(or->kids.v[0]->macro.s, "m");
	check = or->kids.v[1];
	ck_assert_int_eq(check->check.rhs.kind, EYAS_OPERAND_LIST);
	ck_assert_uint_eq(check->check.rhs.nargs, 2);
	ck_assert_str_eq(check->check.rhs.args[1].name.s, "z");
	ck_assert_uint_eq(check->check.rhs.args[1].loc.off, 41);
	ck_assert_uint_eq(check->loc.end, sizeof(s) - 2);
	eyas_arena_release(&arena);
}
END_TEST

START_TEST(chains_are_flat_and_nots_cancel)
{
	struct eyas_arena arena = { 0 };
	struct eyas_parse_err perr;
	struct eyas_ast *ast;

	ck_assert_int_eq(eyas_parse_condition("a or b or c or d", 16, 100, &arena, &ast, &perr), 0);
	ck_assert_uint_eq(ast->kids.len, 4);
	ck_assert_int_eq(eyas_parse_condition("not not a", 9, 100, &arena, &ast, &perr), 0);
	ck_assert_int_eq(ast->kind, EYAS_AST_MACRO);
	ck_assert_int_eq(eyas_parse_condition("not not not a", 13, 100, &arena, &ast, &perr), 0);
	ck_assert_int_eq(ast->kind, EYAS_AST_NOT);
	eyas_arena_release(&arena);
}
END_TEST

static const struct {
	const char *s, *hint;
} hints[] = {
	{ "proc.name startwith a", "did you mean 'startswith'?" },
	{ "proc.name contain a", "did you mean 'contains'?" },
	{ "proc.name is a", "did you mean 'in'?" },
	{ "proc.name", "what is tested comes before the operator: proc.name = cat" },
	{ "(a.b=c", "a '(' before this is not closed" },
	{ "a.b=c)", "this ')' closes nothing" },
	{ "a.b=c d.e=f", "between two checks there must be 'and' or 'or'" },
	{ "(a.b=c d.e=f)", "between two checks there must be 'and' or 'or'" },
	{ "a.b > x", "numbers are written as 10, -1, 1.5 or 0x1f" },
	{ "a.b in =", "a list is written as (a, b), or by its name" },
	{ "a.b=", "text with blanks or any of ()\"'=, must be in quotes" },
	{ "a.b in (c d)", "items of a list are set apart by commas" },
};

START_TEST(hints_help)
{
	struct eyas_arena arena = { 0 };
	struct eyas_parse_err perr;

	ck_assert_int_eq(parse(hints[_i].s, strlen(hints[_i].s), 100, &arena, &perr), -EINVAL);
	ck_assert_ptr_nonnull(perr.hint);
	ck_assert_str_eq(perr.hint, hints[_i].hint);
	eyas_arena_release(&arena);
}
END_TEST

static const struct {
	const char *s;
	int r;
	size_t len;
} transformers[] = {
	{ "tolower(a.b) rest", 1, 12 },
	{ "tolower(toupper(a.b))x", 1, 21 },
	{ "join(\"-\", (a.b, c.d)))", 1, 21 },
	{ "getopt(a.b, \"c:\")[c]]", 1, 20 },
	{ "a.b", 0, 0 },
	{ "tolower", 0, 0 },
	{ "val(a.b)", 0, 0 },
	{ "", 0, 0 },
	{ "x(", 0, 0 },
	{ "tolower(a", -EINVAL, 0 },
	{ "tolower(", -EINVAL, 0 },
};

START_TEST(transformers_in_formats)
{
	struct eyas_arena arena = { 0 };
	struct eyas_parse_err perr;
	struct eyas_operand o;
	size_t len = 0;

	ck_assert_int_eq(eyas_parse_transformer(transformers[_i].s, strlen(transformers[_i].s),
						&arena, &o, &len, &perr),
			 transformers[_i].r);
	ck_assert_uint_eq(len, transformers[_i].len);
	eyas_arena_release(&arena);
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_test(tc, accepted);
	tcase_add_test(tc, rejected);
	tcase_add_test(tc, bytes_that_are_no_text);
	tcase_add_loop_test(tc, tree_as_listed, 0, EYAS_ARRAY_LEN(trees));
	tcase_add_test(tc, depth);
	tcase_add_loop_test(tc, depth_is_bounded, 0, EYAS_ARRAY_LEN(deep));
	tcase_add_test(tc, tree);
	tcase_add_test(tc, chains_are_flat_and_nots_cancel);
	tcase_add_loop_test(tc, hints_help, 0, EYAS_ARRAY_LEN(hints));
	tcase_add_loop_test(tc, transformers_in_formats, 0, EYAS_ARRAY_LEN(transformers));
}

EYAS_TEST_MAIN("parse", fill)
