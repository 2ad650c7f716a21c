#include "read/mapping.h"

char itd_mapping_delimiter(itd_sv head)
{
    static const char candidates[] = {',', ';', '\t', '|'};
    size_t count[sizeof candidates] = {0};
    bool quoted = false;
    char best = ',';
    size_t most = 0;
    if (itd_sv_starts(head, ITD_SV("\xEF\xBB\xBF")))
        head = itd_sv_slice(head, 3, head.size);
    for (size_t i = 0; i < head.size && (quoted || (head.data[i] != '\n' && head.data[i] != '\r')); i++) {
        if (head.data[i] == '"')
            quoted = !quoted;
        for (size_t c = 0; !quoted && c < sizeof candidates; c++)
            count[c] += head.data[i] == candidates[c];
    }
    for (size_t c = 0; c < sizeof candidates; c++)
        if (count[c] > most) {
            most = count[c];
            best = candidates[c];
        }
    return best;
}

typedef struct guess {
    itd_mapping_rule *rules;
    size_t count;
    itd_arena *arena;
    bool failed;
} guess;

static void add_rule(guess *g, const char *property, const itd_sv *columns, size_t column_count, bool many)
{
    itd_mapping_piece *pieces = itd_arena_alloc_array(g->arena, column_count, sizeof *pieces);
    if (!pieces || g->count >= ITD_MAPPING_RULES_MAX) {
        g->failed = g->failed || !pieces;
        return;
    }
    for (size_t i = 0; i < column_count; i++) {
        pieces[i] = (itd_mapping_piece){.column = true, .text = itd_arena_copy(g->arena, columns[i])};
        g->failed = g->failed || !pieces[i].text.data;
    }
    g->rules[g->count++] = (itd_mapping_rule){
        .property = itd_sv_of(property),
        .pieces = pieces,
        .piece_count = column_count,
        .join = column_count > 1 ? ITD_SV(" ") : ITD_SV_NONE,
        .split = many ? ITD_SV(";") : ITD_SV_NONE,
    };
}

static bool has_rule(const guess *g, const char *property)
{
    for (size_t i = 0; i < g->count; i++)
        if (itd_sv_is(g->rules[i].property, property))
            return true;
    return false;
}

/* The schema that the columns speak of. */
static itd_schema guess_schema(const guess *g)
{
    if (has_rule(g, "imoNumber") || has_rule(g, "mmsi") || has_rule(g, "callSign"))
        return ITD_S_Vessel;
    if (has_rule(g, "lastName") || has_rule(g, "birthDate") || has_rule(g, "gender"))
        return ITD_S_Person;
    return ITD_S_LegalEntity;
}

/* First and last name make a name where no column has it whole. */
static void compose_name(guess *g, const itd_sv *columns, size_t count)
{
    static const char *const order[] = {"firstName", "secondName", "middleName", "lastName"};
    itd_sv parts[sizeof order / sizeof order[0]];
    size_t part_count = 0;
    bool many;
    for (size_t i = 0; i < sizeof order / sizeof order[0]; i++)
        for (size_t c = 0; c < count; c++) {
            const char *meaning = itd_mapping_word(columns[c], &many);
            if (meaning && strcmp(meaning, order[i]) == 0) {
                parts[part_count++] = itd_sv_trim(columns[c]);
                break;
            }
        }
    add_rule(g, "name", parts, part_count, false);
}

itd_status itd_mapping_guess(itd_mapping *out, size_t *known, const itd_sv *columns, size_t count, itd_arena *arena,
                             itd_error *error)
{
    guess g = {.arena = arena};
    itd_mapping m = {.rest_as_notes = true};
    size_t understood = 0;
    bool many;
    if (count == 1 && itd_sv_ends(itd_sv_trim(columns[0]), ITD_SV(":"))) /* "Vessel:" begins YAML, not a table */
        return itd_fail(error, ITD_ENOTFOUND, "no column is known to be a name");
    g.rules = itd_arena_alloc_array(arena, ITD_MAPPING_RULES_MAX, sizeof *g.rules);
    if (!g.rules)
        return itd_fail_memory(error);
    for (size_t i = 0; i < count; i++) {
        itd_sv column = itd_sv_trim(columns[i]);
        const char *meaning = itd_mapping_word(column, &many);
        if (!meaning)
            continue;
        understood++;
        if (strcmp(meaning, "@id") == 0) {
            itd_mapping_piece *piece = itd_arena_alloc(arena, sizeof *piece);
            if (!piece)
                return itd_fail_memory(error);
            *piece = (itd_mapping_piece){.column = true, .text = itd_arena_copy(arena, column)};
            g.failed = g.failed || !piece->text.data;
            if (m.id.piece_count == 0)
                m.id = (itd_mapping_rule){.pieces = piece, .piece_count = 1};
            else
                understood--;
        } else if (strcmp(meaning, "@schema") == 0) {
            if (m.schema_column.size == 0)
                m.schema_column = itd_arena_copy(arena, column);
            g.failed = g.failed || !m.schema_column.data;
        } else {
            add_rule(&g, meaning, &column, 1, many || strcmp(meaning, "birthDate") == 0);
        }
    }
    if (!has_rule(&g, "name") && has_rule(&g, "lastName"))
        compose_name(&g, columns, count);
    if (g.failed)
        return itd_fail_memory(error);
    if (!has_rule(&g, "name"))
        return itd_fail(error, ITD_ENOTFOUND, "no column is known to be a name");
    m.schema = guess_schema(&g);
    m.rules = g.rules;
    m.rule_count = g.count;
    *known = understood;
    *out = m;
    return ITD_OK;
}
