/* Names of the UN list: aliases with their quality, names in other scripts, and texts that list several names. */
#include "read/un_xml.h"

/* Scripts that one living language is written in (ISO 15924 to ISO 639-3). Others, Arabic or Cyrillic, say nothing. */
static const struct {
    uint32_t first, last;
    const char *language;
} scripts[] = {
    {0x0370, 0x03FF, "ell"}, {0x0530, 0x058F, "hye"}, {0x0590, 0x05FF, "heb"}, {0x0E00, 0x0E7F, "tha"},
    {0x10A0, 0x10FF, "kat"}, {0x1100, 0x11FF, "kor"}, {0x3040, 0x30FF, "jpn"}, {0xAC00, 0xD7AF, "kor"},
};

/* Languages that the list names in parentheses behind a name. */
static const struct {
    const char *name, *language;
} languages[] = {
    {"Tigrinya", "tir"}, {"Amharic", "amh"}, {"Arabic", "ara"},  {"Farsi", "fas"},
    {"Persian", "fas"},  {"Dari", "prs"},    {"Pashto", "pus"},  {"Urdu", "urd"},
    {"Korean", "kor"},   {"Russian", "rus"}, {"Chinese", "zho"}, {"Turkish", "tur"},
    {"Hebrew", "heb"},   {"Somali", "som"},  {"French", "fra"},  {"Bosnian", "bos"},
};

/* The code point at `*at`, which moves past it; the text is valid UTF-8. */
static uint32_t next_point(itd_sv text, size_t *at)
{
    unsigned char lead = (unsigned char)text.data[(*at)++];
    if (lead < 0x80)
        return lead;
    int more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
    uint32_t point = lead & (0x3Fu >> more);
    for (; more > 0 && *at < text.size; more--)
        point = point << 6 | ((unsigned char)text.data[(*at)++] & 0x3Fu);
    return point;
}

static itd_sv language_of(itd_sv name)
{
    for (size_t at = 0; at < name.size;) {
        uint32_t point = next_point(name, &at);
        for (size_t i = 0; point >= scripts[0].first && i < sizeof scripts / sizeof scripts[0]; i++)
            if (point >= scripts[i].first && point <= scripts[i].last)
                return itd_sv_of(scripts[i].language);
    }
    return ITD_SV_NONE;
}

static bool has_ascii_letter(itd_sv text)
{
    for (size_t i = 0; i < text.size; i++)
        if ((text.data[i] | 0x20) >= 'a' && (text.data[i] | 0x20) <= 'z')
            return true;
    return false;
}

static bool has_other_script(itd_sv text)
{
    for (size_t at = 0; at < text.size;)
        if (next_point(text, &at) >= 0x370)
            return true;
    return false;
}

static void add_one(const itd_un_entry *entry, itd_property property, itd_sv name, itd_sv original, itd_sv language)
{
    itd_record_add_as(entry->list->record, 0, property, name, original, language.size ? language : language_of(name));
}

/* "A (B)" to its two sides when it ends like that. */
static bool split_parentheses(itd_sv name, itd_sv *before, itd_sv *inside)
{
    if (!itd_sv_ends(name, ITD_SV(")")))
        return false;
    size_t open = name.size;
    while (open > 0 && name.data[open - 1] != '(')
        open--;
    if (open < 2)
        return false;
    *before = itd_sv_trim(itd_sv_slice(name, 0, open - 1));
    *inside = itd_sv_trim(itd_sv_slice(name, open, name.size - open - 1));
    return before->size > 0 && inside->size > 0;
}

/* "original script: B" to B. */
static itd_sv without_mark(itd_sv text)
{
    static const itd_sv marks[] = {ITD_SV("original script:"), ITD_SV("original script"), ITD_SV("in Arabic script:")};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (itd_sv_starts_nocase(text, marks[i]))
            return itd_sv_trim(itd_sv_slice(text, marks[i].size, text.size));
    return text;
}

/* One of the names: "A", "A (A in its script)", "A in its script (Language)", "A (previously listed as)". */
static void add_scripts(const itd_un_entry *entry, itd_property property, itd_sv name, itd_sv original)
{
    itd_sv before, inside;
    name = itd_sv_trim(name);
    while (itd_sv_ends(name, ITD_SV(",")))
        name = itd_sv_trim(itd_sv_slice(name, 0, name.size - 1));
    if (split_parentheses(name, &before, &inside)) {
        for (size_t i = 0; i < sizeof languages / sizeof languages[0]; i++)
            if (itd_sv_is(inside, languages[i].name) && has_other_script(before) && !has_ascii_letter(before)) {
                add_one(entry, property, before, original, itd_sv_of(languages[i].language));
                return;
            }
        if (itd_sv_ends(inside, ITD_SV("ly listed as"))) {
            add_one(entry, ITD_P_Thing_previousName, before, original, ITD_SV_NONE);
            return;
        }
        inside = without_mark(inside);
        if (!has_ascii_letter(inside) && (inside.size == 0 || has_other_script(inside))) {
            add_one(entry, property, before, original, ITD_SV_NONE);
            add_one(entry, property, inside, original, ITD_SV_NONE);
            return;
        }
    }
    add_one(entry, property, name, original, ITD_SV_NONE);
}

/* Does the parenthesis that opens at `at` hold a semicolon? `*close` is where it closes, or the text's size. */
static bool lists_names(itd_sv text, size_t at, size_t *close)
{
    bool lists = false;
    int depth = 0;
    for (; at < text.size; at++) {
        depth += (text.data[at] == '(') - (text.data[at] == ')');
        lists |= text.data[at] == ';';
        if (depth == 0)
            break;
    }
    *close = at;
    return lists;
}

void itd_un_add_names(const itd_un_entry *entry, itd_property property, itd_sv text)
{
    itd_sv line = itd_xml_line(entry->list, text), original = itd_sv_trim(text);
    if (line.size > ITD_UN_SPLIT_BYTES_MAX) {
        add_one(entry, property, line, original, ITD_SV_NONE);
        return;
    }
    size_t start = 0, close = SIZE_MAX; /* where the parenthesis ends whose content is a list */
    for (size_t i = 0; i < line.size; i++) {
        size_t end;
        bool opens = line.data[i] == '(' && close == SIZE_MAX && lists_names(line, i, &end);
        if (!opens && line.data[i] != ';' && i != close)
            continue;
        add_scripts(entry, property, itd_sv_slice(line, start, i - start), original);
        start = i + 1;
        close = opens ? end : i == close ? SIZE_MAX : close;
    }
    add_scripts(entry, property, itd_sv_slice(line, start, line.size), original);
}

void itd_un_original_script(const itd_un_entry *entry, const itd_xml_node *node)
{
    itd_un_add_names(entry, ITD_P_Thing_alias, node->text);
}

static itd_property alias_property(itd_sv quality)
{
    if (itd_sv_equal_nocase(quality, ITD_SV("Low")))
        return ITD_P_Thing_weakAlias;
    if (itd_sv_equal_nocase(quality, ITD_SV("f.k.a.")))
        return ITD_P_Thing_previousName;
    return ITD_P_Thing_alias;
}

/* Of a person, some aliases come with a birth of their own: it is one more claim about the person, and the note says
 * which alias makes it. */
static void add_alias_birth(const itd_un_entry *entry, itd_sv name, const itd_xml_node *node)
{
    itd_xml_list *list = entry->list;
    itd_sv date = itd_un_text(entry, node, "DATE_OF_BIRTH"), city = itd_un_text(entry, node, "CITY_OF_BIRTH");
    itd_sv country = itd_un_text(entry, node, "COUNTRY_OF_BIRTH"), note = itd_xml_child_line(list, node, "NOTE");
    itd_date day;
    if (entry->person) {
        if (itd_un_date(&day, date))
            itd_record_add_date(list->record, 0, ITD_P_Person_birthDate, day, date);
        itd_record_add(list->record, 0, ITD_P_Person_birthPlace,
                       itd_xml_join(list, (itd_sv[]){city, country}, 2, ", "));
        if (country.size)
            itd_record_add_country(list->record, 0, ITD_P_Person_birthCountry, country);
    }
    itd_sv about = itd_xml_join(list, (itd_sv[]){date, city, country, note}, 4, ", ");
    itd_sv label = itd_xml_join(list, (itd_sv[]){ITD_SV("Alias"), name}, 2, " ");
    itd_record_add(list->record, 0, ITD_P_Thing_notes,
                   about.size ? itd_xml_join(list, (itd_sv[]){label, about}, 2, ": ") : ITD_SV_NONE);
}

void itd_un_alias(const itd_un_entry *entry, const itd_xml_node *node)
{
    static const char *const known[] = {"QUALITY", "ALIAS_NAME", "DATE_OF_BIRTH", "CITY_OF_BIRTH", "COUNTRY_OF_BIRTH",
                                        "NOTE",    NULL};
    static const char *const qualities[] = {"Good", "Low", "a.k.a.", "f.k.a."};
    itd_xml_list *list = entry->list;
    itd_sv name = itd_xml_child_text(node, "ALIAS_NAME"), quality = itd_xml_child_text(node, "QUALITY");
    itd_xml_place(list, node);
    if (itd_xml_is_nothing(name))
        itd_xml_note(list, "Alias", name);
    else
        itd_un_add_names(entry, alias_property(quality), name);
    itd_sv note = itd_xml_child_line(list, node, "NOTE"), script = without_mark(note);
    if (script.size < note.size)
        add_one(entry, alias_property(quality), script, note, ITD_SV_NONE);
    bool said = false; /* by the property */
    for (size_t i = 0; i < sizeof qualities / sizeof qualities[0]; i++)
        said |= name.size && itd_sv_equal_nocase(quality, itd_sv_of(qualities[i]));
    if (!said)
        itd_xml_note(list, "Quality of alias", quality);
    add_alias_birth(entry, itd_xml_line(list, name), node);
    itd_xml_note_rest(list, node, known);
}
