#include "read/xml.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "support/faults.h"

typedef struct seen {
    itd_buffer text; /* records as text, one a line */
    itd_sv bytes;    /* of the file */
    itd_status root_status, record_status;
    unsigned records, strays, depth_calls;
    uint64_t stray_line, stray_offset;
    char space[64];
    bool positions_ok;
    unsigned progress;
} seen;

static void write_node(seen *s, const itd_xml_node *node)
{
    (void)itd_buffer_format(&s->text, "<%.*s", ITD_SV_ARG(node->name));
    for (size_t i = 0; i < node->attribute_count; i++)
        (void)itd_buffer_format(&s->text, " %.*s=%.*s", ITD_SV_ARG(node->attributes[i].name),
                                ITD_SV_ARG(node->attributes[i].value));
    (void)itd_buffer_format(&s->text, ">%.*s", ITD_SV_ARG(node->text));
    for (const itd_xml_node *child = node->first; child; child = child->next)
        write_node(s, child);
    (void)itd_buffer_format(&s->text, "</>");
}

/* The bytes that the node says it stands at start and end as an element does, on the line it says. */
static bool position_holds(const seen *s, const itd_xml_node *node)
{
    itd_sv element = itd_sv_slice(s->bytes, (size_t)node->offset, (size_t)node->size);
    uint64_t line = 1;
    for (size_t i = 0; i < node->offset; i++)
        line += s->bytes.data[i] == '\n';
    bool holds = element.size == node->size && element.data[0] == '<' &&
                 itd_sv_starts(itd_sv_slice(element, 1, element.size), node->name) &&
                 itd_sv_ends(element, ITD_SV(">")) && line == node->line;
    for (const itd_xml_node *child = node->first; child; child = child->next)
        holds = holds && position_holds(s, child);
    return holds;
}

static itd_status on_root(void *context, const itd_xml_node *root, itd_sv space, itd_error *error)
{
    seen *s = context;
    (void)snprintf(s->space, sizeof s->space, "%.*s", ITD_SV_ARG(space));
    if (s->root_status != ITD_OK)
        return itd_fail(error, s->root_status, "not this root");
    (void)itd_buffer_format(&s->text, "root ");
    write_node(s, root);
    (void)itd_buffer_append_char(&s->text, '\n');
    return ITD_OK;
}

static bool holds_records(void *context, itd_sv name, unsigned depth)
{
    seen *s = context;
    s->depth_calls++;
    return depth < 5 && itd_sv_is(name, "group");
}

static itd_status on_record(void *context, const itd_xml_node *record, itd_sv holder, itd_error *error)
{
    seen *s = context;
    if (s->record_status != ITD_OK)
        return itd_fail(error, s->record_status, "no more of this");
    s->records++;
    if (s->bytes.size < 1000) /* it looks at the whole file for each element */
        s->positions_ok = s->positions_ok && position_holds(s, record);
    (void)itd_buffer_format(&s->text, "%.*s: ", ITD_SV_ARG(holder));
    write_node(s, record);
    (void)itd_buffer_append_char(&s->text, '\n');
    return ITD_OK;
}

static itd_status on_stray(void *context, itd_sv text, uint64_t line, uint64_t offset, itd_error *error)
{
    (void)error;
    seen *s = context;
    s->strays++;
    s->stray_line = line;
    s->stray_offset = offset;
    (void)itd_buffer_format(&s->text, "stray %.*s\n", ITD_SV_ARG(text));
    return ITD_OK;
}

static void on_progress(void *context, const itd_input *input)
{
    (void)input;
    ((seen *)context)->progress++;
}

static const itd_xml_handler handler = {on_root, holds_records, on_record, on_stray, on_progress};

static itd_status read_bytes(seen *s, itd_sv bytes, itd_error *error)
{
    itd_input *input = NULL;
    s->bytes = bytes;
    s->positions_ok = true;
    itd_status status = itd_input_open_memory(&input, "list.xml", bytes, error);
    if (status == ITD_OK)
        status = itd_xml_read(input, &handler, s, error);
    itd_input_close(input);
    return status;
}

static void assert_reads(const char *file, const char *want)
{
    seen s = {0};
    itd_error error = {0};
    itd_status status = read_bytes(&s, itd_sv_of(file), &error);
    if (status != ITD_OK)
        fail_msg("%s", error.message);
    assert_int_equal(itd_buffer_append_char(&s.text, '\0'), 1);
    assert_string_equal(s.text.data, want);
    assert_true(s.positions_ok);
    itd_buffer_finish(&s.text);
}

static void records_become_trees(void **state)
{
    (void)state;
    assert_reads("<?xml version='1.0'?>\n<list a='1'>\n <!-- no -->\n <p>\n  <id>7</id>\n  <n b='&lt;x'>A &amp; B</n>\n"
                 "  <e/>\n </p>\n <group><p><id>8</id></p>\n</group>\n</list>\n",
                 "root <list a=1></>\nlist: <p><id>7</><n b=<x>A & B</><e></></>\ngroup: <p><id>8</></>\n");
    /* CDATA, character references, text around children, white space that is the whole text of a leaf */
    assert_reads("<l><r>a<![CDATA[<b>]]>&#x43;<c> </c>d<c>e</c>  </r></l>",
                 "root <l></>\nl: <r>a<b>Cd<c> </><c>e</></>\n");
    /* groups in groups */
    assert_reads("<l><group><group><r>1</r></group><r>2</r></group></l>",
                 "root <l></>\ngroup: <r>1</>\ngroup: <r>2</>\n");
}

static void namespaces_are_told_apart(void **state)
{
    (void)state;
    assert_reads("<l xmlns='urn:a'><r><x>1</x></r></l>", "root <l></>\nl: <r><x>1</></>\n");
    seen s = {0};
    itd_error error = {0};
    const char *file = "<n:l xmlns:n='urn:a' xmlns:m='urn:b'><n:r m:k='v'><m:x>1</m:x><n:x>2</n:x></n:r></n:l>";
    assert_int_equal(read_bytes(&s, itd_sv_of(file), &error), ITD_OK);
    assert_string_equal(s.space, "urn:a");
    assert_int_equal(itd_buffer_append_char(&s.text, '\0'), 1);
    assert_string_equal(s.text.data, "root <l></>\nl: <r urn:b k=v><urn:b x>1</><x>2</></>\n");
    itd_buffer_finish(&s.text);
}

static void stray_text_is_told(void **state)
{
    (void)state;
    seen s = {0};
    itd_error error = {0};
    assert_int_equal(read_bytes(&s, ITD_SV("<l>\n <r/>\n oh <group id='3'>\n</group></l>"), &error), ITD_OK);
    assert_int_equal(s.strays, 2);
    assert_int_equal(itd_buffer_append_char(&s.text, '\0'), 1);
    assert_string_equal(s.text.data, "root <l></>\nl: <r></>\nstray oh\nstray 3\n");
    assert_int_equal(s.stray_line, 3);
    assert_int_equal(s.stray_offset, 14);
    itd_buffer_finish(&s.text);
}

/* One row a reason for which a file is refused whole. */
static void refused_rows(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        itd_sv file;
        uint64_t line, offset;
        const char *says;
    } rows[] = {
        {"empty", ITD_SV(""), 1, 0, "no element found"},
        {"no XML", ITD_SV("id,name\n1,A\n"), 1, 0, "not well-formed"},
        {"cut off", ITD_SV("<l><r>1</r>\n<r>"), 2, 15, "no element found"},
        {"cut off in a tag", ITD_SV("<l><r>1</r><r"), 1, 11, "unclosed token"},
        {"wrong end tag", ITD_SV("<l>\n<r>1</l>"), 2, 10, "mismatched tag"},
        {"second root", ITD_SV("<l></l><l/>"), 1, 7, "junk after document element"},
        {"NUL byte", ITD_SV("<l><r>\0</r></l>"), 1, 6, "not well-formed"},
        {"invalid UTF-8", ITD_SV("<l><r>\xE9z</r></l>"), 1, 6, "not well-formed"},
        {"same attribute twice", ITD_SV("<l><r a='1' a='2'/></l>"), 1, 12, "duplicate attribute"},
        {"unknown entity", ITD_SV("<l><r>&oops;</r></l>"), 1, 6, "undefined entity"},
        {"unknown encoding", ITD_SV("<?xml version='1.0' encoding='EBCDIC-X'?><l/>"), 1, 30, "unknown encoding"},
        {"prefix without namespace", ITD_SV("<l><n:r/></l>"), 1, 3, "unbound prefix"},
        {"entity bomb",
         ITD_SV("<!DOCTYPE l [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'><!ENTITY c '&b;&b;&b;'>]>\n<l>&c;</l>"), 1, 12,
         "document type declaration"},
        {"external subset", ITD_SV("<!DOCTYPE l SYSTEM 'file:///etc/passwd'><l/>"), 1, 39, "document type declaration"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        seen s = {0};
        itd_error error = {0};
        print_message("  %s\n", rows[i].name);
        assert_int_equal(read_bytes(&s, rows[i].file, &error), ITD_EFORMAT);
        assert_non_null(strstr(error.message, rows[i].says));
        assert_string_equal(error.where, "list.xml");
        assert_int_equal(error.line, rows[i].line);
        assert_int_equal(error.offset, rows[i].offset);
        itd_buffer_finish(&s.text);
    }
}

static void callbacks_end_the_reading(void **state)
{
    (void)state;
    itd_error error = {0};
    seen s = {.root_status = ITD_EFORMAT};
    assert_int_equal(read_bytes(&s, ITD_SV("<l><r/></l>"), &error), ITD_EFORMAT);
    assert_string_equal(error.message, "not this root");
    itd_buffer_finish(&s.text);
    s = (seen){.record_status = ITD_ESTOP};
    assert_int_equal(read_bytes(&s, ITD_SV("<l><r/><r/></l>"), &error), ITD_ESTOP);
    assert_int_equal(s.records, 0);
    itd_buffer_finish(&s.text);
}

static void repeat(itd_buffer *b, const char *text, size_t times)
{
    for (size_t i = 0; i < times; i++)
        assert_true(itd_buffer_append(b, itd_sv_of(text)));
}

static void assert_limit(itd_buffer *file, const char *limit)
{
    seen s = {0};
    itd_error error = {0};
    assert_int_equal(read_bytes(&s, itd_buffer_view(file), &error), ITD_ELIMIT);
    if (!strstr(error.message, limit))
        fail_msg("%s: %s", limit, error.message);
    assert_string_equal(error.where, "list.xml");
    assert_true(error.offset <= file->size && error.line > 0);
    assert_int_equal(s.records, 0);
    itd_buffer_finish(&s.text);
    itd_buffer_finish(file);
}

static void assert_no_limit(itd_buffer *file)
{
    seen s = {0};
    itd_error error = {0};
    itd_status status = read_bytes(&s, itd_buffer_view(file), &error);
    if (status != ITD_OK)
        fail_msg("%s", error.message);
    assert_int_equal(s.records, 1);
    itd_buffer_finish(&s.text);
    itd_buffer_finish(file);
}

static void limit_depth(void **state)
{
    (void)state;
    for (size_t depth = ITD_XML_DEPTH_MAX; depth <= ITD_XML_DEPTH_MAX + 1; depth++) {
        itd_buffer b = {0};
        repeat(&b, "<a>", depth);
        repeat(&b, "</a>", depth);
        if (depth == ITD_XML_DEPTH_MAX)
            assert_no_limit(&b);
        else
            assert_limit(&b, "ITD_XML_DEPTH_MAX");
    }
    itd_buffer b = {0};
    repeat(&b, "<group>", 1000000);
    assert_limit(&b, "ITD_XML_DEPTH_MAX");
}

static void limit_nodes(void **state)
{
    (void)state;
    for (size_t extra = 0; extra < 2; extra++) {
        itd_buffer b = {0};
        repeat(&b, "<l><r>", 1);
        repeat(&b, "<n/>", ITD_XML_RECORD_NODES_MAX - 1 + extra); /* and the record itself */
        repeat(&b, "</r></l>", 1);
        if (extra)
            assert_limit(&b, "ITD_XML_RECORD_NODES_MAX");
        else
            assert_no_limit(&b);
    }
}

static void limit_attributes(void **state)
{
    (void)state;
    for (size_t extra = 0; extra < 2; extra++) {
        itd_buffer b = {0};
        repeat(&b, "<l><r>", 1);
        repeat(&b, "<n a='' b='' c='' d=''/>", ITD_XML_RECORD_ATTRIBUTES_MAX / 4);
        repeat(&b, extra ? "<n a=''/></r></l>" : "</r></l>", 1);
        if (extra)
            assert_limit(&b, "ITD_XML_RECORD_ATTRIBUTES_MAX");
        else
            assert_no_limit(&b);
    }
}

/* An element with attributes without end never becomes complete: it is stopped long before it fills the memory. */
static void limit_token(void **state)
{
    (void)state;
    itd_buffer b = {0};
    repeat(&b, "<l><r", 1);
    for (size_t i = 0; b.size < 2 * ITD_XML_TOKEN_BYTES_MAX; i++)
        assert_true(itd_buffer_format(&b, " a%zu='x'", i));
    assert_limit(&b, "ITD_XML_TOKEN_BYTES_MAX");
    repeat(&b, "<l><!--", 1);
    repeat(&b, "0123456789abcdef", 2 * ITD_XML_TOKEN_BYTES_MAX / 16);
    assert_limit(&b, "ITD_XML_TOKEN_BYTES_MAX");
}

static void limit_bytes(void **state)
{
    (void)state;
    /* "r" and the text make the whole */
    for (size_t extra = 0; extra < 2; extra++) {
        itd_buffer b = {0};
        repeat(&b, "<l><r>", 1);
        repeat(&b, "x", ITD_XML_RECORD_BYTES_MAX - 1 + extra);
        repeat(&b, "</r></l>", 1);
        if (extra)
            assert_limit(&b, "ITD_XML_RECORD_BYTES_MAX");
        else
            assert_no_limit(&b);
    }
    itd_buffer b = {0}; /* text that never ends, and text in pieces around children */
    repeat(&b, "<l><r>", 1);
    repeat(&b, "0123456789abcdef", 2 * ITD_XML_RECORD_BYTES_MAX / 16);
    assert_limit(&b, "ITD_XML_RECORD_BYTES_MAX");
    repeat(&b, "<l><r>", 1);
    repeat(&b, "0123456789abcdef0123456789abcdef<n/>", 4096);
    assert_limit(&b, "ITD_XML_RECORD_BYTES_MAX");
}

/* Names that never come again: the parser remembers each of them. */
static void limit_parser_memory(void **state)
{
    (void)state;
    itd_buffer b = {0};
    repeat(&b, "<l>", 1);
    for (size_t i = 0; i < 900000; i++)
        assert_true(itd_buffer_format(&b, "<n%zuaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/>", i));
    repeat(&b, "</l>", 1);
    seen s = {0};
    itd_error error = {0};
    assert_int_equal(read_bytes(&s, itd_buffer_view(&b), &error), ITD_ELIMIT);
    assert_non_null(strstr(error.message, "ITD_XML_PARSER_BYTES_MAX"));
    itd_buffer_finish(&s.text);
    itd_buffer_finish(&b);
}

static void progress_is_told(void **state)
{
    (void)state;
    itd_buffer b = {0};
    repeat(&b, "<l>", 1);
    repeat(&b, "<r>0123456789</r>\n", 20000);
    repeat(&b, "</l>", 1);
    seen s = {0};
    itd_error error = {0};
    assert_int_equal(read_bytes(&s, itd_buffer_view(&b), &error), ITD_OK);
    assert_int_equal(s.records, 20000);
    assert_true(s.progress >= b.size >> 16);
    itd_buffer_finish(&s.text);
    itd_buffer_finish(&b);
}

static itd_status count_record(void *context, const itd_xml_node *record, itd_sv holder, itd_error *error)
{
    (void)record;
    (void)holder;
    (void)error;
    ++*(unsigned *)context;
    return ITD_OK;
}

static itd_status no_root(void *context, const itd_xml_node *root, itd_sv space, itd_error *error)
{
    (void)context;
    (void)root;
    (void)space;
    (void)error;
    return ITD_OK;
}

static itd_status faulty(void *context, itd_error *error)
{
    static const itd_xml_handler counting = {.root = no_root, .record = count_record, .stray = on_stray};
    itd_input *input = NULL;
    itd_status status = itd_input_open_memory(&input, "list.xml", *(itd_sv *)context, error);
    unsigned records = 0;
    if (status == ITD_OK)
        status = itd_xml_read(input, &counting, &records, error);
    itd_input_close(input);
    return status;
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    itd_buffer b = {0};
    repeat(&b, "<n:l xmlns:n='urn:a'>", 1);
    repeat(&b, "<n:r k='v' q='w'>text &amp; more<n:c>x</n:c> tail</n:r><r/>", 200);
    repeat(&b, "</n:l>", 1);
    itd_sv bytes = itd_buffer_view(&b);
    assert_true(faults_each(ITD_FAULT_MEMORY, faulty, NULL, &bytes) > 10);
    itd_buffer_finish(&b);
}

static void children_by_name(void **state)
{
    (void)state;
    itd_xml_node second = {.name = ITD_SV("b"), .text = ITD_SV("two")};
    itd_xml_node first = {.name = ITD_SV("a"), .text = ITD_SV(" one "), .next = &second};
    itd_xml_node node = {.first = &first};
    assert_true(itd_sv_is(itd_xml_child_text(&node, "a"), "one"));
    assert_true(itd_xml_child(&node, "b") == &second);
    assert_null(itd_xml_child(&node, "c"));
    assert_null(itd_xml_child(NULL, "c"));
    assert_int_equal(itd_xml_child_text(&node, "c").size, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(records_become_trees),
        cmocka_unit_test(namespaces_are_told_apart),
        cmocka_unit_test(stray_text_is_told),
        cmocka_unit_test(refused_rows),
        cmocka_unit_test(callbacks_end_the_reading),
        cmocka_unit_test(limit_depth),
        cmocka_unit_test(limit_nodes),
        cmocka_unit_test(limit_attributes),
        cmocka_unit_test(limit_token),
        cmocka_unit_test(limit_bytes),
        cmocka_unit_test(limit_parser_memory),
        cmocka_unit_test(progress_is_told),
        cmocka_unit_test(every_allocation_may_fail),
        cmocka_unit_test(children_by_name),
    };
    return cmocka_run_group_tests_name("xml", tests, NULL, NULL);
}
