/* The readers of XML lists on the real ones: counts that their publishers' documents, an independent script and the
 * readers agree on, and an audit that no text of a record is lost. Skipped where the lists are not there. */
#include "base/map.h"
#include "base/memory.h"
#include "support/cm.h"
#include "support/list_fields.h"
#include "support/reading.h"

#define RECORDS_MAX 2048

/* What a list was read as: counts as the script prints them, and all text of each record. */
typedef struct tally {
    itd_intern facts; /* "programme X\trecord" and the like, to count each once */
    itd_intern keys;  /* of the counts */
    uint64_t counts[512];
    struct {
        uint64_t offset;
        itd_buffer text; /* values and originals, white space as one blank */
    } records[RECORDS_MAX];
    size_t record_count;
} tally;

static void count(tally *t, const char *key, const char *fact)
{
    size_t before = t->facts.count;
    assert_true(itd_intern_add(&t->facts, itd_sv_of(fact)) != ITD_MAP_NONE);
    if (t->facts.count == before)
        return;
    uint32_t id = itd_intern_add(&t->keys, itd_sv_of(key));
    assert_true(id < 512);
    t->counts[id]++;
}

static void append_line(itd_buffer *out, itd_sv text)
{
    bool blank = true;
    for (size_t i = 0; i < text.size; i++) {
        bool space = text.data[i] == ' ' || text.data[i] == '\n' || text.data[i] == '\t' || text.data[i] == '\r';
        if (!space || !blank)
            assert_true(itd_buffer_append_char(out, space ? ' ' : text.data[i]));
        blank = space;
    }
    assert_true(itd_buffer_append_char(out, '\n'));
}

static itd_status on_statement(void *context, const itd_statement *s, itd_error *error)
{
    (void)error;
    tally *t = context;
    static char fact[70000], key[512];
    const char *property = itd_property_name(s->property);
    bool self = itd_sv_equal(s->entity, s->record);
    if (self && s->property == ITD_P_ID) {
        assert_true(t->record_count < RECORDS_MAX);
        t->records[t->record_count++].offset = s->offset;
        (void)snprintf(fact, sizeof fact, "record\t%.*s", ITD_SV_ARG(s->record));
        count(t, "records", fact);
        (void)snprintf(fact, sizeof fact, "schema\t%.*s", ITD_SV_ARG(s->record));
        count(t, itd_schema_name(s->schema), fact);
    }
    (void)snprintf(fact, sizeof fact, "%.*s\t%s\t%.*s", ITD_SV_ARG(s->record), property, ITD_SV_ARG(s->value));
    if (self && (s->property == ITD_P_Thing_name || s->property == ITD_P_Thing_alias ||
                 s->property == ITD_P_Thing_previousName || s->property == ITD_P_Thing_weakAlias)) {
        count(t, "names", fact);
        char weak[sizeof fact + 1];
        (void)snprintf(weak, sizeof weak, "%s!", fact);
        if (s->property == ITD_P_Thing_weakAlias)
            count(t, "weak_names", weak);
    }
    if (s->property == ITD_P_Sanction_program) {
        (void)snprintf(key, sizeof key, "programme %.*s", ITD_SV_ARG(s->value));
        count(t, key, fact);
    }
    append_line(&t->records[t->record_count - 1].text, s->value);
    append_line(&t->records[t->record_count - 1].text, s->original);
    return ITD_OK;
}

static uint64_t count_of(const tally *t, const char *key)
{
    uint32_t id = itd_intern_find(&t->keys, itd_sv_of(key));
    return id == ITD_MAP_NONE ? 0 : t->counts[id];
}

/* Both ways: every count of the script, and no other. */
static void assert_script_agrees(const tally *t, const char *path)
{
    char command[8192], row[1024];
    size_t rows = 0;
    (void)snprintf(command, sizeof command, "python3 tests/checks/count_xml.py '%s'", path);
    FILE *script = popen(command, "r");
    assert_non_null(script);
    while (fgets(row, sizeof row, script)) {
        char *tab = strchr(row, '\t');
        assert_non_null(tab);
        *tab = '\0';
        uint64_t wanted = strtoull(tab + 1, NULL, 10), got = count_of(t, row);
        if (got != wanted)
            print_message("  %s: %llu, the script says %llu\n", row, (unsigned long long)got,
                          (unsigned long long)wanted);
        assert_int_equal(got, wanted);
        rows++;
    }
    assert_int_equal(pclose(script), 0);
    assert_int_equal(rows, t->keys.count);
}

/* Texts whose meaning is the property that a statement has: the counts above hold them. */
static bool is_meaning(itd_sv element, itd_sv text)
{
    static const char *const pairs[][2] = {
        {"QUALITY", "Good"},
        {"QUALITY", "Low"},
        {"QUALITY", "a.k.a"},
        {"QUALITY", "f.k.a"},
        {"TYPE_OF_DATE", "EXACT"},
        {"type", "a.k.a"},
        {"type", "f.k.a"},
        {"category", "strong"},
        {"category", "weak"},
        {"mainEntry", "true"},
        {"mainEntry", "false"},
        {"sdnType", "Individual"},
        {"nspType", "Individual"},
        {"sdnType", "Entity"},
        {"sdnType", "Vessel"},
        {"idType", "Gender"},
        {"idType", "MMSI"},
        {"idType", "Website"},
        {"idType", "Email Address"},
        {"idType", "Former Vessel Flag"},
        {"idType", "Nationality of Registration"},
        {"idType", "Organization Established Date"},
        {"idType", "Organization Type:"},
        {"idType", "Target Type"},
        {"idType", "Vessel Registration Identification"},
        {"uid", NULL}, /* of aliases, births, papers: the publisher's bookkeeping */
    };
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        if (itd_sv_is(element, pairs[i][0]) && (!pairs[i][1] || itd_sv_is(text, pairs[i][1])))
            return true;
    return false;
}

/* Text of an element with its character references opened, in one line, without the point of a sentence. */
static itd_sv plain_text(itd_buffer *out, itd_sv raw)
{
    static const char *const references[][2] = {{"&amp;", "&"},  {"&lt;", "<"},   {"&gt;", ">"},  {"&quot;", "\""},
                                                {"&apos;", "'"}, {"&#13;", "\r"}, {"&#xD;", "\r"}};
    char *text = itd_malloc(raw.size + 1);
    size_t size = 0;
    assert_non_null(text);
    for (size_t i = 0; i < raw.size;) {
        size_t r = 0, references_count = sizeof references / sizeof references[0];
        itd_sv rest = itd_sv_slice(raw, i, raw.size);
        while (r < references_count && !itd_sv_starts(rest, itd_sv_of(references[r][0])))
            r++;
        assert_true(raw.data[i] != '&' || r < references_count);
        text[size++] = r < references_count ? references[r][1][0] : raw.data[i];
        i += r < references_count ? strlen(references[r][0]) : 1;
    }
    itd_buffer_clear(out);
    append_line(out, itd_sv_trim(itd_sv_make(text, size)));
    itd_free(text);
    itd_sv line = itd_sv_trim(itd_buffer_view(out));
    while (line.size && strchr(".,", line.data[line.size - 1]))
        line.size--;
    return line;
}

/* Every text of every record stands in a value or an original of one of the record's statements. The file is cut at its
 * tags, without a parser. */
static size_t audit(const tally *t, itd_sv file)
{
    itd_buffer scratch = {0};
    size_t texts = 0, record = 0, missing = 0;
    for (size_t at = (size_t)t->records[0].offset; (at = itd_sv_find(file, ITD_SV("<"), at)) != SIZE_MAX;) {
        size_t close = itd_sv_find(file, ITD_SV(">"), at), next = itd_sv_find(file, ITD_SV("<"), close);
        while (record + 1 < t->record_count && t->records[record + 1].offset <= at)
            record++;
        itd_sv tag = itd_sv_slice(file, at + 1, close - at - 1);
        itd_sv line =
            next == SIZE_MAX ? ITD_SV_NONE : plain_text(&scratch, itd_sv_slice(file, close + 1, next - close - 1));
        at = close;
        if (line.size == 0)
            continue;
        texts++;
        itd_sv all = itd_buffer_view(&t->records[record].text), bare = line;
        /* "A; B" may be two statements */
        bool found = itd_sv_find(all, line, 0) != SIZE_MAX || is_meaning(tag, line);
        size_t open = itd_sv_find(line, ITD_SV(" ("), 0); /* "1026303117642 (Russia)" is a number and its country */
        if (!found && open != SIZE_MAX && itd_sv_ends(line, ITD_SV(")")))
            found = itd_sv_find(all, itd_sv_slice(line, 0, open), 0) != SIZE_MAX &&
                    itd_sv_find(all, itd_sv_slice(line, open + 2, line.size - open - 3), 0) != SIZE_MAX;
        for (itd_sv part; !found && itd_sv_split(&part, &bare, ';');) {
            part = itd_sv_trim(part);
            if (itd_sv_starts(part, ITD_SV("(")) && itd_sv_ends(part, ITD_SV(")")))
                part = itd_sv_slice(part, 1, part.size - 2);
            if (itd_sv_starts(part, ITD_SV("Linked To:")))
                part = itd_sv_trim(itd_sv_slice(part, 10, part.size));
            while (part.size && strchr(".:", part.data[part.size - 1]))
                part.size--;
            size_t label = 0; /* of a telephone, which is a property */
            if (itd_sv_starts(part, ITD_SV("Telephone")) && itd_sv_find(all, part, 0) == SIZE_MAX) {
                label = 9;
                while (label < part.size && strchr(": ", part.data[label]))
                    label++;
                if (itd_sv_starts(itd_sv_slice(part, label, part.size), ITD_SV("Number: ")))
                    label += 8;
            }
            if (itd_sv_find(all, itd_sv_slice(part, label, part.size), 0) == SIZE_MAX)
                break;
            found = bare.size == 0;
        }
        if (!found && missing++ < 20)
            print_message("  lost, %.*s: %.*s\n", ITD_SV_ARG(tag), ITD_SV_ARG(line));
    }
    assert_int_equal(missing, 0);
    itd_buffer_finish(&scratch);
    return texts;
}

typedef struct truth {
    const char *path, *version;
    const itd_format *format;
    uint64_t records, persons;
    const struct {
        const char *programme;
        uint64_t records;
    } programmes[3];
} truth;

static void check(const truth *list)
{
    char path[4096];
    if (!reading_real(path, list->path)) {
        print_message("%s is not there\n", list->path);
        skip();
    }
    tally *t = itd_calloc(1, sizeof *t);
    assert_non_null(t);
    itd_intern_init(&t->facts, SIZE_MAX);
    itd_intern_init(&t->keys, SIZE_MAX);
    reading r = {.also = on_statement, .also_context = t};
    if (reading_file(&r, list->format, "list", path) != ITD_OK)
        fail_msg("%s: %s", list->path, r.error.message);
    assert_string_equal(r.read.version, list->version);
    assert_int_equal(r.read.records, list->records);
    assert_int_equal(r.rejects, 0);
    assert_int_equal(count_of(t, "records"), list->records);
    assert_int_equal(count_of(t, "Person"), list->persons);
    for (size_t i = 0; i < 3 && list->programmes[i].programme; i++)
        assert_int_equal(count_of(t, list->programmes[i].programme), list->programmes[i].records);
    assert_script_agrees(t, path);
    size_t size = 0;
    char *file = list_slurp(list->path, &size);
    assert_non_null(file);
    size_t texts = audit(t, itd_sv_make(file, size));
    print_message("  %s: %zu texts\n", list->path, texts);
    assert_true(texts > 10 * list->records);
    free(file);
    for (size_t i = 0; i < t->record_count; i++)
        itd_buffer_finish(&t->records[i].text);
    itd_intern_finish(&t->facts);
    itd_intern_finish(&t->keys);
    itd_free(t);
    reading_finish(&r);
}

/* Counts from the README beside the lists and from the table of entries under the DPRK programme. */
static void un_lists(void **state)
{
    (void)state;
    static const truth lists[] = {
        {"lists/un/un_consolidated_2026-02-27.xml.gz",
         "2026-02-27",
         &itd_format_un_xml,
         730 + 273,
         730,
         {{"programme DPRK", 155}}},
        {"lists/un/un_consolidated_2026-01-28.xml.gz",
         "2026-01-28",
         &itd_format_un_xml,
         726 + 273,
         726,
         {{"programme DPRK", 155}}},
        {"lists/un/un_consolidated_2025-04-19.xml.gz",
         "2025-04-19",
         &itd_format_un_xml,
         684 + 193,
         684,
         {{"programme DPRK", 155}}},
        {"lists/un/un_consolidated_2020-11-30.xml.gz",
         "2020-11-30",
         &itd_format_un_xml,
         713 + 305,
         713,
         {{"programme DPRK", 155}}},
        {"lists/un/un_consolidated_2018-10-29.xml.gz",
         "2018-10-29",
         &itd_format_un_xml,
         703 + 390,
         703,
         {{"programme DPRK", 155}}},
    };
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
        check(&lists[i]);
}

static void ofac_lists(void **state)
{
    (void)state;
    static const truth lists[] = {
        {"lists/ofac/cons-2016-09-16/consolidated.xml", "2016-09-16", &itd_format_ofac_xml, 581, 94, {{0}}},
        {"lists/ofac/cons-2026-01-08/consolidated.xml", "2026-01-08", &itd_format_ofac_xml, 442, 79, {{0}}},
        {"lists/ofac/samples-xml/sdn_sample.xml", "2014-07-16", &itd_format_ofac_xml, 4, 2, {{"programme CUBA", 2}}},
        {"lists/ofac/samples-xml/sdn_sample2.xml", "2020-04-22", &itd_format_ofac_xml, 8, 6, {{0}}},
        {"lists/ofac/samples-xml/consolidated_sample.xml", "2014-12-17", &itd_format_ofac_xml, 16, 8, {{0}}},
    };
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
        check(&lists[i]);
}

/* Facts of one reading, each once: "entity|property|value" in one line, of the properties that both forms state alike.
 */
static itd_status gather_fact(void *context, const itd_statement *s, itd_error *error)
{
    static const itd_property properties[] = {
        ITD_P_Thing_name,
        ITD_P_Thing_alias,
        ITD_P_Thing_weakAlias,
        ITD_P_Thing_previousName,
        ITD_P_Thing_country,
        ITD_P_Thing_topics,
        ITD_P_Person_birthDate,
        ITD_P_Person_birthPlace,
        ITD_P_Person_birthCountry,
        ITD_P_Person_nationality,
        ITD_P_Person_citizenship,
        ITD_P_Person_passportNumber,
        ITD_P_Person_firstName,
        ITD_P_Person_lastName,
        ITD_P_Person_position,
        ITD_P_Sanction_program,
        ITD_P_Sanction_provisions,
        ITD_P_Vessel_imoNumber,
        ITD_P_Vessel_callSign,
        ITD_P_Vessel_flag,
        ITD_P_Vessel_pastFlags,
        ITD_P_Vessel_mmsi,
        ITD_P_Vessel_tonnage,
        ITD_P_Vehicle_owner,
        ITD_P_LegalEntity_swiftBic,
        ITD_P_LegalEntity_idNumber,
        ITD_P_LegalEntity_taxNumber,
        ITD_P_LegalEntity_website,
        ITD_P_LegalEntity_email,
        ITD_P_LegalEntity_phone,
        ITD_P_UnknownLink_subject,
        ITD_P_UnknownLink_object,
        ITD_P_Thing_addressEntity,
        ITD_P_Identification_type,
        ITD_P_LegalEntity_registrationNumber,
    };
    (void)error;
    itd_intern *facts = context;
    bool compared = false;
    for (size_t i = 0; i < sizeof properties / sizeof properties[0]; i++)
        compared |= s->property == properties[i];
    if (!compared)
        return ITD_OK;
    itd_buffer line = {0};
    assert_true(itd_buffer_format(&line, "%.*s|%s|", ITD_SV_ARG(s->entity), itd_property_name(s->property)));
    append_line(&line, s->value);
    assert_true(itd_intern_add(facts, itd_buffer_view(&line)) != ITD_MAP_NONE);
    itd_buffer_finish(&line);
    return ITD_OK;
}

static size_t print_missing(const itd_intern *of, const itd_intern *in, const char *where)
{
    size_t missing = 0;
    for (size_t i = 0; i < of->count; i++)
        if (itd_intern_find(in, of->texts[i]) == ITD_MAP_NONE && missing++ < 10)
            print_message("  only in the %s: %.*s", where, ITD_SV_ARG(of->texts[i]));
    return missing;
}

/* The consolidated list of one day as CSV set and as XML: the same facts. */
static void csv_and_xml_agree(void **state)
{
    (void)state;
    static const char *const files[] = {"cons_prim.csv", "cons_add.csv", "cons_alt.csv"};
    char path[4][4096], name[128];
    itd_intern facts[2];
    if (!reading_real(path[3], "lists/ofac/cons-2016-09-16/consolidated.xml"))
        skip();
    for (size_t i = 0; i < 3; i++) {
        (void)snprintf(name, sizeof name, "lists/ofac/cons-2016-09-16/%s", files[i]);
        assert_true(reading_real(path[i], name));
    }
    itd_intern_init(&facts[0], SIZE_MAX);
    itd_intern_init(&facts[1], SIZE_MAX);
    reading csv = {.also = gather_fact, .also_context = &facts[0]},
            xml = {.also = gather_fact, .also_context = &facts[1]};
    csv.source.paths[1] = path[1];
    csv.source.paths[2] = path[2];
    assert_int_equal(reading_file(&csv, &itd_format_ofac_csv, "us-ofac-cons", path[0]), ITD_OK);
    assert_int_equal(reading_file(&xml, &itd_format_ofac_xml, "us-ofac-cons", path[3]), ITD_OK);
    print_message("  %zu facts\n", facts[0].count);
    assert_true(facts[0].count > 7000);
    assert_int_equal(print_missing(&facts[0], &facts[1], "CSV"), 0);
    assert_int_equal(print_missing(&facts[1], &facts[0], "XML"), 0);
    for (size_t i = 0; i < 2; i++)
        itd_intern_finish(&facts[i]);
    reading_finish(&csv);
    reading_finish(&xml);
}

/* What is said of North Korea's banks and offices in the newest UN list. */
static void named_entities(void **state)
{
    (void)state;
    char path[4096];
    if (!reading_real(path, "lists/un/un_consolidated_2026-02-27.xml.gz"))
        skip();
    reading r = {0};
    assert_int_equal(reading_file(&r, &itd_format_un_xml, "un-sc", path), ITD_OK);
    assert_true(reading_has(&r, "un-sc-6908552|Organization|name|KOREA DAESONG BANK||"));
    assert_true(reading_has(&r, "un-sc-6908552|Organization|swiftBic|KDBKKPPY"));
    assert_true(reading_has(&r, "un-sc-6908552-sanction|Sanction|unscId|KPe.035||"));
    assert_true(reading_has(&r, "un-sc-6908552|Organization|country|kp"));
    assert_int_equal(reading_count(&r, "|Sanction|unscId|KPi."), 80);
    assert_int_equal(reading_count(&r, "|Sanction|unscId|KPe."), 75);
    assert_int_equal(reading_count(&r, "|alias|Bureau 39|"), 1);
    assert_int_equal(reading_count(&r, "|alias|Office #39|"), 1);
    reading_finish(&r);
}

/* A real file that is not well-formed: refused with its place, whatever may be skipped. */
static void mangled_is_refused(void **state)
{
    (void)state;
    char path[4096];
    if (!reading_real(path, "lists/un/malformed/un_consolidated_2025-08-16_mangled.xml.gz"))
        skip();
    reading r = {.read.skip_bad = true};
    assert_int_equal(reading_file(&r, &itd_format_un_xml, "un-sc", path), ITD_EFORMAT);
    assert_non_null(strstr(r.error.message, "not well-formed"));
    assert_string_equal(r.error.where, path);
    assert_int_equal(r.error.line, 53);
    size_t size = 0;
    char *file = list_slurp("lists/un/malformed/un_consolidated_2025-08-16_mangled.xml.gz", &size);
    assert_non_null(file);
    assert_true(r.error.offset < size);
    assert_true((unsigned char)file[r.error.offset] < ' ' || (unsigned char)file[r.error.offset] >= 0x80);
    free(file);
    reading_finish(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(un_lists),       cmocka_unit_test(ofac_lists),         cmocka_unit_test(csv_and_xml_agree),
        cmocka_unit_test(named_entities), cmocka_unit_test(mangled_is_refused),
    };
    return cmocka_run_group_tests_name("xml_lists", tests, NULL, NULL);
}
