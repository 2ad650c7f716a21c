#include "read/mapping.h"

#include "base/input.h"
#include "base/vector.h"
#include "read/value.h"

/* The text of a mapping: one statement a line, words and "quoted texts"; docs/mapping.md is its guide. */

typedef struct parse {
    const char *where;
    uint64_t line;
    itd_sv rest; /* of the line */
    itd_arena *arena;
    itd_error *error;
    itd_mapping m;
    ITD_VECTOR(itd_mapping_rule) rules;
    ITD_VECTOR(itd_mapping_type) types;
} parse;

static itd_status wrong(parse *p, const char *reason, itd_sv word)
{
    return itd_fail_at(p->error, ITD_EFORMAT, p->where, p->line, ITD_NOWHERE, "%s%s%.*s%s", reason,
                       word.data ? " \"" : "", ITD_SV_ARG(itd_sv_slice(word, 0, 64)), word.data ? "\"" : "");
}

/* A quoted text, after its opening quote, into the arena. */
static itd_status take_quoted(parse *p, itd_sv *out)
{
    char *text = itd_arena_alloc(p->arena, p->rest.size + 1);
    size_t size = 0, i = 0;
    if (!text)
        return itd_fail_memory(p->error);
    for (;; i++) {
        if (i >= p->rest.size)
            return wrong(p, "a quote is not closed", ITD_SV_NONE);
        char c = p->rest.data[i];
        if (c == '"')
            break;
        if (c == '\\') {
            c = ++i < p->rest.size ? p->rest.data[i] : 0;
            if (c == 't')
                c = '\t';
            else if (c == 'n')
                c = '\n';
            else if (c != '"' && c != '\\')
                return wrong(p, "after a backslash only \", \\, t and n can stand", ITD_SV_NONE);
        }
        text[size++] = c;
    }
    p->rest = itd_sv_slice(p->rest, i + 1, p->rest.size);
    *out = itd_sv_make(text, size);
    return ITD_OK;
}

/* The next word or text; `*quoted` tells which. An empty word is the end of the line. */
static itd_status take(parse *p, itd_sv *out, bool *quoted)
{
    size_t end = 0;
    p->rest = itd_sv_trim(p->rest);
    *quoted = itd_sv_starts(p->rest, ITD_SV("\""));
    if (itd_sv_starts(p->rest, ITD_SV("#")))
        p->rest = ITD_SV_NONE;
    if (*quoted) {
        p->rest = itd_sv_slice(p->rest, 1, p->rest.size);
        return take_quoted(p, out);
    }
    while (end < p->rest.size && p->rest.data[end] != ' ' && p->rest.data[end] != '\t' && p->rest.data[end] != '"')
        end++;
    *out = itd_sv_slice(p->rest, 0, end);
    p->rest = itd_sv_slice(p->rest, end, p->rest.size);
    return ITD_OK;
}

static itd_status take_word(parse *p, itd_sv *out, const char *what)
{
    bool quoted;
    ITD_TRY(take(p, out, &quoted));
    if (out->size == 0 && !quoted)
        return wrong(p, what, ITD_SV_NONE);
    *out = itd_arena_copy(p->arena, *out);
    return out->data ? ITD_OK : itd_fail_memory(p->error);
}

static itd_status take_end(parse *p)
{
    bool quoted;
    itd_sv word;
    ITD_TRY(take(p, &word, &quoted));
    return word.size == 0 && !quoted ? ITD_OK : wrong(p, "not expected here:", word);
}

static itd_status take_schema(parse *p, itd_schema *out)
{
    itd_sv word;
    ITD_TRY(take_word(p, &word, "the name of a schema is missing"));
    itd_schema schema = itd_schema_find(word);
    if (schema == ITD_SCHEMA_NONE)
        return wrong(p, "unknown schema", word);
    *out = schema;
    return ITD_OK;
}

static const char *const date_forms[] = {
    [ITD_DATE_ANY] = "any",
    [ITD_DATE_ISO] = "iso",
    [ITD_DATE_DAY_FIRST] = "day-first",
    [ITD_DATE_MONTH_FIRST] = "month-first",
    [ITD_DATE_ENGLISH] = "english",
};

static itd_status take_date_form(parse *p, itd_date_form *out)
{
    itd_sv word;
    ITD_TRY(take_word(p, &word, "the form of the date is missing"));
    for (size_t i = 0; i < sizeof date_forms / sizeof date_forms[0]; i++)
        if (itd_sv_is(word, date_forms[i])) {
            *out = (itd_date_form)i;
            return ITD_OK;
        }
    return wrong(p, "unknown form of dates", word);
}

/* What stands right of "=" (or after "id"): pieces, then options. */
static itd_status take_value(parse *p, itd_mapping_rule *rule, itd_sv default_join)
{
    itd_mapping_piece pieces[ITD_MAPPING_PIECES_MAX];
    bool has_join = false;
    for (;;) {
        itd_mapping_piece piece = {0};
        itd_sv word;
        bool quoted;
        ITD_TRY(take(p, &word, &quoted));
        if (!quoted && word.size == 0)
            break;
        if (quoted) {
            piece.text = word;
        } else if (itd_sv_is(word, "column")) {
            piece.column = true;
            ITD_TRY(take_word(p, &piece.text, "the name of a column is missing"));
        } else if (itd_sv_is(word, "join")) {
            has_join = true;
            ITD_TRY(take_word(p, &rule->join, "the text between the pieces is missing"));
            continue;
        } else if (itd_sv_is(word, "split")) {
            ITD_TRY(take_word(p, &rule->split, "the text to split at is missing"));
            if (rule->split.size == 0)
                return wrong(p, "the text to split at is empty", ITD_SV_NONE);
            continue;
        } else if (itd_sv_is(word, "date")) {
            ITD_TRY(take_date_form(p, &rule->date));
            continue;
        } else {
            return wrong(p, "neither column, a \"text\", join, split nor date:", word);
        }
        if (rule->piece_count == ITD_MAPPING_PIECES_MAX)
            return itd_fail_at(p->error, ITD_ELIMIT, p->where, p->line, ITD_NOWHERE,
                               "more than ITD_MAPPING_PIECES_MAX (%d) pieces", ITD_MAPPING_PIECES_MAX);
        if (piece.text.size == 0)
            return wrong(p, piece.column ? "the name of a column is empty" : "a text is empty", ITD_SV_NONE);
        pieces[rule->piece_count++] = piece;
    }
    if (rule->piece_count == 0)
        return wrong(p, "no column and no text", ITD_SV_NONE);
    if (rule->piece_count == 1)
        rule->join = ITD_SV_NONE; /* nothing to join */
    else if (!has_join)
        rule->join = default_join;
    itd_mapping_piece *kept = itd_arena_alloc_array(p->arena, rule->piece_count, sizeof *kept);
    if (!kept)
        return itd_fail_memory(p->error);
    memcpy(kept, pieces, rule->piece_count * sizeof *kept);
    rule->pieces = kept;
    return ITD_OK;
}

static itd_status parse_schema(parse *p)
{
    bool quoted;
    itd_sv before = p->rest, word;
    ITD_TRY(take(p, &word, &quoted));
    if (!quoted && itd_sv_is(word, "column"))
        return take_word(p, &p->m.schema_column, "the name of a column is missing");
    p->rest = before;
    return take_schema(p, &p->m.schema);
}

static itd_status parse_type(parse *p)
{
    itd_mapping_type type = {.schema = ITD_SCHEMA_NONE};
    ITD_TRY(take_word(p, &type.text, "the text of the schema column is missing"));
    ITD_TRY(take_schema(p, &type.schema));
    if (p->types.count == ITD_MAPPING_TYPES_MAX)
        return itd_fail_at(p->error, ITD_ELIMIT, p->where, p->line, ITD_NOWHERE,
                           "more than ITD_MAPPING_TYPES_MAX (%d) types", ITD_MAPPING_TYPES_MAX);
    return itd_vector_push(&p->types, type) ? ITD_OK : itd_fail_memory(p->error);
}

static const struct {
    const char *name;
    char delimiter;
} delimiters[] = {{"comma", ','}, {"semicolon", ';'}, {"tab", '\t'}, {"pipe", '|'}};

static itd_status parse_delimiter(parse *p)
{
    itd_sv word;
    ITD_TRY(take_word(p, &word, "the delimiter is missing"));
    for (size_t i = 0; i < sizeof delimiters / sizeof delimiters[0]; i++)
        if (itd_sv_is(word, delimiters[i].name)) {
            p->m.delimiter = delimiters[i].delimiter;
            return ITD_OK;
        }
    return wrong(p, "a delimiter is comma, semicolon, tab or pipe, not", word);
}

/* One of two words. */
static itd_status parse_choice(parse *p, bool *out, const char *yes, const char *no)
{
    itd_sv word;
    ITD_TRY(take_word(p, &word, "a word is missing"));
    if (!itd_sv_is(word, yes) && !itd_sv_is(word, no))
        return wrong(p, "unknown word", word);
    *out = itd_sv_is(word, yes);
    return ITD_OK;
}

static bool is_property(itd_sv name)
{
    for (itd_schema s = 0; s < ITD_SCHEMA_COUNT; s++) {
        itd_property property = itd_property_find(s, name);
        if (property != ITD_PROPERTY_NONE && property != ITD_P_ID)
            return true;
    }
    return false;
}

static itd_status parse_rule(parse *p, itd_sv name)
{
    itd_mapping_rule rule = {.property = itd_arena_copy(p->arena, name)};
    bool quoted;
    itd_sv equals;
    if (!rule.property.data)
        return itd_fail_memory(p->error);
    if (!is_property(name))
        return wrong(p, "no schema has a property", name);
    ITD_TRY(take(p, &equals, &quoted));
    if (quoted || !itd_sv_is(equals, "="))
        return wrong(p, "\"=\" is missing after", name);
    ITD_TRY(take_value(p, &rule, ITD_SV(" ")));
    if (p->rules.count == ITD_MAPPING_RULES_MAX)
        return itd_fail_at(p->error, ITD_ELIMIT, p->where, p->line, ITD_NOWHERE,
                           "more than ITD_MAPPING_RULES_MAX (%d) rules", ITD_MAPPING_RULES_MAX);
    return itd_vector_push(&p->rules, rule) ? ITD_OK : itd_fail_memory(p->error);
}

static itd_status parse_line(parse *p)
{
    itd_sv word;
    bool quoted;
    ITD_TRY(take(p, &word, &quoted));
    if (quoted)
        return wrong(p, "a line starts with a word, not a text", ITD_SV_NONE);
    if (word.size == 0)
        return ITD_OK;
    if (itd_sv_is(word, "schema"))
        ITD_TRY(parse_schema(p));
    else if (itd_sv_is(word, "type"))
        ITD_TRY(parse_type(p));
    else if (itd_sv_is(word, "id")) {
        p->m.id = (itd_mapping_rule){0};
        ITD_TRY(take_value(p, &p->m.id, ITD_SV("-")));
    } else if (itd_sv_is(word, "ids"))
        ITD_TRY(parse_choice(p, &p->m.keep_ids, "whole", "keys"));
    else if (itd_sv_is(word, "dataset"))
        ITD_TRY(take_word(p, &p->m.dataset, "the dataset is missing"));
    else if (itd_sv_is(word, "delimiter"))
        ITD_TRY(parse_delimiter(p));
    else if (itd_sv_is(word, "encoding"))
        ITD_TRY(parse_choice(p, &p->m.windows_1252, "windows-1252", "utf-8"));
    else if (itd_sv_is(word, "rest"))
        ITD_TRY(parse_choice(p, &p->m.rest_as_notes, "notes", "drop"));
    else
        ITD_TRY(parse_rule(p, word));
    return take_end(p);
}

static itd_status parse_all(parse *p, itd_sv text)
{
    size_t at = 0;
    itd_sv line;
    if (text.size > ITD_MAPPING_BYTES_MAX)
        return itd_fail_at(p->error, ITD_ELIMIT, p->where, 0, ITD_NOWHERE,
                           "mapping is larger than ITD_MAPPING_BYTES_MAX (%zu bytes)", ITD_MAPPING_BYTES_MAX);
    if (text.size > 0 && memchr(text.data, 0, text.size))
        return wrong(p, "NUL byte", ITD_SV_NONE);
    at = itd_utf8_invalid_at(text);
    if (at != SIZE_MAX)
        return itd_fail_at(p->error, ITD_EFORMAT, p->where, 0, at, "invalid UTF-8");
    if (itd_sv_starts(text, ITD_SV("\xEF\xBB\xBF")))
        text = itd_sv_slice(text, 3, text.size);
    while (itd_sv_split(&line, &text, '\n')) {
        p->line++;
        p->rest = line;
        ITD_TRY(parse_line(p));
    }
    if (p->rules.count == 0)
        return itd_fail_at(p->error, ITD_EFORMAT, p->where, 0, ITD_NOWHERE,
                           "mapping has no rule such as: name = column \"Name\"");
    return ITD_OK;
}

static itd_status hand_out(itd_mapping *out, parse *p)
{
    itd_mapping_rule *rules = itd_arena_alloc_array(p->arena, p->rules.count, sizeof *rules);
    itd_mapping_type *types = itd_arena_alloc_array(p->arena, p->types.count, sizeof *types);
    if (!rules || !types)
        return itd_fail_memory(p->error);
    memcpy(rules, p->rules.items, p->rules.count * sizeof *rules);
    if (p->types.count)
        memcpy(types, p->types.items, p->types.count * sizeof *types);
    p->m.rules = rules;
    p->m.rule_count = p->rules.count;
    p->m.types = types;
    p->m.type_count = p->types.count;
    *out = p->m;
    return ITD_OK;
}

itd_status itd_mapping_parse(itd_mapping *out, itd_sv text, const char *where, itd_arena *arena, itd_error *error)
{
    parse p = {.where = where, .arena = arena, .error = error};
    p.m = (itd_mapping){.schema = ITD_S_LegalEntity, .rest_as_notes = true};
    itd_status status = parse_all(&p, text);
    if (status == ITD_OK)
        status = hand_out(out, &p);
    itd_vector_finish(&p.rules);
    itd_vector_finish(&p.types);
    return status;
}

itd_status itd_mapping_load(itd_mapping *out, const char *path, itd_arena *arena, itd_error *error)
{
    itd_input *input = NULL;
    itd_buffer text = {.size_max = ITD_MAPPING_BYTES_MAX + 4096};
    size_t got = 1;
    ITD_TRY(itd_input_open(&input, path, error));
    itd_status status = ITD_OK;
    while (status == ITD_OK && got > 0 && text.size <= ITD_MAPPING_BYTES_MAX) {
        char block[4096];
        status = itd_input_read(input, block, sizeof block, &got, error);
        if (status == ITD_OK && !itd_buffer_append(&text, itd_sv_make(block, got)))
            status = itd_fail_memory(error);
    }
    if (status == ITD_OK)
        status = itd_mapping_parse(out, itd_buffer_view(&text), path, arena, error);
    itd_buffer_finish(&text);
    itd_input_close(input);
    return status;
}

static void render_text(itd_buffer *out, itd_sv text)
{
    (void)itd_buffer_append_char(out, '"');
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        if (c == '"' || c == '\\' || c == '\t' || c == '\n')
            (void)itd_buffer_append_char(out, '\\');
        (void)itd_buffer_append_char(out, c == '\t' ? 't' : c == '\n' ? 'n' : c);
    }
    (void)itd_buffer_append_char(out, '"');
}

static void render_value(itd_buffer *out, const itd_mapping_rule *rule)
{
    for (size_t i = 0; i < rule->piece_count; i++) {
        (void)itd_buffer_append(out, rule->pieces[i].column ? ITD_SV(" column ") : ITD_SV(" "));
        render_text(out, rule->pieces[i].text);
    }
    if (rule->piece_count > 1) {
        (void)itd_buffer_append(out, ITD_SV(" join "));
        render_text(out, rule->join);
    }
    if (rule->split.size > 0) {
        (void)itd_buffer_append(out, ITD_SV(" split "));
        render_text(out, rule->split);
    }
    if (rule->date != ITD_DATE_ANY)
        (void)itd_buffer_format(out, " date %s", date_forms[rule->date]);
    (void)itd_buffer_append_char(out, '\n');
}

void itd_mapping_render(itd_buffer *out, const itd_mapping *mapping)
{
    (void)itd_buffer_format(out, "schema %s\n", itd_schema_name(mapping->schema));
    if (mapping->schema_column.size > 0) {
        (void)itd_buffer_append(out, ITD_SV("schema column "));
        render_text(out, mapping->schema_column);
        (void)itd_buffer_append_char(out, '\n');
    }
    for (size_t i = 0; i < mapping->type_count; i++) {
        (void)itd_buffer_append(out, ITD_SV("type "));
        render_text(out, mapping->types[i].text);
        (void)itd_buffer_format(out, " %s\n", itd_schema_name(mapping->types[i].schema));
    }
    if (mapping->dataset.size > 0) {
        (void)itd_buffer_append(out, ITD_SV("dataset "));
        render_text(out, mapping->dataset);
        (void)itd_buffer_append_char(out, '\n');
    }
    for (size_t i = 0; i < sizeof delimiters / sizeof delimiters[0]; i++)
        if (mapping->delimiter == delimiters[i].delimiter)
            (void)itd_buffer_format(out, "delimiter %s\n", delimiters[i].name);
    if (mapping->windows_1252)
        (void)itd_buffer_append(out, ITD_SV("encoding windows-1252\n"));
    if (mapping->id.piece_count > 0) {
        (void)itd_buffer_append(out, ITD_SV("id"));
        render_value(out, &mapping->id);
    }
    if (mapping->keep_ids)
        (void)itd_buffer_append(out, ITD_SV("ids whole\n"));
    for (size_t i = 0; i < mapping->rule_count; i++) {
        (void)itd_buffer_format(out, "%.*s =", ITD_SV_ARG(mapping->rules[i].property));
        render_value(out, &mapping->rules[i]);
    }
    (void)itd_buffer_append(out, mapping->rest_as_notes ? ITD_SV("rest notes\n") : ITD_SV("rest drop\n"));
}
