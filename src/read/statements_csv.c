#include "base/buffer.h"
#include "base/map.h"
#include "model/ftm_keys.h"
#include "read/csv_columns.h"
#include "read/entity_json.h"
#include "read/naming.h"
#include "read/others.h"

/* OpenSanctions' statements.csv: a row a statement. The entity is the one that the publisher merged it into
 * (canonical_id); the id that the source gave it (entity_id) stays in the statement's origin, where it differs. What
 * follows from the other columns (prop_type, id: a hash) is passed over. docs/ftm.md says what becomes of each. */

enum column { ENTITY, SCHEMA, PROP, VALUE, CANONICAL, DATASET, LANG, ORIGINAL, FIRST, LAST, ORIGIN, EXTERNAL };

static const char *const names[] = {ITD_STATEMENT_ENTITY,
                                    ITD_STATEMENT_SCHEMA,
                                    ITD_STATEMENT_PROPERTY,
                                    ITD_STATEMENT_VALUE,
                                    "canonical_id",
                                    ITD_STATEMENT_DATASET,
                                    ITD_STATEMENT_LANG,
                                    ITD_STATEMENT_ORIGINAL,
                                    ITD_STATEMENT_FIRST_SEEN,
                                    ITD_STATEMENT_LAST_SEEN,
                                    ITD_STATEMENT_ORIGIN,
                                    "external",
                                    "prop_type",
                                    "id",
                                    "target",
                                    NULL};

static const itd_csv_columns columns = {names, 1U << ENTITY | 1U << SCHEMA | 1U << PROP | 1U << VALUE};

typedef struct statements_csv {
    itd_read *read;
    itd_sv dataset; /* of rows that name none */
    itd_buffer origin, original;
    itd_intern records; /* ids of records seen */
    itd_others others;
} statements_csv;

static void add_origin(statements_csv *all, itd_sv label, itd_sv text)
{
    if (text.size == 0)
        return;
    if (all->origin.size > 0)
        (void)itd_buffer_append(&all->origin, ITD_SV("; "));
    (void)itd_buffer_append(&all->origin, label);
    (void)itd_buffer_append(&all->origin, text);
}

static bool is_true(itd_sv text)
{
    static const char *const no[] = {"", "f", "false", "0", "no", "n"};
    for (size_t i = 0; i < sizeof no / sizeof no[0]; i++)
        if (itd_sv_equal_nocase(text, itd_sv_of(no[i])))
            return false;
    return true;
}

/* Who asserted it, with what the statement has no other place for. */
static itd_sv origin_of(statements_csv *all, const itd_csv_cells *cells, itd_sv entity)
{
    const itd_sv *t = cells->texts;
    itd_buffer_clear(&all->origin);
    add_origin(all, ITD_SV_NONE, t[ORIGIN]);
    if (!itd_sv_equal(t[ENTITY], entity))
        add_origin(all, ITD_SV(ITD_STATEMENT_ENTITY " "), t[ENTITY]);
    if (is_true(t[EXTERNAL]))
        add_origin(all, ITD_SV_NONE, ITD_SV("external"));
    for (size_t i = 0; i < cells->more_count; i++) {
        add_origin(all, ITD_SV_NONE, cells->more[i].name);
        (void)itd_buffer_append_char(&all->origin, ' ');
        (void)itd_buffer_append(&all->origin, cells->more[i].text);
    }
    return itd_buffer_view(&all->origin);
}

/* Fills what says whose statement it is and of what. */
static itd_status take_meaning(statements_csv *all, itd_statement *s, const itd_csv_cells *cells, itd_error *error)
{
    const itd_sv *t = cells->texts;
    if (t[ENTITY].size == 0)
        return itd_fail(error, ITD_EFORMAT, "no " ITD_STATEMENT_ENTITY);
    s->schema = itd_schema_find(t[SCHEMA]);
    if (s->schema == ITD_SCHEMA_NONE)
        return itd_fail(error, ITD_EFORMAT, "unknown schema \"%.*s\"", ITD_SV_ARG(itd_sv_slice(t[SCHEMA], 0, 64)));
    ITD_TRY(itd_json_property_name(&s->property, s->schema, t[PROP], error));
    if (t[VALUE].size == 0)
        return itd_fail(error, ITD_EFORMAT, "no value");
    s->value = t[VALUE];
    s->original = itd_sv_equal(t[ORIGINAL], t[VALUE]) ? ITD_SV_NONE : t[ORIGINAL];
    if (s->property == ITD_P_ID) { /* its value is a hash of the entity; what it says is that the source has this id */
        s->original = itd_sv_equal(t[VALUE], t[ENTITY]) ? ITD_SV_NONE : t[VALUE];
        s->value = t[ENTITY];
    } else if (s->property == ITD_P_OTHER) {
        itd_buffer_clear(&all->original);
        (void)itd_buffer_append(&all->original, t[PROP]);
        if (s->original.size > 0)
            (void)itd_buffer_append_char(&all->original, '\t');
        (void)itd_buffer_append(&all->original, s->original);
        s->original = itd_buffer_view(&all->original);
    }
    return ITD_OK;
}

static itd_status count_record(statements_csv *all, const itd_statement *s, itd_error *error)
{
    size_t before = all->records.count;
    if (itd_schema_is_part(s->schema) || itd_schema_is_edge(s->schema, NULL, NULL))
        return ITD_OK;
    if (itd_intern_add(&all->records, s->entity) == ITD_MAP_NONE)
        return itd_fail_memory(error);
    all->read->records += all->records.count - before;
    return ITD_OK;
}

static itd_status take(void *context, itd_record *record, const itd_csv_cells *cells, itd_error *error)
{
    statements_csv *all = context;
    const itd_sv *t = cells->texts;
    itd_error found = {.status = ITD_OK};
    itd_statement s = {
        .entity = t[CANONICAL].size ? t[CANONICAL] : t[ENTITY],
        .dataset = t[DATASET].size ? t[DATASET] : all->dataset,
        .lang = t[LANG],
        .first_seen = t[FIRST],
        .last_seen = t[LAST],
        .document = itd_sv_of(itd_document_of_path(all->read->source->paths[0])),
        .line = cells->row->line,
        .offset = cells->row->offset,
        .span = cells->row->span,
    };
    if (take_meaning(all, &s, cells, &found) != ITD_OK)
        return itd_record_reject(record, ITD_REJECT_RECORD, s.entity, s.line, s.offset, error, "%s", found.message);
    s.record = s.entity;
    s.origin = origin_of(all, cells, s.entity);
    if (all->origin.failed || all->original.failed)
        return itd_fail_memory(error);
    ITD_TRY(count_record(all, &s, error));
    itd_others_see(&all->others, &s);
    return all->read->statement(all->read->statement_context, &s, error);
}

static itd_status read_statements(itd_read *read, itd_error *error)
{
    statements_csv all = {.read = read, .dataset = read->dataset};
    itd_csv_taker taker = {&columns, take, &all};
    if (all.dataset.size == 0)
        all.dataset = itd_dataset_of_path(read->source->paths[0]);
    itd_intern_init(&all.records, SIZE_MAX);
    itd_status status = itd_csv_columns_read(read, &taker, error);
    if (status == ITD_OK)
        itd_others_note(&all.others, read);
    itd_intern_finish(&all.records);
    itd_buffer_finish(&all.origin);
    itd_buffer_finish(&all.original);
    return status;
}

static int sniff(const itd_sniff *look)
{
    return itd_csv_columns_look(&columns, look->head) ? 95 : 0;
}

const itd_format itd_format_statements_csv = {
    .id = "statements-csv",
    .title = "OpenSanctions statements, CSV",
    .sniff = sniff,
    .read = read_statements,
};
