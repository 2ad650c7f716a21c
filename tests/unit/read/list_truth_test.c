/* The real lists: what was counted from them by other means (DPRK_FACTS.md, the READMEs beside them,
 * tests/checks/count_lists.py), and that nothing of a field is lost on the way into statements. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "model/collection.h"
#include "read/csv_rows.h"
#include "read/ofac_remarks.h"
#include "support/cm.h"

static char *path_of(const char *name)
{
    static char path[4096];
    const char *root = getenv("INTERDICT_DATA");
    (void)snprintf(path, sizeof path, "%s/lists/%s", root && root[0] ? root : "../shared/data", name);
    return path;
}

static void need(const char *name)
{
    if (access(path_of(name), R_OK) != 0) {
        print_message("%s is not there\n", path_of(name));
        skip();
    }
}

typedef struct truth {
    const char *file, *dataset, *version;
    size_t entities, persons, organizations, vessels, aircraft;
    size_t names, weak, orphans, links;
    struct {
        const char *code;
        size_t count;
    } programmes[6];
} truth;

/* OFAC: names are the primary one and the rows of alt; links the distinct "Linked To:" of each record. */
static const truth truths[] = {
    {"ofac/sdn-2016-10-11/SDN.CSV",
     "us-ofac-sdn",
     "",
     5337,
     2908,
     2270,
     57,
     102,
     12780,
     1583,
     0,
     1218,
     {{"DPRK", 42}, {"DPRK2", 37}, {"DPRK3", 34}}},
    {"ofac/sdn-2021-07/sdn.csv.gz",
     "us-ofac-sdn",
     "",
     8976,
     4620,
     3673,
     406,
     277,
     20884,
     2441,
     0,
     3408,
     {{"DPRK", 50}, {"DPRK2", 87}, {"DPRK3", 122}, {"DPRK4", 160}, {"DPRK-NKSPEA", 2}}},
    {"ofac/sdn-2023-07/sdn.csv.gz",
     "us-ofac-sdn",
     "",
     12632,
     6286,
     5229,
     740,
     377,
     28611,
     3036,
     317,
     5431,
     {{"DPRK", 51}, {"DPRK2", 104}, {"DPRK3", 144}, {"DPRK4", 170}, {"DPRK-NKSPEA", 2}}},
    {"ofac/cons-2016-09-16/cons_prim.csv",
     "us-ofac-cons",
     "",
     581,
     94,
     413,
     74,
     0,
     1624,
     43,
     0,
     307,
     {{"NS-PLC", 78}, {"UKRAINE-EO13662", 232}}},
    {"ofac/cons-2025-12-19/cons_prim.csv",
     "us-ofac-cons",
     "",
     442,
     79,
     363,
     0,
     0,
     1515,
     72,
     0,
     283,
     {{"NS-PLC", 78}, {"CMIC-EO13959", 68}, {"CAATSA - RUSSIA", 1}}},
    {"uk/ConList_2014-04-02.csv.gz",
     "gb-ofsi",
     "2014-04-02",
     2297,
     1337,
     960,
     0,
     0,
     5418,
     0,
     0,
     0,
     {{"North Korea (Democratic People's Republic of Korea)", 63}}},
    {"uk/ConList_2018-04-13.csv.gz",
     "gb-ofsi",
     "2018-04-13",
     2106,
     1426,
     680,
     0,
     0,
     5553,
     0,
     0,
     0,
     {{"North Korea (Democratic People's Republic of Korea)", 242}}},
    {"uk/ConList_2023-06-05.csv.gz",
     "gb-ofsi",
     "2023-06-05",
     3993,
     3231,
     747,
     15,
     0,
     13210,
     593,
     0,
     SIZE_MAX,
     {{"Democratic People's Republic of Korea", 236}}},
    {"uk/ConList_2025-04-14.csv.gz",
     "gb-ofsi",
     "2025-04-14",
     4688,
     3663,
     1010,
     15,
     0,
     15393,
     617,
     0,
     SIZE_MAX,
     {{"Democratic People's Republic of Korea", 239}}},
};

static itd_status read_list(const char *path, itd_read *read, itd_arena *arena, itd_error *error)
{
    itd_source_list plan;
    ITD_TRY(itd_sources_plan(&plan, &path, 1, NULL, arena, error));
    assert_int_equal(plan.count, 1);
    read->source = &plan.entries[0].source;
    read->dataset = itd_sv_of(plan.entries[0].dataset);
    return plan.entries[0].source.format->read(read, error);
}

typedef struct counts {
    size_t schemata[4], names, weak, links, programmes[6];
} counts;

static bool is_name(uint16_t property)
{
    return property == ITD_P_Thing_name || property == ITD_P_Thing_alias || property == ITD_P_Thing_previousName;
}

static counts count(const itd_collection *c, const truth *t)
{
    static const itd_schema schemata[] = {ITD_S_Person, ITD_S_Organization, ITD_S_Vessel, ITD_S_Airplane};
    counts got = {0};
    const itd_folded *entities = itd_collection_entities(c);
    const itd_row *rows = itd_collection_rows(c);
    for (size_t i = 0; i < itd_collection_entity_count(c); i++) {
        const itd_folded *e = &entities[i];
        got.links += e->schema == ITD_S_UnknownLink;
        uint32_t programme = 0; /* a Sanction part has one, which several rows may state */
        for (uint32_t r = e->row_first; e->schema == ITD_S_Sanction && r < e->row_first + e->row_count; r++)
            programme = rows[r].property == ITD_P_Sanction_program ? rows[r].value : programme;
        for (size_t p = 0; p < 6 && t->programmes[p].code; p++)
            got.programmes[p] += itd_sv_is(itd_collection_text(c, programme), t->programmes[p].code);
        if (e->id != e->record)
            continue;
        for (size_t s = 0; s < 4; s++)
            got.schemata[s] += e->schema == schemata[s];
        uint32_t name = 0, weak = 0; /* the same value twice, from two rows, is one name */
        uint16_t property = 0;
        for (uint32_t r = e->row_first; r < e->row_first + e->row_count; r++) {
            const itd_row *row = &rows[r];
            bool same = row->property == property && (row->value == name || row->value == weak);
            property = row->property;
            if (row->property == ITD_P_Thing_weakAlias) {
                got.weak += !(same && row->value == weak);
                weak = row->value;
            } else if (is_name(row->property)) {
                got.names += !(same && row->value == name);
                name = row->value;
            }
        }
    }
    return got;
}

static void counts_are_those_of_the_files(void **state)
{
    (void)state;
    need(truths[0].file);
    for (size_t i = 0; i < sizeof truths / sizeof truths[0]; i++) {
        const truth *t = &truths[i];
        itd_collection *c = NULL;
        itd_arena arena;
        itd_error error;
        itd_arena_init(&arena, SIZE_MAX);
        assert_int_equal(itd_collection_create(&c, SIZE_MAX, &error), ITD_OK);
        itd_read read = {.skip_bad = true, .statement = itd_collection_add, .statement_context = c};
        if (read_list(path_of(t->file), &read, &arena, &error) != ITD_OK)
            fail_msg("%s: %s", t->file, error.message);
        assert_int_equal(itd_collection_fold(c, &error), ITD_OK);
        counts got = count(c, t);
        print_message("%s: %zu rows, %zu names, %zu weak, %zu links\n", t->file, itd_collection_row_count(c), got.names,
                      got.weak, got.links);
        assert_true(itd_sv_is(read.dataset, t->dataset));
        assert_string_equal(read.version, t->version);
        assert_int_equal(read.records, t->entities);
        assert_int_equal(read.rejected, 0);
        assert_int_equal(read.orphans, t->orphans);
        assert_int_equal(got.schemata[0], t->persons);
        assert_int_equal(got.schemata[1], t->organizations);
        assert_int_equal(got.schemata[2], t->vessels);
        assert_int_equal(got.schemata[3], t->aircraft);
        assert_int_equal(got.names, t->names);
        assert_int_equal(got.weak, t->weak);
        if (t->links != SIZE_MAX)
            assert_int_equal(got.links, t->links);
        for (size_t p = 0; p < 6 && t->programmes[p].code; p++)
            assert_int_equal(got.programmes[p], t->programmes[p].count);
        itd_collection_destroy(c);
        itd_arena_finish(&arena);
    }
}

/* --- Nothing is lost: every word of a field stands in a statement, but for the words of labels --- */

typedef struct said {
    itd_buffer text; /* values and originals in lower case, blanks between */
} said;

static void append_lower(itd_buffer *out, itd_sv text)
{
    for (size_t i = 0; i < text.size; i++)
        itd_buffer_append_char(out,
                               (char)(text.data[i] >= 'A' && text.data[i] <= 'Z' ? text.data[i] | 0x20 : text.data[i]));
    itd_buffer_append_char(out, ' ');
}

static itd_status take(void *context, const itd_statement *s, itd_error *error)
{
    (void)error;
    said *all = context;
    append_lower(&all->text, s->value);
    append_lower(&all->text, s->original);
    return ITD_OK;
}

/* The bytes of the blank that does not break (C2 A0) and of the dash (E2 80 93) are no letters by themselves; a word
 * that has one of them inside is looked for in its pieces. */
static bool is_word(char c)
{
    unsigned char u = (unsigned char)c;
    if (u >= 0x80)
        return u != 0xC2 && u != 0xA0 && u != 0xE2 && u != 0x80 && u != 0x93;
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

/* Is every word of `text` in `all`, or one of `labels` (ended by NULL)? The first that is not goes to `missing`. */
static bool covers(const itd_buffer *all, itd_sv text, const char *const *labels, itd_sv *missing)
{
    char word[4096];
    for (size_t at = 0; at < text.size;) {
        size_t start = at, size = 0;
        for (; at < text.size && is_word(text.data[at]) && size + 1 < sizeof word; at++)
            word[size++] = (char)(text.data[at] >= 'A' && text.data[at] <= 'Z' ? text.data[at] | 0x20 : text.data[at]);
        if (size == 0) {
            at++;
            continue;
        }
        word[size] = 0;
        bool found = memmem(all->data, all->size, word, size) != NULL;
        for (size_t i = 0; !found && labels[i]; i++)
            found = strcmp(labels[i], word) == 0;
        if (!found) {
            *missing = itd_sv_slice(text, start, size);
            return false;
        }
    }
    return true;
}

/* Words of the labels that become properties. A number never stands here. */
static const char *const remark_labels[] = {"alt",
                                            "dob",
                                            "pob",
                                            "gender",
                                            "nationality",
                                            "citizen",
                                            "linked",
                                            "to",
                                            "a",
                                            "k",
                                            "f",
                                            "n",
                                            "digital",
                                            "currency",
                                            "address",
                                            "expires",
                                            "issued",
                                            "vessel",
                                            "flag",
                                            "former",
                                            "email",
                                            "website",
                                            "phone",
                                            "number",
                                            "telephone",
                                            "no",
                                            "mmsi",
                                            "organization",
                                            "established",
                                            "date",
                                            "type",
                                            "target",
                                            "aircraft",
                                            "model",
                                            "operator",
                                            "manufacture",
                                            "manufacturer",
                                            "s",
                                            "serial",
                                            "msn",
                                            "tail",
                                            "mode",
                                            "transponder",
                                            "code",
                                            "year",
                                            "of",
                                            "build",
                                            "other",
                                            "call",
                                            "sign",
                                            "registration",
                                            "identification",
                                            "company",
                                            NULL};

static void every_piece_of_remarks_is_kept(void **state)
{
    (void)state;
    need(truths[0].file);
    size_t pieces = 0;
    for (size_t i = 0; i < 5; i++) {
        itd_input *input = NULL;
        itd_csv *csv = NULL;
        itd_record *record = NULL;
        itd_error error;
        said all = {0};
        itd_read read = {.dataset = ITD_SV("t"), .statement = take, .statement_context = &all};
        assert_int_equal(itd_input_open(&input, path_of(truths[i].file), &error), ITD_OK);
        assert_int_equal(itd_csv_create(&csv, input, NULL, &error), ITD_OK);
        assert_int_equal(itd_record_create(&record, &read, "doc", &error), ITD_OK);
        for (;;) {
            itd_csv_row row;
            bool more = false;
            assert_int_equal(itd_csv_next(csv, &row, &more, &error), ITD_OK);
            if (!more)
                break;
            itd_sv rest = row.fields[11], piece, missing;
            if (itd_sv_is(itd_sv_trim(rest), "-0-"))
                continue;
            while (itd_sv_split(&piece, &rest, ';')) {
                itd_ofac_entry entry = {.record = record, .schema = itd_ofac_schema(row.fields[2])};
                itd_buffer_clear(&all.text);
                entry.part = itd_record_begin(record, ITD_SV("1"), false, entry.schema, 1, 0);
                itd_ofac_add_remarks(&entry, piece);
                assert_int_equal(itd_record_commit(record, &error), ITD_OK);
                if (!covers(&all.text, piece, remark_labels, &missing))
                    fail_msg("%s: \"%.*s\" of \"%.*s\" is lost: %.*s", truths[i].file, ITD_SV_ARG(missing),
                             ITD_SV_ARG(piece), ITD_SV_ARG(itd_buffer_view(&all.text)));
                pieces++;
            }
        }
        itd_buffer_finish(&all.text);
        itd_record_destroy(record);
        itd_csv_destroy(csv);
        itd_input_close(input);
    }
    assert_true(pieces > 80000);
}

/* Words of the ConList's labels, and the marks of its lists. */
static const char *const uk_labels[] = {"uk",        "sanctions", "list",     "ref",     "un",
                                        "statement", "of",        "reasons",  "gender",  "phone",
                                        "tel",       "fax",       "email",    "address", "website",
                                        "type",      "entity",    "parent",   "company", "subsidiaries",
                                        "business",  "reg",       "no",       "imo",     "number",
                                        "flag",      "ship",      "previous", "flags",   "tonnage",
                                        "year",      "built",     "current",  "owners",  "a",
                                        "b",         "c",         "d",        "e",       "f",
                                        "1",         "2",         "3",        "4",       "5",
                                        "6",         "7",         "8",        "9",       "10",
                                        "11",        "12",        "13",       "14",      "15",
                                        "16",        "17",        "18",       "19",      "20",
                                        NULL};

/* Not values: how the rows are joined, and what kind a name is. */
static bool is_told_otherwise(itd_sv header)
{
    static const char *const names[] = {"Group Type", "Alias Type", "Alias Quality", "Non-Latin Script Type",
                                        "Non-Latin Script Language"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (itd_sv_is(header, names[i]))
            return true;
    return false;
}

typedef struct groups {
    itd_intern ids;
    said said[8192];
} groups;

static itd_status take_of_group(void *context, const itd_statement *s, itd_error *error)
{
    groups *all = context;
    itd_sv key = itd_sv_slice(s->record, strlen("gb-ofsi-"), SIZE_MAX);
    uint32_t group = itd_intern_add(&all->ids, key);
    assert_true(group < 8192);
    itd_buffer_append(&all->said[group].text, ITD_SV(" "));
    if (s->property == ITD_P_ID) {
        append_lower(&all->said[group].text, key);
        return ITD_OK;
    }
    return take(&all->said[group], s, error);
}

static void every_field_of_the_conlist_is_kept(void **state)
{
    (void)state;
    need(truths[5].file);
    for (size_t i = 5; i < 9; i++) {
        groups *all = calloc(1, sizeof *all);
        itd_arena arena;
        itd_error error;
        itd_input *input = NULL;
        itd_csv *csv = NULL;
        itd_csv_row row;
        itd_intern seen;
        itd_csv_options options = {.encoding = ITD_CSV_UTF8_OR_CP1252};
        char headers[64][64];
        size_t fields = 0, width = 0;
        bool more = false;
        itd_intern_init(&all->ids, SIZE_MAX);
        itd_intern_init(&seen, SIZE_MAX);
        itd_arena_init(&arena, SIZE_MAX);
        itd_read read = {.skip_bad = false, .statement = take_of_group, .statement_context = all};
        if (read_list(path_of(truths[i].file), &read, &arena, &error) != ITD_OK)
            fail_msg("%s: %s", truths[i].file, error.message);
        assert_int_equal(itd_input_open(&input, path_of(truths[i].file), &error), ITD_OK);
        assert_int_equal(itd_csv_create(&csv, input, &options, &error), ITD_OK);
        for (size_t line = 0;; line++) {
            assert_int_equal(itd_csv_next(csv, &row, &more, &error), ITD_OK);
            if (!more)
                break;
            for (size_t f = 0; line == 1 && f < row.count; f++)
                (void)snprintf(headers[width++], 64, "%.*s", ITD_SV_ARG(row.fields[f]));
            if (line < 2)
                continue;
            uint32_t group = itd_intern_find(&all->ids, itd_sv_trim(row.fields[width - 1]));
            assert_true(group != ITD_MAP_NONE);
            for (size_t f = 0; f < row.count; f++) {
                char key[24];
                itd_sv missing;
                (void)snprintf(key, sizeof key, "%u ", group);
                itd_sv text = itd_arena_format(&arena, "%s%.*s", key, ITD_SV_ARG(row.fields[f]));
                size_t before = seen.count;
                (void)itd_intern_add(&seen, text);
                if (row.fields[f].size == 0 || seen.count == before || is_told_otherwise(itd_sv_of(headers[f])))
                    continue;
                fields++;
                if (!covers(&all->said[group].text, row.fields[f], uk_labels, &missing))
                    fail_msg("%s:%u: \"%.*s\" of %s \"%.*s\" is lost", truths[i].file, (unsigned)row.line,
                             ITD_SV_ARG(missing), headers[f], ITD_SV_ARG(row.fields[f]));
            }
        }
        assert_true(fields > 20000);
        for (size_t g = 0; g < all->ids.count; g++)
            itd_buffer_finish(&all->said[g].text);
        itd_intern_finish(&all->ids);
        itd_intern_finish(&seen);
        itd_arena_finish(&arena);
        itd_csv_destroy(csv);
        itd_input_close(input);
        free(all);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_are_those_of_the_files),
        cmocka_unit_test(every_piece_of_remarks_is_kept),
        cmocka_unit_test(every_field_of_the_conlist_is_kept),
    };
    return cmocka_run_group_tests_name("list_truth", tests, NULL, NULL);
}
