#include "read/ofac_remarks.h"

#include "interdict/identifier.h"
#include "model/country.h"
#include "read/ofac_labels.h"
#include "read/ofac_text.h"
#include "read/wallets.h"

/* English words, or the ISO form that the readers of the richer XML make of a period. */
static bool parse_date(itd_date *out, itd_sv text)
{
    return itd_date_parse_english(out, text) || itd_date_parse(out, text);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static itd_sv without_final_point(itd_sv text)
{
    text = itd_sv_trim(text);
    if (itd_sv_ends(text, ITD_SV(".")))
        text.size--;
    return itd_sv_trim(text);
}

itd_sv itd_ofac_name_of_sentence(itd_sv text)
{
    static const char *const abbreviations[] = {"CO",  "CORP", "INC", "LTD", "LTDA", "LLC",  "CIA", "BROS", "EST",
                                                "INT", "MFG",  "JR",  "SR",  "ETC",  "INTL", "PTE", "PTY",  "GMBH"};
    text = itd_sv_trim(text);
    if (!itd_sv_ends(text, ITD_SV(".")))
        return text;
    itd_sv clean = itd_sv_make(text.data, text.size - 1);
    size_t start = clean.size;
    while (start > 0 && !is_blank(clean.data[start - 1]) && clean.data[start - 1] != ',')
        start--;
    itd_sv last = itd_sv_slice(clean, start, SIZE_MAX);
    if (itd_sv_find(last, ITD_SV("."), 0) != SIZE_MAX || last.size == 1)
        return text;
    for (size_t i = 0; i < sizeof abbreviations / sizeof abbreviations[0]; i++)
        if (itd_sv_equal_nocase(last, itd_sv_of(abbreviations[i])))
            return text;
    return itd_sv_trim(clean);
}

/* Takes " issued 4 May 2000" or the like from the end of the text. */
static bool take_date(itd_sv *text, const char *word, itd_sv *words)
{
    itd_sv needle = itd_sv_of(word);
    size_t at = SIZE_MAX;
    for (size_t next = itd_sv_find(*text, needle, 0); next != SIZE_MAX; next = itd_sv_find(*text, needle, next + 1))
        at = next;
    if (at == SIZE_MAX)
        return false;
    itd_date date;
    itd_sv tail = itd_sv_trim(itd_sv_slice(*text, at + needle.size, SIZE_MAX));
    if (!parse_date(&date, tail))
        return false;
    *words = tail;
    *text = itd_sv_trim(itd_sv_slice(*text, 0, at));
    return true;
}

/* Takes "(Korea, North)" from the end, when it is a country. */
static bool take_country(itd_sv *text, itd_sv *country)
{
    if (!itd_sv_ends(*text, ITD_SV(")")))
        return false;
    size_t open = text->size;
    while (open > 0 && text->data[open - 1] != '(')
        open--;
    if (open == 0)
        return false;
    itd_sv inner = itd_sv_slice(*text, open, text->size - open - 1);
    if (!itd_country_find(inner))
        return false;
    *country = itd_sv_trim(inner);
    *text = itd_sv_trim(itd_sv_slice(*text, 0, open - 1));
    return true;
}

/* "1234 (Korea, North) issued 02 Feb 2010 expires 02 Feb 2020." in its parts. */
static void take_apart(itd_ofac_fact *fact, itd_sv text)
{
    text = without_final_point(text);
    for (bool taken = true; taken;) {
        taken = (fact->expires.size == 0 && take_date(&text, " expires ", &fact->expires)) ||
                (fact->issued.size == 0 && take_date(&text, " issued ", &fact->issued)) ||
                (fact->country.size == 0 && take_country(&text, &fact->country));
    }
    /* A number ends where a clause begins. */
    static const char *const clauses[] = {" (", ", ", " issued ", " expires "};
    size_t end = text.size;
    for (size_t i = 0; i < sizeof clauses / sizeof clauses[0]; i++) {
        size_t at = itd_sv_find(text, itd_sv_of(clauses[i]), 0);
        end = at < end ? at : end;
    }
    fact->value = itd_sv_slice(text, 0, end);
    fact->note = itd_sv_trim(itd_sv_slice(text, end, SIZE_MAX));
    if (itd_sv_starts(fact->note, ITD_SV(",")))
        fact->note = itd_sv_trim(itd_sv_slice(fact->note, 1, SIZE_MAX));
    size_t close = itd_sv_starts(fact->note, ITD_SV("(")) ? itd_sv_find(fact->note, ITD_SV(")"), 0) : SIZE_MAX;
    itd_sv opening = itd_sv_slice(fact->note, 0, close == SIZE_MAX ? 0 : close + 1);
    if (fact->country.size == 0 && take_country(&opening, &fact->country))
        fact->note = itd_sv_trim(itd_sv_slice(fact->note, close + 1, SIZE_MAX));
}

static void add_years(const itd_ofac_entry *entry, itd_date from, itd_date to, itd_sv original)
{
    bool all = to.year - from.year < ITD_OFAC_YEARS_MAX;
    for (int year = from.year; year <= to.year; year++) {
        itd_date date = {.year = (int16_t)year};
        if (all || year == from.year || year == to.year)
            itd_record_add_date(entry->record, entry->part, ITD_P_Person_birthDate, date, original);
    }
}

/* "1960 to 1965", "05 Jan 1960 to 03 Mar 1960", "1960-1965". */
static bool parse_range(itd_date *from, itd_date *to, itd_sv text)
{
    size_t at = itd_sv_find(text, ITD_SV(" to "), 0), width = 4;
    if (at == SIZE_MAX && text.size == 9) {
        at = itd_sv_find(text, ITD_SV("-"), 0);
        width = 1;
    }
    return at != SIZE_MAX && parse_date(from, itd_sv_slice(text, 0, at)) &&
           parse_date(to, itd_sv_slice(text, at + width, SIZE_MAX)) && from->year <= to->year;
}

static bool add_birth_date(const itd_ofac_entry *entry, itd_sv text)
{
    itd_sv words = without_final_point(text), bare = words;
    itd_date from, to;
    if (entry->schema != ITD_S_Person)
        return false;
    if (itd_sv_starts_nocase(bare, ITD_SV("circa ")))
        bare = itd_sv_trim(itd_sv_slice(bare, 6, SIZE_MAX));
    if (parse_date(&from, bare)) {
        itd_record_add_date(entry->record, entry->part, ITD_P_Person_birthDate, from, words);
        return true;
    }
    if (!parse_range(&from, &to, bare))
        return false;
    if (from.year == to.year && from.month == to.month && from.month != 0) {
        from.day = 0;
        itd_record_add_date(entry->record, entry->part, ITD_P_Person_birthDate, from, words);
    } else {
        add_years(entry, from, to, words);
    }
    return true;
}

void itd_ofac_add_birth_date(const itd_ofac_entry *entry, itd_sv text)
{
    if (!add_birth_date(entry, text))
        itd_record_add(entry->record, entry->part, ITD_P_Thing_notes, text);
}

/* The country that a place ends with: "Pyongyang, Korea, North" ends with the last two of its parts. */
static itd_sv country_of_place(itd_sv place)
{
    size_t last = SIZE_MAX, before = SIZE_MAX;
    for (size_t at = itd_sv_find(place, ITD_SV(","), 0); at != SIZE_MAX; at = itd_sv_find(place, ITD_SV(","), at + 1)) {
        before = last;
        last = at;
    }
    size_t starts[] = {last == SIZE_MAX || before == SIZE_MAX ? 0 : before + 1, last == SIZE_MAX ? 0 : last + 1};
    for (size_t i = 0; i < 2; i++) {
        itd_sv tail = itd_sv_trim(itd_sv_slice(place, starts[i], SIZE_MAX));
        if (itd_country_find(tail))
            return tail;
    }
    return ITD_SV_NONE;
}

static bool add_birth_place(const itd_ofac_entry *entry, itd_sv text)
{
    itd_sv place = without_final_point(text);
    if (entry->schema != ITD_S_Person || place.size == 0)
        return false;
    itd_record_add(entry->record, entry->part, ITD_P_Person_birthPlace, place);
    itd_record_add_country(entry->record, entry->part, ITD_P_Person_birthCountry, country_of_place(place));
    return true;
}

static bool add_gender(const itd_ofac_entry *entry, itd_sv text)
{
    itd_sv word = without_final_point(text);
    bool male = itd_sv_equal_nocase(word, ITD_SV("male"));
    if (entry->schema != ITD_S_Person || (!male && !itd_sv_equal_nocase(word, ITD_SV("female"))))
        return false;
    itd_record_add_as(entry->record, entry->part, ITD_P_Person_gender, male ? ITD_SV("male") : ITD_SV("female"), word,
                      ITD_SV_NONE);
    return true;
}

static void add_document_dates(itd_record *record, itd_part part, const itd_ofac_fact *fact)
{
    itd_date date;
    itd_sv texts[] = {fact->issued, fact->expires};
    const itd_property properties[] = {ITD_P_Interval_startDate, ITD_P_Interval_endDate};
    for (size_t i = 0; i < 2; i++) {
        if (parse_date(&date, texts[i]))
            itd_record_add_date(record, part, properties[i], date, texts[i]);
        else
            itd_record_add(record, part, ITD_P_Interval_summary, texts[i]);
    }
}

/* The number on the record, and the paper that bears it as a part, for its country and dates. */
static bool add_paper(const itd_ofac_entry *entry, const itd_ofac_fact *given, itd_property property, bool passport)
{
    itd_record *record = entry->record;
    itd_ofac_fact cleaned = *given, *fact = &cleaned;
    itd_sv before = ITD_SV_NONE, after = ITD_SV_NONE;
    itd_ofac_clean_number(&before, &fact->value, &after, passport);
    itd_sv type[] = {fact->label, before}, note[] = {after, fact->note};
    if (before.size > 0)
        fact->label = itd_record_join(record, " ", type, 2);
    if (after.size > 0)
        fact->note = itd_record_join(record, "; ", note, 2);
    if (fact->country.size == 0 && itd_country_find(after))
        fact->country = after;
    if (fact->value.size == 0 || !itd_schema_is(entry->schema, ITD_S_LegalEntity))
        return false;
    if (property != ITD_P_LegalEntity_swiftBic && !itd_ofac_has_digit(fact->value))
        return false; /* words such as "Passport place of issue: …" */
    itd_sv said[] = {fact->label, fact->value, fact->country};
    char hashed[ITD_OFAC_SUFFIX_MAX];
    itd_part paper = itd_record_part(record, passport ? ITD_S_Passport : ITD_S_Identification,
                                     itd_ofac_suffix(hashed, passport ? "passport-" : "id-", said, 3));
    itd_record_link(record, paper, ITD_P_Identification_holder, entry->part);
    itd_record_add(record, paper, ITD_P_Identification_type, fact->label);
    itd_record_add_as(record, paper, passport ? ITD_P_Passport_passportNumber : ITD_P_Identification_number,
                      fact->value, itd_sv_equal(fact->value, given->value) ? ITD_SV_NONE : given->value, ITD_SV_NONE);
    itd_record_add_country(record, paper, ITD_P_Identification_country, fact->country);
    add_document_dates(record, paper, fact);
    itd_record_add(record, paper, ITD_P_Interval_summary, fact->note);
    itd_record_add(record, entry->part, property, fact->value);
    return true;
}

static bool is_identifier(const char *kind, itd_sv text)
{
    itd_identifier identifier;
    return itd_identifier_parse(&identifier, kind, text.data ? text.data : "", text.size, NULL) == ITD_OK;
}

/* Numbers of Russia and of GLEIF have properties of their own; the general one keeps the value too, since a question
 * may use either.
 */
static void add_national(const itd_ofac_entry *entry, const itd_ofac_fact *fact, itd_property property)
{
    const char *code = fact->country.size ? itd_country_find(fact->country) : NULL;
    if (itd_sv_equal_nocase(fact->label, ITD_SV("Legal Entity Number")) && is_identifier("lei", fact->value))
        itd_record_add(entry->record, entry->part, ITD_P_LegalEntity_leiCode, fact->value);
    if (!code || strcmp(code, "ru") != 0)
        return;
    if (property == ITD_P_LegalEntity_taxNumber && is_identifier("inn", fact->value))
        itd_record_add(entry->record, entry->part, ITD_P_LegalEntity_innCode, fact->value);
    if (property == ITD_P_LegalEntity_registrationNumber && is_identifier("ogrn", fact->value))
        itd_record_add(entry->record, entry->part, ITD_P_LegalEntity_ogrnCode, fact->value);
}

static bool add_number(const itd_ofac_entry *entry, const itd_ofac_fact *fact, const char *name)
{
    itd_property property = itd_property_find(entry->schema, itd_sv_of(name));
    if (property == ITD_PROPERTY_NONE || !add_paper(entry, fact, property, false))
        return false;
    itd_ofac_fact cleaned = *fact;
    itd_sv before = ITD_SV_NONE, after = ITD_SV_NONE;
    itd_ofac_clean_number(&before, &cleaned.value, &after, false);
    add_national(entry, &cleaned, property);
    return true;
}

/* "IMO 1234567": ships and companies have a property of that name each. Other numbers of a ship's register stay notes.
 */
static bool add_imo(const itd_ofac_entry *entry, const itd_ofac_fact *fact)
{
    itd_property property = itd_property_find(entry->schema, ITD_SV("imoNumber"));
    itd_sv text = itd_sv_trim(fact->value), number = itd_sv_trim(itd_sv_slice(text, 3, SIZE_MAX));
    bool more = fact->note.size > 0 || fact->issued.size > 0 || fact->expires.size > 0;
    if (property == ITD_PROPERTY_NONE || more || !itd_sv_starts_nocase(text, ITD_SV("IMO")) || number.size == 0)
        return false;
    itd_sv bracket[] = {ITD_SV("("), fact->country, ITD_SV(")")};
    itd_sv words[] = {text, fact->country.size ? itd_record_join(entry->record, "", bracket, 3) : ITD_SV_NONE};
    itd_record_add_as(entry->record, entry->part, property, number, itd_record_join(entry->record, " ", words, 2),
                      ITD_SV_NONE);
    return true;
}

/* Assets whose addresses carry a check, or have a form of their own; an address of another asset is taken as it is. */
static bool is_address(itd_sv asset, itd_sv key)
{
    static const char *const kinds[][2] = {{"XBT", "btc"}, {"BTC", "btc"}, {"ETH", "eth"},
                                           {"LTC", "ltc"}, {"XMR", "xmr"}, {"TRX", "trx"}};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (itd_sv_equal_nocase(asset, itd_sv_of(kinds[i][0])))
            return is_identifier(kinds[i][1], key);
    return true;
}

static bool add_wallet(const itd_ofac_entry *entry, itd_sv asset, itd_sv key)
{
    key = without_final_point(key);
    asset = itd_sv_trim(asset);
    if (key.size == 0 || asset.size == 0 || itd_sv_find(key, ITD_SV(" "), 0) != SIZE_MAX)
        return false;
    if (!is_address(asset, key)) {
        itd_record_tell(entry->record, "the wallet address \"%.*s\" (%.*s) does not verify and is kept as a note",
                        ITD_SV_ARG(key), ITD_SV_ARG(asset));
        return false;
    }
    itd_sv words[] = {ITD_SV("wallet"), asset, key};
    itd_sv suffix = itd_record_join(entry->record, "-", words, 3);
    if (suffix.size == 0)
        return true; /* out of memory: commit says so */
    itd_part wallet = itd_record_part(entry->record, ITD_S_CryptoWallet, suffix);
    itd_record_add(entry->record, wallet, ITD_P_CryptoWallet_publicKey, key);
    itd_record_add(entry->record, wallet, ITD_P_CryptoWallet_currencySymbol, asset);
    if (itd_schema_is(entry->schema, ITD_S_LegalEntity))
        itd_record_link(entry->record, wallet, ITD_P_CryptoWallet_holder, entry->part);
    return true;
}

static bool add_plain(const itd_ofac_entry *entry, const itd_ofac_label *label, itd_sv value, itd_sv original)
{
    itd_property property = itd_property_find(entry->schema, itd_sv_of(label->property));
    itd_date date;
    value = without_final_point(value);
    if (property == ITD_PROPERTY_NONE || value.size == 0)
        return false;
    switch (itd_property_typeof(property)) {
    case ITD_TYPE_COUNTRY:
        if (!itd_country_find(value))
            return false;
        itd_record_add_country(entry->record, entry->part, property, value);
        return true;
    case ITD_TYPE_DATE:
        if (!parse_date(&date, value))
            return false;
        itd_record_add_date(entry->record, entry->part, property, date, value);
        return true;
    case ITD_TYPE_ENTITY:
        itd_ofac_add_named(entry, entry->part, property, value);
        return true;
    default:
        itd_record_add_as(entry->record, entry->part, property, value, original, ITD_SV_NONE);
        return true;
    }
}

/* `whole` is the text of label and value together. */
static bool add_labelled(const itd_ofac_entry *entry, const itd_ofac_label *label, itd_ofac_fact *fact, itd_sv whole)
{
    switch (label->kind) {
    case ITD_OFAC_LABEL_BIRTH_DATE:
        return add_birth_date(entry, fact->value);
    case ITD_OFAC_LABEL_BIRTH_PLACE:
        return add_birth_place(entry, fact->value);
    case ITD_OFAC_LABEL_GENDER:
        return add_gender(entry, fact->value);
    case ITD_OFAC_LABEL_PASSPORT:
        return entry->schema == ITD_S_Person && add_paper(entry, fact, ITD_P_Person_passportNumber, true);
    case ITD_OFAC_LABEL_NUMBER:
        return add_number(entry, fact, label->property);
    case ITD_OFAC_LABEL_IMO:
        return add_imo(entry, fact) || (label->property && add_number(entry, fact, label->property));
    case ITD_OFAC_LABEL_PLAIN:
        return add_plain(entry, label, fact->value, ITD_SV_NONE);
    case ITD_OFAC_LABEL_SAID:
        return add_plain(entry, label, fact->value, without_final_point(whole));
    case ITD_OFAC_LABEL_LINK:
        itd_ofac_add_link(entry, fact->value);
        return itd_ofac_name_of_sentence(fact->value).size > 0;
    case ITD_OFAC_LABEL_PROVISION:
        itd_ofac_add_provision(entry, without_final_point(whole));
        return true;
    case ITD_OFAC_LABEL_WALLET:
        break; /* its asset stands in the label: the callers know where */
    }
    return false;
}

static bool needs_taking_apart(itd_ofac_label_kind kind)
{
    return kind == ITD_OFAC_LABEL_PASSPORT || kind == ITD_OFAC_LABEL_NUMBER || kind == ITD_OFAC_LABEL_IMO;
}

bool itd_ofac_add_fact(const itd_ofac_entry *entry, const itd_ofac_fact *given)
{
    size_t used = 0;
    itd_ofac_fact fact = *given;
    fact.label = itd_sv_trim(fact.label);
    const itd_ofac_label *label = itd_ofac_find_label(fact.label, &used);
    itd_sv rest = itd_sv_trim(itd_sv_slice(fact.label, used, SIZE_MAX));
    if (label && label->kind == ITD_OFAC_LABEL_WALLET)
        return add_wallet(entry, rest, fact.value);
    itd_ofac_label general = {.property = "idNumber", .kind = ITD_OFAC_LABEL_NUMBER};
    bool whole_label = rest.size == 0 || itd_sv_is(rest, "-") || itd_sv_is(rest, ":");
    if (!label || (!whole_label && label->kind != ITD_OFAC_LABEL_PROVISION)) {
        if (!itd_ofac_is_number_label(fact.label))
            return false;
        label = &general;
    }
    itd_sv words[] = {fact.label, fact.value};
    bool said = label->kind == ITD_OFAC_LABEL_PROVISION || label->kind == ITD_OFAC_LABEL_SAID;
    itd_sv whole = said ? itd_record_join(entry->record, " ", words, 2) : ITD_SV_NONE;
    return add_labelled(entry, label, &fact, whole);
}

/* "a.k.a. 'NAME'": everything between the first and the last quote. */
static bool add_quoted_name(const itd_ofac_entry *entry, itd_sv piece)
{
    static const char *const starts[] = {"a.k.a. '", "f.k.a. '", "n.k.a. '"};
    itd_sv text = without_final_point(piece);
    for (size_t i = 0; i < 3; i++) {
        itd_sv start = itd_sv_of(starts[i]);
        if (!itd_sv_starts_nocase(text, start) || !itd_sv_ends(text, ITD_SV("'")) || text.size <= start.size + 1)
            continue;
        itd_sv name = itd_sv_slice(text, start.size, text.size - start.size - 1);
        itd_ofac_add_name(entry, name, itd_ofac_name_kind_of(text), true);
        return true;
    }
    return false;
}

/* The asset is the first word after the label: "Digital Currency Address - XBT 1Kuf2…". */
static bool add_wallet_piece(const itd_ofac_entry *entry, itd_sv rest)
{
    rest = itd_sv_trim(rest);
    size_t blank = itd_sv_find(rest, ITD_SV(" "), 0);
    return blank != SIZE_MAX && add_wallet(entry, itd_sv_slice(rest, 0, blank), itd_sv_slice(rest, blank, SIZE_MAX));
}

/* An address of the net on its own: "www.example.com.", "info@example.com (email)". */
static bool add_net_address(const itd_ofac_entry *entry, itd_sv piece)
{
    static const char *const endings[] = {" (email)", " (website)"};
    itd_sv text = without_final_point(piece);
    for (size_t i = 0; i < 2; i++)
        if (itd_sv_ends(text, itd_sv_of(endings[i])))
            text.size -= strlen(endings[i]);
    if (!itd_schema_is(entry->schema, ITD_S_LegalEntity) || itd_sv_find(text, ITD_SV(" "), 0) != SIZE_MAX)
        return false;
    bool site = itd_sv_starts_nocase(text, ITD_SV("www.")) || itd_sv_starts_nocase(text, ITD_SV("http"));
    if (!site && itd_sv_find(text, ITD_SV("@"), 0) == SIZE_MAX)
        return false;
    itd_record_add(entry->record, entry->part, site ? ITD_P_LegalEntity_website : ITD_P_LegalEntity_email, text);
    return true;
}

/* False: a note is all that it can be. */
static bool add_piece(const itd_ofac_entry *entry, itd_sv piece)
{
    if (add_quoted_name(entry, piece) || add_net_address(entry, piece))
        return true;
    itd_sv text = piece;
    if (itd_sv_starts_nocase(text, ITD_SV("alt. ")))
        text = itd_sv_trim(itd_sv_slice(text, 5, SIZE_MAX));
    size_t used = 0;
    itd_ofac_label general = {.property = "idNumber", .kind = ITD_OFAC_LABEL_NUMBER};
    const itd_ofac_label *label = itd_ofac_find_label(text, &used);
    if (!label) {
        used = itd_ofac_number_label(text);
        if (used == 0)
            return false;
        label = &general;
    }
    itd_sv rest = itd_sv_trim(itd_sv_slice(text, used, SIZE_MAX));
    if (label->kind == ITD_OFAC_LABEL_WALLET)
        return add_wallet_piece(entry, rest);
    itd_ofac_fact fact = {.label = itd_sv_trim(itd_sv_slice(text, 0, used)), .value = rest};
    if (itd_sv_ends(fact.label, ITD_SV(":")))
        fact.label.size--;
    if (needs_taking_apart(label->kind))
        take_apart(&fact, rest);
    return add_labelled(entry, label, &fact, text);
}

void itd_ofac_add_remarks(const itd_ofac_entry *entry, itd_sv remarks)
{
    itd_sv piece;
    while (itd_sv_split(&piece, &remarks, ';')) {
        piece = itd_sv_trim(piece);
        if (piece.size == 0 || add_piece(entry, piece))
            continue;
        itd_record_add(entry->record, entry->part, ITD_P_Thing_notes, piece);
        if (itd_sv_find_nocase(piece, ITD_SV("Digital Currency Address"), 0) == SIZE_MAX) /* else it was looked at */
            itd_record_add_wallets(entry->record, entry->part, piece);
    }
}
