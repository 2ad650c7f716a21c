/* Canada's consolidated autonomous sanctions list (Special Economic Measures Act, Justice for Victims of Corrupt
 * Foreign Officials Act), XML of Global Affairs Canada: a flat `record` an entry. What names an entry is the
 * regulation's country, its schedule and the item there: "russia-1-part-1-12"; an entry without an item goes by a hash
 * of its name. Element names are those of 2022 and of 2025. */
#include <stdio.h>

#include "read/xml_record.h"

/** Longest piece of a key. */
#define CA_SLUG_MAX 96
#define CA_KEY_MAX (3 * CA_SLUG_MAX + 3)

typedef struct ca_entry {
    itd_xml_list *list;
    itd_schema schema;
    itd_part sanction;
} ca_entry;

/* Names of one element in two editions. */
static const itd_xml_node *either(const itd_xml_node *node, const char *now, const char *before)
{
    const itd_xml_node *found = itd_xml_child(node, now);
    return found ? found : itd_xml_child(node, before);
}

static itd_sv text_of(itd_xml_list *list, const itd_xml_node *node)
{
    itd_sv text = node ? itd_xml_line(list, node->text) : ITD_SV_NONE;
    return itd_xml_is_nothing(text) ? ITD_SV_NONE : text;
}

/* --- Key --- */

/* "Russia / Russie" → "russia", "1, Part 1.1" → "1-part-1.1". */
static itd_sv slug_of(char out[CA_SLUG_MAX], itd_sv text)
{
    size_t size = 0;
    for (size_t i = 0; i < text.size && size < CA_SLUG_MAX; i++) {
        char c = text.data[i];
        char low = c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
        if ((low >= 'a' && low <= 'z') || (low >= '0' && low <= '9') || low == '.')
            out[size++] = low;
        else if (size > 0 && out[size - 1] != '-')
            out[size++] = '-';
    }
    while (size > 0 && out[size - 1] == '-')
        size--;
    return itd_sv_make(out, size);
}

static itd_sv key_of(char out[CA_KEY_MAX], const itd_xml_node *node, itd_sv name)
{
    char country[CA_SLUG_MAX], schedule[CA_SLUG_MAX], item[CA_SLUG_MAX], hash[ITD_XML_HASH_TEXT_MAX];
    itd_sv english = itd_xml_child_text(node, "Country"), plan = itd_xml_child_text(node, "Schedule");
    itd_sv first = slug_of(country, itd_sv_slice(english, 0, itd_sv_find(english, ITD_SV("/"), 0)));
    itd_sv second = slug_of(schedule, itd_xml_is_nothing(plan) ? ITD_SV_NONE : plan);
    itd_sv third = slug_of(item, itd_xml_child_text(node, "Item"));
    if (first.size == 0)
        return ITD_SV_NONE;
    if (third.size == 0) {
        itd_xml_hash(hash, &name, 1);
        third = itd_sv_of(hash);
    }
    int size = snprintf(out, CA_KEY_MAX, "%.*s%s%.*s-%.*s", ITD_SV_ARG(first), second.size ? "-" : "",
                        ITD_SV_ARG(second), ITD_SV_ARG(third));
    return itd_sv_make(out, (size_t)size);
}

/* --- Names --- */

/* "Hara Institute/Institut Hara" is a name in English and one in French: two texts of several words each. */
static bool is_bilingual(itd_sv name, itd_sv *english, itd_sv *french)
{
    size_t at = itd_sv_find(name, ITD_SV("/"), 0);
    if (at == SIZE_MAX || itd_sv_find(name, ITD_SV("/"), at + 1) != SIZE_MAX)
        return false;
    *english = itd_sv_trim(itd_sv_slice(name, 0, at));
    *french = itd_sv_trim(itd_sv_slice(name, at + 1, SIZE_MAX));
    return itd_sv_find(*english, ITD_SV(" "), 0) != SIZE_MAX && itd_sv_find(*french, ITD_SV(" "), 0) != SIZE_MAX;
}

static void add_name(const ca_entry *entry, itd_sv name)
{
    itd_sv english, french;
    itd_record *record = entry->list->record;
    if (!is_bilingual(name, &english, &french)) {
        itd_record_add(record, 0, ITD_P_Thing_name, name);
        return;
    }
    itd_record_add_as(record, 0, ITD_P_Thing_name, english, name, ITD_SV_NONE);
    itd_record_add_as(record, 0, ITD_P_Thing_alias, french, name, ITD_SV("fra"));
}

static void add_names(const ca_entry *entry, const itd_xml_node *node)
{
    itd_xml_list *list = entry->list;
    const itd_xml_node *given = itd_xml_child(node, "GivenName"), *last = itd_xml_child(node, "LastName");
    const itd_xml_node *other = either(node, "EntityOrShip", "Entity");
    itd_sv parts[] = {text_of(list, given), text_of(list, last)};
    itd_sv whole = itd_xml_join(list, parts, 2, " ");
    if (last || given)
        itd_xml_place(list, last ? last : given);
    itd_record_add(list->record, 0, ITD_P_Thing_name, whole);
    if (entry->schema == ITD_S_Person) {
        itd_record_add(list->record, 0, ITD_P_Person_lastName, parts[1]);
        itd_record_add(list->record, 0, ITD_P_Person_firstName, parts[0]);
    }
    if (other) {
        itd_xml_place(list, other);
        add_name(entry, text_of(list, other));
    }
}

static const char *label_of(itd_sv *alias)
{
    static const char *const languages[][2] = {
        {"Belarusian", "bel"}, {"Belarussian", "bel"}, {"Russian", "rus"}, {"Ukrainian", "ukr"}, {"Persian", "fas"}};
    size_t colon = itd_sv_find(*alias, ITD_SV(":"), 0);
    if (colon == SIZE_MAX)
        return NULL;
    for (size_t i = 0; i < sizeof languages / sizeof languages[0]; i++)
        if (itd_sv_equal_nocase(itd_sv_trim(itd_sv_slice(*alias, 0, colon)), itd_sv_of(languages[i][0]))) {
            *alias = itd_sv_trim(itd_sv_slice(*alias, colon + 1, SIZE_MAX));
            return languages[i][1];
        }
    return NULL;
}

/* Does a legal form follow the comma, as in "Co., Ltd."? Then it parts no names. */
static bool starts_with_form(itd_sv text)
{
    static const char *const forms[] = {"ltd", "limited", "inc",  "llc", "l.l.c", "llp", "co.", "corp",
                                        "s.a", "jsc",     "gmbh", "plc", "s.r.o", "a.s", "pte", "pty"};
    text = itd_sv_trim(text);
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++)
        if (itd_sv_starts_nocase(text, itd_sv_of(forms[i])))
            return true;
    return false;
}

/* End of the alias that `text` starts with: a semicolon, or a comma outside brackets. */
static size_t alias_end(itd_sv text)
{
    int depth = 0;
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        depth += c == '(' ? 1 : c == ')' && depth > 0 ? -1 : 0;
        if (depth == 0 && (c == ';' || (c == ',' && !starts_with_form(itd_sv_slice(text, i + 1, SIZE_MAX)))))
            return i;
    }
    return text.size;
}

static void add_aliases(const ca_entry *entry, itd_sv text)
{
    while (text.size > 0) {
        size_t end = alias_end(text);
        itd_sv said = itd_sv_trim(itd_sv_slice(text, 0, end)), alias = said;
        text = itd_sv_slice(text, end + 1, SIZE_MAX);
        const char *lang = label_of(&alias);
        itd_record_add_as(entry->list->record, 0, ITD_P_Thing_alias, alias, lang ? said : ITD_SV_NONE, itd_sv_of(lang));
    }
}

/* --- Dates --- */

static bool is_year(itd_sv text)
{
    uint64_t year;
    return text.size == 4 && itd_sv_to_u64(&year, text);
}

/* "1969-09-10", "1963-1964", "1963 or 1964"; each that it may be. */
static bool add_dates(const ca_entry *entry, itd_property property, itd_sv text)
{
    itd_date dates[2];
    size_t at = itd_sv_find_nocase(text, ITD_SV(" or "), 0);
    itd_sv first = text, second = ITD_SV_NONE;
    if (at != SIZE_MAX) {
        first = itd_sv_trim(itd_sv_slice(text, 0, at));
        second = itd_sv_trim(itd_sv_slice(text, at + 4, SIZE_MAX));
    } else if (text.size == 9 && text.data[4] == '-' && is_year(itd_sv_slice(text, 5, 4))) {
        first = itd_sv_slice(text, 0, 4);
        second = itd_sv_slice(text, 5, 4);
    }
    if (!itd_date_parse(&dates[0], first) || (second.size > 0 && !itd_date_parse(&dates[1], second)))
        return false;
    for (size_t i = 0; i < 1 + (second.size > 0); i++)
        itd_record_add_date(entry->list->record, 0, property, dates[i], text);
    return true;
}

static void add_date(const ca_entry *entry, const itd_xml_node *node)
{
    const itd_xml_node *element = either(node, "DateOfBirthOrShipBuildDate", "DateOfBirth");
    itd_sv text = text_of(entry->list, element);
    if (text.size == 0)
        return;
    bool person = entry->schema == ITD_S_Person, known = false;
    itd_xml_place(entry->list, element);
    if (person || entry->schema == ITD_S_Vessel)
        known = add_dates(entry, person ? ITD_P_Person_birthDate : ITD_P_Vehicle_buildDate, text);
    if (!known)
        itd_xml_note(entry->list, "Date of birth or build", text);
}

/* --- Records --- */

static void add_sanction(ca_entry *entry, const itd_xml_node *node)
{
    itd_xml_list *list = entry->list;
    itd_record *record = list->record;
    itd_date date;
    itd_sv listed = itd_xml_child_text(node, "DateOfListing");
    itd_sv plan = itd_xml_child_line(list, node, "Schedule"), item = itd_xml_child_line(list, node, "Item");
    itd_sv place[] = {plan.size ? ITD_SV("Schedule") : ITD_SV_NONE, plan, item.size ? ITD_SV("item") : ITD_SV_NONE,
                      item};
    itd_xml_place(list, node);
    entry->sanction = itd_record_part(record, ITD_S_Sanction, ITD_SV("sanction"));
    itd_record_link(record, entry->sanction, ITD_P_Sanction_entity, 0);
    itd_record_add(record, 0, ITD_P_Thing_topics, ITD_SV("sanction"));
    itd_record_add(record, entry->sanction, ITD_P_Sanction_authority, ITD_SV("Global Affairs Canada"));
    itd_record_add(record, entry->sanction, ITD_P_Sanction_program, itd_xml_child_line(list, node, "Country"));
    itd_record_add(record, entry->sanction, ITD_P_Interval_recordId, itd_xml_join(list, place, 4, " "));
    if (itd_date_parse(&date, listed))
        itd_record_add_date(record, entry->sanction, ITD_P_Sanction_listingDate, date, listed);
    else
        itd_xml_note(list, "Date of listing", listed);
}

static void add_title(const ca_entry *entry, const itd_xml_node *node)
{
    const itd_xml_node *element = either(node, "TitleOrShip", "Title");
    itd_sv text = text_of(entry->list, element);
    if (text.size == 0)
        return;
    itd_xml_place(entry->list, element);
    if (entry->schema == ITD_S_Person)
        itd_record_add(entry->list->record, 0, ITD_P_Person_title, text);
    else if (entry->schema == ITD_S_Vessel)
        itd_record_add(entry->list->record, 0, ITD_P_Vehicle_type, text);
    else
        itd_xml_note(entry->list, "Title", text);
}

static void add_facts(const ca_entry *entry, const itd_xml_node *node)
{
    static const char *const known[] = {"Country",
                                        "LastName",
                                        "GivenName",
                                        "EntityOrShip",
                                        "Entity",
                                        "Aliases",
                                        "TitleOrShip",
                                        "Title",
                                        "ShipIMONumber",
                                        "Schedule",
                                        "Item",
                                        "DateOfListing",
                                        "DateOfBirth",
                                        "DateOfBirthOrShipBuildDate",
                                        NULL};
    const itd_xml_node *aliases = itd_xml_child(node, "Aliases"), *number = itd_xml_child(node, "ShipIMONumber");
    add_title(entry, node);
    add_date(entry, node);
    if (aliases) {
        itd_xml_place(entry->list, aliases);
        add_aliases(entry, text_of(entry->list, aliases));
    }
    if (number) {
        itd_xml_place(entry->list, number);
        itd_record_add(entry->list->record, 0, ITD_P_Vessel_imoNumber, text_of(entry->list, number));
    }
    itd_xml_place(entry->list, node);
    itd_xml_note_rest(entry->list, node, known);
}

static itd_status on_record(void *context, const itd_xml_node *node, itd_sv holder, itd_error *error)
{
    itd_xml_list *list = context;
    (void)holder;
    itd_sv last = itd_xml_child_text(node, "LastName"), given = itd_xml_child_text(node, "GivenName");
    const itd_xml_node *other = either(node, "EntityOrShip", "Entity");
    itd_sv name = other ? itd_sv_trim(other->text) : ITD_SV_NONE;
    if (!itd_sv_is(node->name, "record"))
        return itd_xml_reject(list, node, ITD_SV_NONE, error, "not a record");
    if (last.size + given.size + name.size == 0)
        return itd_xml_reject(list, node, itd_xml_child_text(node, "Item"), error, "record has no name");
    bool begun;
    char key[CA_KEY_MAX];
    ca_entry entry = {.list = list, .schema = last.size + given.size ? ITD_S_Person : ITD_S_Organization};
    if (itd_xml_child_text(node, "ShipIMONumber").size > 0)
        entry.schema = ITD_S_Vessel;
    ITD_TRY(itd_xml_begin(list, &begun, node, key_of(key, node, name.size ? name : last), entry.schema, error));
    if (!begun)
        return ITD_OK;
    add_sanction(&entry, node);
    add_names(&entry, node);
    add_facts(&entry, node);
    return itd_xml_commit(list, error);
}

static itd_status on_root(void *context, const itd_xml_node *root, itd_sv space, itd_error *error)
{
    const itd_xml_list *list = context;
    (void)space;
    if (itd_sv_is(root->name, "data-set"))
        return ITD_OK;
    return itd_fail_at(error, ITD_EFORMAT, list->path, root->line, root->offset,
                       "the root element is %.*s, not data-set", ITD_SV_ARG(root->name));
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
    return itd_xml_sniff(look->head, &name, &tag) && itd_sv_is(name, "data-set") &&
                   itd_sv_find(look->head, ITD_SV("<Country>"), 0) != SIZE_MAX &&
                   itd_sv_find(look->head, ITD_SV("<Item>"), 0) != SIZE_MAX
               ? 100
               : 0;
}

const itd_format itd_format_ca_sema = {
    .id = "ca-sema-xml",
    .title = "Canada's consolidated autonomous sanctions list, XML",
    .dataset = "ca-sema",
    .sniff = sniff,
    .read = read_list,
};
