#include "model/country.h"
#include "read/mapping.h"

/* From the cells of a row to values in their normal form. */

itd_property itd_mapping_property(itd_schema schema, itd_sv name)
{
    /* Where several descendants bring the property in, the more usual one counts: imoNumber is a ship's. */
    static const itd_schema usual[] = {ITD_S_LegalEntity, ITD_S_Person,  ITD_S_Vessel,
                                       ITD_S_Airplane,    ITD_S_Company, ITD_S_CryptoWallet};
    itd_property property = itd_property_find(schema, name);
    for (size_t i = 0; property == ITD_PROPERTY_NONE && i < sizeof usual / sizeof usual[0]; i++)
        if (itd_schema_is(usual[i], schema))
            property = itd_property_find(usual[i], name);
    for (itd_schema s = 0; property == ITD_PROPERTY_NONE && s < ITD_SCHEMA_COUNT; s++)
        if (itd_schema_is(s, schema))
            property = itd_property_find(s, name);
    return property == ITD_P_ID ? ITD_PROPERTY_NONE : property;
}

typedef struct apply {
    itd_schema schema;
    bool loose;
    itd_mapping_cell *cell;
    const void *row;
    itd_mapping_sink *sink;
    void *context;
    itd_arena *arena;
} apply;

static itd_property find(const apply *a, itd_sv name)
{
    itd_property property = a->loose ? itd_mapping_property(a->schema, name) : itd_property_find(a->schema, name);
    return property == ITD_P_ID ? ITD_PROPERTY_NONE : property;
}

/* What takes the place of a property that a schema does not have. */
static itd_property replaced(const apply *a, itd_sv name)
{
    static const char *const instead[][2] = {
        {"nationality", "country"},
        {"jurisdiction", "country"},
        {"flag", "country"},
        {"idNumber", "registrationNumber"},
        {"registrationNumber", "idNumber"},
        {"birthCountry", "country"},
        {"program", "notes"},
    };
    itd_property property = find(a, name);
    for (size_t i = 0; property == ITD_PROPERTY_NONE && i < sizeof instead / sizeof instead[0]; i++)
        if (itd_sv_is(name, instead[i][0]))
            property = find(a, itd_sv_of(instead[i][1]));
    return property;
}

static bool all_digits(itd_sv text)
{
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] < '0' || text.data[i] > '9')
            return false;
    return text.size > 0;
}

static bool date_any(itd_date *out, itd_sv text)
{
    char iso[ITD_DATE_TEXT_MAX];
    itd_date day_first, month_first;
    if (itd_date_parse(out, text))
        return true;
    if (text.size == 8 && all_digits(text)) {
        memcpy(iso, text.data, 4);
        iso[4] = iso[7] = '-';
        memcpy(iso + 5, text.data + 4, 2);
        memcpy(iso + 8, text.data + 6, 2);
        return itd_date_parse(out, itd_sv_make(iso, 10));
    }
    if (text.size >= 8 && text.size <= 10 && all_digits(itd_sv_slice(text, 0, 4)) && !all_digits(text)) {
        memcpy(iso, text.data, text.size);
        for (size_t i = 4; i < text.size; i++)
            if (iso[i] == '/' || iso[i] == '.')
                iso[i] = '-';
        return itd_date_parse(out, itd_sv_make(iso, text.size));
    }
    bool as_day = itd_date_parse_day_first(&day_first, text), as_month = itd_date_parse_month_first(&month_first, text);
    /* Points are written between day and month where the day comes first. */
    if (as_day && (!as_month || memchr(text.data, '.', text.size))) {
        *out = day_first;
        return true;
    }
    if (as_month && !as_day) {
        *out = month_first;
        return true;
    }
    if (as_day) {
        bool same = day_first.month == month_first.month && day_first.day == month_first.day;
        *out = same ? day_first : (itd_date){.year = day_first.year};
        return true;
    }
    return itd_date_parse_english(out, text);
}

bool itd_mapping_date(itd_date *out, itd_sv text, itd_date_form form)
{
    switch (form) {
    case ITD_DATE_ISO:
        return itd_date_parse(out, text);
    case ITD_DATE_DAY_FIRST:
        return itd_date_parse_day_first(out, text);
    case ITD_DATE_MONTH_FIRST:
        return itd_date_parse_month_first(out, text);
    case ITD_DATE_ENGLISH:
        return itd_date_parse_english(out, text);
    case ITD_DATE_ANY:
        break;
    }
    return date_any(out, text);
}

static const char *gender_of(itd_sv text)
{
    static const char *const words[][2] = {
        {"m", "male"},   {"male", "male"},     {"man", "male"},     {"männlich", "male"},   {"masculin", "male"},
        {"f", "female"}, {"female", "female"}, {"woman", "female"}, {"weiblich", "female"}, {"w", "female"},
        {"x", "other"},  {"other", "other"},   {"divers", "other"}, {"féminin", "female"},
    };
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (itd_sv_equal_nocase(text, itd_sv_of(words[i][0])))
            return words[i][1];
    return NULL;
}

itd_sv itd_mapping_normal(char *scratch, itd_property property, itd_sv text, itd_date_form form)
{
    const char *word = NULL;
    itd_date date;
    switch (itd_property_typeof(property)) {
    case ITD_TYPE_COUNTRY:
        word = itd_country_find(text);
        break;
    case ITD_TYPE_GENDER:
        word = gender_of(text);
        break;
    case ITD_TYPE_DATE:
        if (itd_mapping_date(&date, text, form))
            return itd_date_format(scratch, date);
        break;
    default:
        break;
    }
    return word ? itd_sv_of(word) : text;
}

static itd_status send_value(itd_property property, itd_sv text, itd_date_form form, itd_mapping_sink *sink,
                             void *context, itd_error *error)
{
    char scratch[ITD_DATE_TEXT_MAX];
    itd_mapped_value v = {.property = property, .value = itd_mapping_normal(scratch, property, text, form)};
    if (!itd_sv_equal(v.value, text))
        v.original = text;
    return sink(context, &v, error);
}

/* A value that no property takes: kept as a note under the name of what it was. */
static itd_status send_note(const apply *a, itd_sv name, itd_sv text, itd_error *error)
{
    itd_property notes = itd_property_find(a->schema, ITD_SV("notes"));
    if (notes == ITD_PROPERTY_NONE)
        notes = itd_property_find(a->schema, ITD_SV("description"));
    if (notes == ITD_PROPERTY_NONE)
        return itd_fail(error, ITD_EFORMAT, "%s has no property \"%.*s\" and takes no notes",
                        itd_schema_name(a->schema), ITD_SV_ARG(itd_sv_slice(name, 0, 64)));
    itd_sv note = itd_arena_format(a->arena, "%.*s: %.*s", ITD_SV_ARG(name), ITD_SV_ARG(text));
    if (!note.data)
        return itd_fail_memory(error);
    itd_mapped_value v = {.property = notes, .value = note};
    return a->sink(a->context, &v, error);
}

static itd_status send_text(const apply *a, const itd_mapping_rule *rule, itd_sv text, itd_error *error)
{
    itd_property property = replaced(a, rule->property);
    itd_sv part, rest = text;
    if (rule->split.size == 0)
        rest = ITD_SV_NONE;
    for (;;) {
        if (rule->split.size > 0) {
            if (rest.size == 0)
                return ITD_OK;
            size_t at = itd_sv_find(rest, rule->split, 0);
            part = itd_sv_slice(rest, 0, at);
            rest = at == SIZE_MAX ? ITD_SV_NONE : itd_sv_slice(rest, at + rule->split.size, rest.size);
        } else {
            part = text;
        }
        part = itd_sv_trim(part);
        if (part.size > 0) {
            itd_property to = property;
            /* "IMO9253325" among identifiers */
            if (itd_sv_is(rule->property, "idNumber") && part.size == 10 && itd_sv_starts_nocase(part, ITD_SV("IMO")) &&
                all_digits(itd_sv_slice(part, 3, 7)) && find(a, ITD_SV("imoNumber")) != ITD_PROPERTY_NONE)
                to = find(a, ITD_SV("imoNumber"));
            if (to == ITD_PROPERTY_NONE)
                ITD_TRY(send_note(a, rule->property, part, error));
            else
                ITD_TRY(send_value(to, part, rule->date, a->sink, a->context, error));
        }
        if (rule->split.size == 0)
            return ITD_OK;
    }
}

itd_status itd_mapping_text(itd_sv *out, const itd_mapping_rule *rule, itd_mapping_cell *cell, const void *row,
                            itd_arena *arena, itd_error *error)
{
    itd_buffer text = {.size_max = ITD_RECORD_STATEMENTS_MAX + ITD_VALUE_BYTES_MAX};
    bool any_column = false;
    for (size_t p = 0; p < rule->piece_count; p++) {
        const itd_mapping_piece *piece = &rule->pieces[p];
        for (size_t i = 0;; i++) {
            itd_sv part = piece->column ? cell(row, piece->text, i) : i == 0 ? piece->text : ITD_SV_NONE;
            if (!part.data)
                break;
            if (piece->column)
                part = itd_sv_trim(part);
            if (part.size == 0)
                continue;
            any_column = any_column || piece->column;
            if (text.size > 0)
                (void)itd_buffer_append(&text, rule->join);
            (void)itd_buffer_append(&text, part);
        }
    }
    itd_sv joined = any_column ? itd_arena_copy(arena, itd_buffer_view(&text)) : ITD_SV_NONE;
    bool failed = text.failed || (any_column && !joined.data);
    itd_buffer_finish(&text);
    if (failed)
        return itd_fail_memory(error);
    *out = joined;
    return ITD_OK;
}

/* A percentage of two columns is from one to the other. Where one of them says nothing, the other is a bound, not the
 * percentage itself. */
static bool is_range(const itd_mapping_rule *rule)
{
    return itd_sv_is(rule->property, "percentage") && rule->piece_count == 2 && rule->pieces[0].column &&
           rule->pieces[1].column;
}

static itd_status open_range(itd_sv *out, const apply *a, const itd_mapping_rule *rule, itd_error *error)
{
    itd_mapping_rule low = *rule, high = *rule;
    itd_sv least = ITD_SV_NONE, most = ITD_SV_NONE;
    low.piece_count = high.piece_count = 1;
    high.pieces = rule->pieces + 1;
    ITD_TRY(itd_mapping_text(&least, &low, a->cell, a->row, a->arena, error));
    ITD_TRY(itd_mapping_text(&most, &high, a->cell, a->row, a->arena, error));
    itd_sv only = least.size ? least : most;
    bool open = (least.size == 0) != (most.size == 0) && only.data[0] >= '0' && only.data[0] <= '9';
    *out = open ? itd_arena_format(a->arena, "%s%.*s", least.size ? ">=" : "<=", ITD_SV_ARG(only)) : ITD_SV_NONE;
    return open && !out->data ? itd_fail_memory(error) : ITD_OK;
}

static itd_status apply_rule(const apply *a, const itd_mapping_rule *rule, itd_error *error)
{
    if (rule->piece_count == 1 && rule->pieces[0].column) {
        for (size_t i = 0;; i++) {
            itd_sv text = a->cell(a->row, rule->pieces[0].text, i);
            if (!text.data)
                return ITD_OK;
            ITD_TRY(send_text(a, rule, text, error));
        }
    }
    if (rule->piece_count == 1)
        return send_text(a, rule, rule->pieces[0].text, error);
    itd_sv joined = ITD_SV_NONE;
    if (is_range(rule))
        ITD_TRY(open_range(&joined, a, rule, error));
    if (joined.size == 0)
        ITD_TRY(itd_mapping_text(&joined, rule, a->cell, a->row, a->arena, error));
    return joined.size ? send_text(a, rule, joined, error) : ITD_OK;
}

itd_status itd_mapping_apply(const itd_mapping *mapping, itd_schema schema, bool loose, itd_mapping_cell *cell,
                             const void *row, itd_mapping_sink *sink, void *context, itd_arena *arena, itd_error *error)
{
    apply a = {schema, loose, cell, row, sink, context, arena};
    for (size_t i = 0; i < mapping->rule_count; i++)
        ITD_TRY(apply_rule(&a, &mapping->rules[i], error));
    return ITD_OK;
}

itd_schema itd_mapping_schema(itd_sv text)
{
    /* Words that registers and customer files have in a column of kinds. */
    static const struct {
        const char *word;
        itd_schema schema;
    } words[] = {
        {"individual", ITD_S_Person},
        {"natural person", ITD_S_Person},
        {"private", ITD_S_Person},
        {"p", ITD_S_Person},
        {"people", ITD_S_Person},
        {"entity", ITD_S_LegalEntity},
        {"legal entity", ITD_S_LegalEntity},
        {"legal person", ITD_S_Organization},
        {"organisation", ITD_S_Organization},
        {"corporate", ITD_S_Organization},
        {"corporation", ITD_S_Company},
        {"business", ITD_S_Organization},
        {"ship", ITD_S_Vessel},
        {"aircraft", ITD_S_Airplane},
        {"bank", ITD_S_Company},
        {"wallet", ITD_S_CryptoWallet},
    };
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (itd_sv_equal_nocase(text, itd_sv_of(words[i].word)))
            return words[i].schema;
    for (itd_schema s = 0; s < ITD_SCHEMA_COUNT; s++)
        if (itd_sv_equal_nocase(text, itd_sv_of(itd_schema_name(s))))
            return s;
    return ITD_SCHEMA_NONE;
}

itd_schema itd_mapping_row_schema(const itd_mapping *mapping, itd_mapping_cell *cell, const void *row)
{
    if (mapping->schema_column.size == 0)
        return mapping->schema;
    itd_sv text = itd_sv_trim(cell(row, mapping->schema_column, 0));
    for (size_t i = 0; i < mapping->type_count; i++)
        if (itd_sv_equal(text, mapping->types[i].text))
            return mapping->types[i].schema;
    itd_schema schema = text.size ? itd_mapping_schema(text) : ITD_SCHEMA_NONE;
    return schema == ITD_SCHEMA_NONE ? mapping->schema : schema;
}
