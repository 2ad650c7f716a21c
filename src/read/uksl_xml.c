#include <stdio.h>

#include "read/uksl.h"
#include "read/xml_record.h"

/* The UK Sanctions List as XML: Designations holds a Designation each. What holds several things (Names, DOBs) is gone
 * through; a leaf says what its name says (uksl_columns.c), and leaves side by side in one element belong together: the
 * parts of a name, the lines of an address, the number of a passport and what is said of it. */

typedef struct walk {
    itd_xml_list *list;
    itd_uk_entry *entry;
    itd_sv measures; /* SanctionsImposed of this designation */
} walk;

static itd_sv text_of(const walk *w, uint8_t column, const itd_xml_node *leaf)
{
    bool prose = column == ITD_UKSL_OTHER || column == ITD_UKSL_REASONS;
    return prose ? itd_sv_trim(leaf->text) : itd_xml_line(w->list, leaf->text);
}

static void add_texts(const walk *w, itd_sv texts[ITD_UKSL_COLUMNS])
{
    const itd_uksl_group *group;
    for (size_t i = 0; (group = itd_uksl_group_at(i)) != NULL; i++) {
        size_t size = 0;
        for (size_t c = 0; c < group->count; c++)
            size += texts[group->columns[c]].size;
        if (size > 0)
            group->add(w->entry, texts);
    }
    for (size_t i = 0; i < ITD_UKSL_COLUMNS; i++)
        texts[i] = ITD_SV_NONE;
}

/* "AssetFreeze" and "Asset freeze" are the same measure. */
static bool same_letters(itd_sv a, itd_sv b)
{
    size_t i = 0, j = 0;
    for (;;) {
        while (i < a.size && !((a.data[i] | 0x20) >= 'a' && (a.data[i] | 0x20) <= 'z'))
            i++;
        while (j < b.size && !((b.data[j] | 0x20) >= 'a' && (b.data[j] | 0x20) <= 'z'))
            j++;
        if (i == a.size || j == b.size)
            return i == a.size && j == b.size;
        if ((a.data[i++] | 0x20) != (b.data[j++] | 0x20))
            return false;
    }
}

/* An element a measure, true or false. One that SanctionsImposed does not name is a measure all the same; one that it
 * names and that is false here stays as a note. */
static void add_indicators(const walk *w, const itd_xml_node *node)
{
    static const char *const nothing[] = {NULL};
    for (const itd_xml_node *child = node->first; child; child = child->next) {
        itd_sv value = itd_sv_trim(child->text), rest = w->measures, measure;
        bool is_true = itd_sv_equal_nocase(value, ITD_SV("true")), named = false;
        bool bars = itd_sv_find(rest, ITD_SV("|"), 0) != SIZE_MAX;
        while (!named && itd_uksl_measure_next(&measure, &rest, bars))
            named = same_letters(measure, child->name);
        itd_xml_place(w->list, child);
        if (child->first || (!is_true && !itd_sv_equal_nocase(value, ITD_SV("false"))) || (named && !is_true)) {
            itd_xml_note_rest(w->list, child, NULL);
            continue;
        }
        if (is_true && !named)
            itd_record_add(w->entry->record, w->entry->sanction, ITD_P_Sanction_provisions, child->name);
        itd_xml_note_rest(w->list, child, nothing);
    }
    itd_xml_place(w->list, node);
    itd_xml_note(w->list, "SanctionsImposedIndicators", node->text);
}

/* What names the designation was read before; another one further in, or a second one, is a note. */
static bool is_frame(uint8_t column)
{
    return column == ITD_UKSL_UNIQUE_ID || column == ITD_UKSL_TYPE || column == ITD_UKSL_REGIME;
}

/* The leaves of `node`, together; `frame` columns at the top are known already. */
static void add_leaves(const walk *w, const itd_xml_node *node, bool top)
{
    static const char *const nothing[] = {NULL};
    itd_sv texts[ITD_UKSL_COLUMNS] = {{NULL, 0}};
    bool seen[ITD_UKSL_COLUMNS] = {false};
    itd_xml_place(w->list, node);
    for (const itd_xml_node *leaf = node->first; leaf; leaf = leaf->next) {
        uint8_t column = leaf->first ? ITD_UKSL_COLUMNS : itd_uksl_column(leaf->name);
        if (leaf->first)
            continue;
        if (column == ITD_UKSL_COLUMNS || (is_frame(column) && (!top || seen[column]))) {
            itd_xml_note_rest(w->list, leaf, NULL);
            itd_xml_place(w->list, node);
            continue;
        }
        if (texts[column].size > 0)
            add_texts(w, texts); /* a list: what came before stands by itself */
        texts[column] = text_of(w, column, leaf);
        seen[column] = true;
        if (leaf->attribute_count) {
            itd_xml_note_rest(w->list, leaf, nothing);
            itd_xml_place(w->list, node);
        }
    }
    add_texts(w, texts);
}

static void add_node(const walk *w, const itd_xml_node *node, bool top)
{
    itd_xml_node self = *node;
    add_leaves(w, node, top);
    self.first = NULL;
    itd_xml_note_rest(w->list, &self, NULL); /* text beside elements, attributes */
    for (const itd_xml_node *child = node->first; child; child = child->next) {
        if (child->first && itd_sv_is(child->name, "SanctionsImposedIndicators"))
            add_indicators(w, child);
        else if (child->first)
            add_node(w, child, false);
    }
}

static itd_status on_record(void *context, const itd_xml_node *node, itd_sv holder, itd_error *error)
{
    itd_xml_list *list = context;
    (void)holder;
    if (itd_sv_is(node->name, "DateGenerated")) {
        itd_date date;
        if (!itd_date_parse_day_first(&date, itd_sv_trim(node->text)) &&
            !itd_date_parse(&date, itd_sv_slice(itd_sv_trim(node->text), 0, 10)))
            return itd_xml_reject(list, node, ITD_SV_NONE, error, "DateGenerated is no date");
        itd_sv version = itd_date_format(list->read->version, date);
        list->read->version[version.size] = 0;
        return ITD_OK;
    }
    itd_sv id = itd_xml_child_text(node, "UniqueID");
    if (!itd_sv_is(node->name, "Designation"))
        return itd_xml_reject(list, node, id, error, "neither a Designation nor DateGenerated");
    itd_schema schema = itd_uksl_schema(itd_xml_child_text(node, "IndividualEntityShip"));
    if (schema == ITD_SCHEMA_NONE)
        return itd_xml_reject(list, node, id, error, "the type is none of Individual, Entity and Ship");
    bool begun;
    ITD_TRY(itd_xml_begin(list, &begun, node, id, schema, error));
    if (!begun)
        return ITD_OK;
    itd_xml_place(list, node);
    itd_uk_entry entry = {.record = list->record, .schema = schema};
    itd_uksl_add_frame(&entry, id, itd_xml_child_line(list, node, "RegimeName"));
    walk w = {list, &entry, itd_xml_child_text(node, "SanctionsImposed")};
    add_node(&w, node, true);
    return itd_xml_commit(list, error);
}

static itd_status on_root(void *context, const itd_xml_node *root, itd_sv space, itd_error *error)
{
    const itd_xml_list *list = context;
    (void)space;
    if (!itd_sv_is(root->name, "Designations"))
        return itd_fail_at(error, ITD_EFORMAT, list->path, root->line, root->offset,
                           "the root element is %.*s, not Designations", ITD_SV_ARG(root->name));
    return ITD_OK;
}

static itd_status on_stray(void *context, itd_sv text, uint64_t line, uint64_t offset, itd_error *error)
{
    return itd_xml_reject_stray(context, text, line, offset, error);
}

static void on_progress(void *context, const itd_input *input)
{
    itd_xml_progress(context, input);
}

static itd_status read_list(itd_read *read, itd_error *error)
{
    static const itd_xml_handler handler = {
        .root = on_root, .record = on_record, .stray = on_stray, .progress = on_progress};
    itd_xml_list list;
    itd_status status = itd_xml_list_init(&list, read, error);
    if (status == ITD_OK)
        status = itd_xml_list_read(&list, &handler, &list, error);
    itd_xml_list_finish(&list);
    return status;
}

static int sniff(const itd_sniff *look)
{
    itd_sv name, tag;
    return itd_xml_sniff(look->head, &name, &tag) && itd_sv_is(name, "Designations") ? 100 : 0;
}

const itd_format itd_format_uksl_xml = {
    .id = "uksl-xml",
    .title = "UK Sanctions List, XML",
    .dataset = "gb-uksl",
    .sniff = sniff,
    .read = read_list,
};
