/* Statements against the hashes of their records' versions and of their generations, which hang on the chain. */
#include <assert.h>
#include <inttypes.h>
#include <stdio.h>

#include "base/vector.h"
#include "model/content.h"
#include "store/rows.h"
#include "store/verify.h"

/* A generation, with the sum of its changes as the statements have it. */
typedef struct generation {
    int64_t number, dataset;
    itd_changes sum;
} generation;

/* What a record said from a generation on. */
typedef struct version {
    int64_t since, until; /* until 0: it holds still */
    unsigned char hash[ITD_STORE_HASH];
    itd_content_sum sum;
    bool entity, about_itself; /* as it is kept, and as its statements have it */
    bool tangled, about_others;
} version;

enum { GENERATIONS, RECORDS, VERSIONS, STATEMENTS, COUNT_VERSIONS, COUNT_STATEMENTS, QUERIES };

static const char *const texts[QUERIES] = {
    [GENERATIONS] =
        "SELECT g.number, g.dataset, d.name, g.version, g.imported, g.records, g.statements, g.added, g.changed,"
        " g.removed, g.rejected, g.orphans, g.hash FROM generation g JOIN dataset d ON d.id = g.dataset",
    [RECORDS] = "SELECT r.id, r.key, r.dataset, d.name FROM record r JOIN dataset d ON d.id = r.dataset ORDER BY r.id",
    [VERSIONS] = "SELECT since, until, hash, entity, tangled FROM version WHERE record = ?1 ORDER BY since",
    [STATEMENTS] =
        "SELECT s.since, s.until, s.entity, s.schema, s.property, s.value, s.original, s.lang, s.origin, s.reliability,"
        " s.credibility, s.tlp, s.first_seen, s.last_seen, s.document, s.line, s.offset, s.span, d.hash"
        " FROM statement s LEFT JOIN document d ON d.id = s.document WHERE s.record = ?1",
    [COUNT_VERSIONS] = "SELECT count(*) FROM version",
    [COUNT_STATEMENTS] = "SELECT count(*) FROM statement",
};

typedef struct pass {
    itd_store *store;
    itd_verify_report *report;
    itd_sql_query *queries[QUERIES];
    ITD_VECTOR(generation) generations; /* by number */
    ITD_VECTOR(version) versions;       /* of the record at hand */
    itd_buffer content, key, dataset;
    itd_generation_sum change;
    int64_t dataset_id;
    uint64_t version_count;
} pass;

static itd_status broken(const pass *p, itd_error *error, int64_t number, const char *what)
{
    itd_sv dataset = itd_buffer_view(&p->dataset), key = itd_buffer_view(&p->key);
    return itd_fail_at(error, ITD_EFORMAT, p->store->path, 0, ITD_NOWHERE,
                       "generation %" PRId64 " of %.*s: %s of %.*s was changed", number,
                       ITD_SV_ARG(itd_sv_slice(dataset, 0, 64)), what, ITD_SV_ARG(itd_sv_slice(key, 0, 200)));
}

static itd_status homeless(const pass *p, itd_error *error, const char *what)
{
    return itd_fail_at(error, ITD_EFORMAT, p->store->path, 0, ITD_NOWHERE,
                       "a %s belongs to no record or generation that there is", what);
}

static itd_status load_generations(pass *p, itd_error *error)
{
    itd_sql_query *query = NULL;
    bool row = false;
    ITD_TRY(itd_sql_prepare(&query, p->store->sql, "SELECT number, dataset FROM generation ORDER BY number", error));
    itd_status status;
    while ((status = itd_sql_step(query, &row, error)) == ITD_OK && row) {
        generation g = {.number = itd_sql_i64(query, 0), .dataset = itd_sql_i64(query, 1)};
        if (!itd_vector_push(&p->generations, g)) {
            status = itd_fail_memory(error);
            break;
        }
    }
    itd_sql_finish(query);
    return status;
}

/* The generation of a number, if it is one of the dataset at hand. */
static generation *find_generation(pass *p, int64_t number)
{
    size_t low = 0, high = p->generations.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (p->generations.items[middle].number < number)
            low = middle + 1;
        else
            high = middle;
    }
    generation *g = low < p->generations.count ? &p->generations.items[low] : NULL;
    return g && g->number == number && g->dataset == p->dataset_id ? g : NULL;
}

static bool keep(itd_buffer *out, itd_sv text)
{
    itd_buffer_clear(out);
    return itd_buffer_append(out, text);
}

/* A change is put to the sum of its generation, which `change` holds meanwhile. */
static bool put_version(pass *p, int64_t number, itd_sv hash)
{
    generation *g = find_generation(p, number);
    if (!g)
        return false;
    p->change.sum = g->sum;
    itd_generation_version(&p->change, itd_buffer_view(&p->key), hash);
    g->sum = p->change.sum;
    return true;
}

static bool put_end_version(pass *p, int64_t number)
{
    generation *g = find_generation(p, number);
    if (!g)
        return false;
    p->change.sum = g->sum;
    itd_generation_end_version(&p->change, itd_buffer_view(&p->key));
    g->sum = p->change.sum;
    return true;
}

static bool put_statement(pass *p, int64_t number, const itd_statement *where, itd_sv document_hash)
{
    generation *g = find_generation(p, number);
    if (!g)
        return false;
    p->change.sum = g->sum;
    itd_generation_statement(&p->change, itd_buffer_view(&p->content), where, document_hash);
    g->sum = p->change.sum;
    return true;
}

static bool put_end_statement(pass *p, int64_t number)
{
    generation *g = find_generation(p, number);
    if (!g)
        return false;
    p->change.sum = g->sum;
    itd_generation_end_statement(&p->change, itd_buffer_view(&p->content));
    g->sum = p->change.sum;
    return true;
}

static itd_status load_versions(pass *p, int64_t record, itd_error *error)
{
    itd_sql_query *query = p->queries[VERSIONS];
    bool row = false;
    itd_status status;
    p->versions.count = 0;
    itd_sql_bind_i64(query, 1, record);
    while ((status = itd_sql_step(query, &row, error)) == ITD_OK && row) {
        itd_sv hash = itd_sql_bytes(query, 2);
        version v = {.since = itd_sql_i64(query, 0),
                     .until = itd_sql_i64(query, 1),
                     .entity = itd_sql_i64(query, 3) != 0,
                     .tangled = itd_sql_i64(query, 4) != 0};
        if (hash.size != sizeof v.hash) {
            status = broken(p, error, v.since, "a version");
            break;
        }
        memcpy(v.hash, hash.data, sizeof v.hash);
        if (!put_version(p, v.since, hash) ||
            (!itd_sql_is_null(query, 1) && (v.until <= v.since || !put_end_version(p, v.until)))) {
            status = homeless(p, error, "version");
            break;
        }
        if (!itd_vector_push(&p->versions, v)) {
            status = itd_fail_memory(error);
            break;
        }
        p->version_count++;
    }
    itd_sql_reset(query);
    return status;
}

/* The bytes of itd_content_append, from the row as it stands. Words of the vocabulary are taken as they are written, so
 * that a case is sound or not whatever words the program knows. */
static void put_content(pass *p, const itd_sql_query *query)
{
    itd_sv key = itd_buffer_view(&p->key), entity = itd_sql_bytes(query, 2), reliability = itd_sql_bytes(query, 9),
           credibility = itd_sql_bytes(query, 10);
    const char grades[4] = {reliability.size ? reliability.data[0] : '-', credibility.size ? credibility.data[0] : '-',
                            (char)('0' + itd_sql_i64(query, 11)), '\0'};
    itd_sv property = itd_sql_bytes(query, 4);
    if (property.size == 0) /* one that the model does not have has its name in `original` */
        property = itd_sv_of(itd_property_name(ITD_P_OTHER));
    const itd_sv content[] = {itd_buffer_view(&p->dataset), key,
                              entity.size ? entity : key,   property,
                              itd_sql_bytes(query, 5),      itd_sql_bytes(query, 3),
                              itd_sql_bytes(query, 6),      itd_sql_bytes(query, 7),
                              itd_sql_bytes(query, 8),      itd_sv_of(grades)};
    itd_buffer_clear(&p->content);
    for (size_t i = 0; i < sizeof content / sizeof content[0]; i++)
        itd_content_text(&p->content, content[i]);
}

/* Whether it is said of the record itself, or else of what is not a part of it: an entity whose id does not go on from
 * the record's, or the target of a sanction. */
static void look_at(const pass *p, const itd_sql_query *query, bool *about_itself, bool *about_others)
{
    itd_sv key = itd_buffer_view(&p->key), entity = itd_sql_bytes(query, 2);
    *about_itself = entity.size == 0 || itd_sv_equal(entity, key);
    bool part = entity.size > key.size && itd_sv_starts(entity, key) && entity.data[key.size] == '-';
    bool target = itd_sv_is(itd_sql_bytes(query, 3), "Sanction") && itd_sv_is(itd_sql_bytes(query, 4), "entity") &&
                  !itd_sv_equal(itd_sql_bytes(query, 5), key);
    *about_others = (!*about_itself && !part) || target;
}

static itd_status add_statement(pass *p, const itd_sql_query *query, itd_error *error)
{
    bool about_itself, about_others;
    int64_t since = itd_sql_i64(query, 0), until = itd_sql_i64(query, 1);
    bool ends = !itd_sql_is_null(query, 1);
    put_content(p, query);
    look_at(p, query, &about_itself, &about_others);
    if (p->content.failed)
        return itd_fail_memory(error);
    const itd_statement where = {.first_seen = itd_sql_bytes(query, 12),
                                 .last_seen = itd_sql_bytes(query, 13),
                                 .line = (uint64_t)itd_sql_i64(query, 15),
                                 .offset = itd_sql_is_null(query, 16) ? ITD_NOWHERE : (uint64_t)itd_sql_i64(query, 16),
                                 .span = (uint32_t)itd_sql_i64(query, 17)};
    bool found = put_statement(p, since, &where, itd_sql_bytes(query, 18)) &&
                 (!ends || (until > since && put_end_statement(p, until)));
    if (p->change.scratch.failed)
        return itd_fail_memory(error);
    if (!found)
        return homeless(p, error, "statement");
    for (size_t i = 0; i < p->versions.count; i++) {
        version *v = &p->versions.items[i];
        if (since <= v->since && (!ends || v->since < until)) {
            itd_content_add(&v->sum, itd_buffer_view(&p->content));
            v->about_itself |= about_itself;
            v->about_others |= about_others;
        }
    }
    p->report->statements++;
    return ITD_OK;
}

static itd_status check_record(pass *p, int64_t record, itd_error *error)
{
    itd_sql_query *query = p->queries[STATEMENTS];
    bool row = false;
    ITD_TRY(load_versions(p, record, error));
    itd_sql_bind_i64(query, 1, record);
    itd_status status;
    while ((status = itd_sql_step(query, &row, error)) == ITD_OK && row)
        if ((status = add_statement(p, query, error)) != ITD_OK)
            break;
    itd_sql_reset(query);
    for (size_t i = 0; i < p->versions.count && status == ITD_OK; i++) {
        const version *v = &p->versions.items[i];
        unsigned char hash[ITD_STORE_HASH];
        itd_content_bytes(hash, &v->sum);
        if (memcmp(hash, v->hash, sizeof hash) != 0 || v->entity != v->about_itself || v->tangled != v->about_others)
            status = broken(p, error, v->since, "a statement");
    }
    return status;
}

static itd_status check_records(pass *p, itd_error *error)
{
    itd_sql_query *query = p->queries[RECORDS];
    bool row = false;
    itd_status status;
    while ((status = itd_sql_step(query, &row, error)) == ITD_OK && row) {
        p->dataset_id = itd_sql_i64(query, 2);
        if (!keep(&p->key, itd_sql_bytes(query, 1)) || !keep(&p->dataset, itd_sql_bytes(query, 3)))
            status = itd_fail_memory(error);
        if (status == ITD_OK)
            status = check_record(p, itd_sql_i64(query, 0), error);
        if (status != ITD_OK)
            break;
    }
    itd_sql_reset(query);
    return status;
}

/* None that no record leads to. */
static itd_status check_count(pass *p, int which, uint64_t seen, const char *what, itd_error *error)
{
    bool row = false;
    itd_status status = itd_sql_step(p->queries[which], &row, error);
    if (status == ITD_OK && (uint64_t)itd_sql_i64(p->queries[which], 0) != seen)
        status = homeless(p, error, what);
    itd_sql_reset(p->queries[which]);
    return status;
}

static itd_status check_hash(pass *p, const itd_sql_query *query, itd_sv previous, itd_error *error)
{
    unsigned char hash[ITD_STORE_HASH];
    int64_t number = itd_sql_i64(query, 0);
    const itd_generation about = {.number = number,
                                  .dataset = itd_sql_bytes(query, 2),
                                  .version = itd_sql_bytes(query, 3),
                                  .imported = itd_sql_i64(query, 4),
                                  .records = (uint64_t)itd_sql_i64(query, 5),
                                  .statements = (uint64_t)itd_sql_i64(query, 6),
                                  .added = (uint64_t)itd_sql_i64(query, 7),
                                  .changed = (uint64_t)itd_sql_i64(query, 8),
                                  .removed = (uint64_t)itd_sql_i64(query, 9),
                                  .rejected = (uint64_t)itd_sql_i64(query, 10),
                                  .orphans = (uint64_t)itd_sql_i64(query, 11)};
    p->dataset_id = itd_sql_i64(query, 1);
    const generation *g = find_generation(p, number);
    assert(g); /* of the same transaction */
    p->change.sum = g->sum;
    ITD_TRY(itd_generation_hash(hash, &p->change, previous, &about, error));
    if (itd_sv_equal(itd_sv_make((const char *)hash, sizeof hash), itd_sql_bytes(query, 12)))
        return ITD_OK;
    return itd_fail_at(error, ITD_EFORMAT, p->store->path, 0, ITD_NOWHERE,
                       "generation %" PRId64 " of %.*s was changed: what came and went with it, or where it stands",
                       number, ITD_SV_ARG(itd_sv_slice(about.dataset, 0, 64)));
}

/* Each generation's hash carries on that of its dataset's one before. */
static itd_status check_hashes(pass *p, itd_error *error)
{
    itd_sql_query *query = NULL;
    bool row = false;
    int64_t dataset = 0;
    unsigned char last[ITD_STORE_HASH] = {0};
    itd_sv previous = ITD_SV_NONE;
    char text[512];
    (void)snprintf(text, sizeof text, "%s ORDER BY g.dataset, g.number", texts[GENERATIONS]);
    ITD_TRY(itd_sql_prepare(&query, p->store->sql, text, error));
    itd_status status;
    while ((status = itd_sql_step(query, &row, error)) == ITD_OK && row) {
        itd_sv hash = itd_sql_bytes(query, 12);
        if (itd_sql_i64(query, 1) != dataset)
            previous = ITD_SV_NONE;
        status = check_hash(p, query, previous, error);
        if (status != ITD_OK)
            break;
        memcpy(last, hash.data, sizeof last);
        previous = itd_sv_make((const char *)last, sizeof last);
        dataset = itd_sql_i64(query, 1);
        p->report->generations++;
    }
    itd_sql_finish(query);
    return status;
}

itd_status itd_verify_generations(itd_verify_report *report, itd_store *store, itd_error *error)
{
    assert(report && store);
    pass p = {.store = store, .report = report};
    itd_status status = load_generations(&p, error);
    for (size_t i = 0; i < QUERIES && status == ITD_OK; i++)
        status = itd_sql_prepare(&p.queries[i], store->sql, texts[i], error);
    if (status == ITD_OK)
        status = check_records(&p, error);
    if (status == ITD_OK)
        status = check_count(&p, COUNT_VERSIONS, p.version_count, "version of a record", error);
    if (status == ITD_OK)
        status = check_count(&p, COUNT_STATEMENTS, report->statements, "statement", error);
    if (status == ITD_OK)
        status = check_hashes(&p, error);
    for (size_t i = 0; i < QUERIES; i++)
        itd_sql_finish(p.queries[i]);
    itd_vector_finish(&p.generations);
    itd_vector_finish(&p.versions);
    itd_buffer_finish(&p.content);
    itd_buffer_finish(&p.key);
    itd_buffer_finish(&p.dataset);
    itd_buffer_finish(&p.change.scratch);
    return status;
}
