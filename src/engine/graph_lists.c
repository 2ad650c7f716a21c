/* What lists, FollowTheMoney files and cases say of who holds what in whom. */
#include "engine/graph.h"

#include "engine/case.h"
#include "model/collection.h"
#include "store/judgement.h"

/* A relation that is turned into stakes. */
typedef struct relation {
    const itd_collection *collection;
    const itd_folded *entity;
    itd_register_builder *builder;
} relation;

/* The values of a property: `*count` rows from the first on. */
static const itd_row *rows_of(const relation *r, itd_property property, size_t *count)
{
    const itd_row *rows = itd_collection_rows(r->collection) + r->entity->row_first;
    size_t at = 0;
    itd_property here = itd_property_in(r->entity->schema, property);
    *count = 0;
    while (at < r->entity->row_count && rows[at].property != here)
        at++;
    while (at + *count < r->entity->row_count && rows[at + *count].property == here)
        ++*count;
    return rows + at;
}

/* Digits with at most one point, and a percent sign perhaps, in parts per million, rounded down and up. */
static bool take_percent(uint32_t *low, uint32_t *high, itd_sv text)
{
    uint64_t value = 0;
    unsigned places = 0;
    bool point = false, digits = false, more = false;
    if (itd_sv_ends(text, ITD_SV("%")))
        text = itd_sv_trim(itd_sv_slice(text, 0, text.size - 1));
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        if ((c == '.' || c == ',') && !point) {
            point = true;
        } else if (c >= '0' && c <= '9') {
            digits = true;
            if (places == 4) {
                more |= c != '0';
                continue;
            }
            value = value * 10 + (uint64_t)(c - '0');
            places += point;
        } else {
            return false;
        }
        if (value > UINT32_MAX)
            return false;
    }
    for (; places < 4; places++)
        value *= 10;
    if (!digits || value > ITD_PPM_WHOLE || (value == ITD_PPM_WHOLE && more))
        return false;
    *low = (uint32_t)value;
    *high = (uint32_t)value + more;
    return true;
}

/* A percentage, or two with a hyphen between them. */
static bool take_percents(uint32_t *low, uint32_t *high, itd_sv text)
{
    uint32_t other = 0;
    itd_sv trimmed = itd_sv_trim(text);
    size_t hyphen = itd_sv_find(trimmed, ITD_SV("-"), 0);
    if (hyphen == SIZE_MAX)
        return take_percent(low, high, trimmed);
    return take_percent(low, &other, itd_sv_trim(itd_sv_slice(trimmed, 0, hyphen))) &&
           take_percent(&other, high, itd_sv_trim(itd_sv_slice(trimmed, hyphen + 1, SIZE_MAX))) && *low <= *high;
}

/* Several percentages of one relation are a range; one that cannot be read may be any. */
static void take_shares(itd_stake *stake, const relation *r)
{
    size_t count = 0;
    const itd_row *rows = rows_of(r, ITD_P_Ownership_percentage, &count);
    stake->share_min_ppm = count ? ITD_PPM_WHOLE : 0;
    stake->share_max_ppm = count ? 0 : ITD_PPM_WHOLE;
    for (size_t i = 0; i < count; i++) {
        uint32_t low = 0, high = ITD_PPM_WHOLE;
        (void)take_percents(&low, &high, itd_collection_text(r->collection, rows[i].value));
        stake->share_min_ppm = low < stake->share_min_ppm ? low : stake->share_min_ppm;
        stake->share_max_ppm = high > stake->share_max_ppm ? high : stake->share_max_ppm;
    }
}

/* The kind that its type names, where one alone is stated: "votes", "board", "control". Else shares. */
static itd_stake_kind kind_of(const relation *r)
{
    size_t types = 0;
    const itd_row *rows = rows_of(r, ITD_P_Ownership_ownershipType, &types);
    itd_stake_kind kind = ITD_STAKE_SHARES;
    bool known = types == 1 && itd_stake_kind_find(&kind, itd_collection_text(r->collection, rows[0].value));
    return known && kind <= ITD_STAKE_CONTROL ? kind : ITD_STAKE_SHARES;
}

/* Of several dates the earliest start and the latest end: the relation may have held all the while. */
static itd_date date_of(const relation *r, itd_property property, bool latest)
{
    size_t count = 0;
    const itd_row *rows = rows_of(r, property, &count);
    itd_date found = {0};
    if (count > 0)
        (void)itd_date_parse(&found, itd_collection_text(r->collection, rows[latest ? count - 1 : 0].value));
    return found;
}

static void take_source(itd_stake *stake, const relation *r, const itd_row *row)
{
    stake->line = row->line;
    stake->reliability = row->reliability;
    stake->credibility = row->credibility;
    stake->start = date_of(r, ITD_P_Interval_startDate, false);
    stake->end = date_of(r, ITD_P_Interval_endDate, true);
    if (stake->start.year && stake->end.year) {
        int32_t start = 0, start_last = 0, end = 0, end_last = 0;
        itd_date_span(&start, &start_last, stake->start);
        itd_date_span(&end, &end_last, stake->end);
        if (start > end_last)
            stake->start = stake->end = (itd_date){0};
    }
}

/* Every source with every target. */
static itd_status add_pairs(const relation *r, itd_property from, itd_property to, itd_stake *stake, itd_error *error)
{
    size_t from_count = 0, to_count = 0;
    const itd_row *froms = rows_of(r, from, &from_count), *tos = rows_of(r, to, &to_count);
    if (from_count == 0 || to_count == 0)
        return ITD_OK;
    take_source(stake, r, &froms[0]);
    ITD_TRY(itd_register_builder_file(r->builder, itd_collection_text(r->collection, froms[0].document), error));
    for (size_t i = 0; i < from_count; i++)
        for (size_t j = 0; j < to_count; j++) {
            stake->owner = itd_collection_text(r->collection, froms[i].value);
            stake->owned = itd_collection_text(r->collection, tos[j].value);
            if (stake->owner.size > 0 && stake->owned.size > 0)
                ITD_TRY(itd_register_builder_add(r->builder, stake, error));
        }
    return ITD_OK;
}

/* Who controls a company by owning it may hold shares of it too. */
static itd_status add_ownership(const relation *r, itd_property from, itd_property to, itd_error *error)
{
    itd_stake stake = {.kind = kind_of(r)};
    size_t percentages = 0;
    (void)rows_of(r, ITD_P_Ownership_percentage, &percentages);
    if (stake.kind == ITD_STAKE_CONTROL) {
        ITD_TRY(add_pairs(r, from, to, &stake, error));
        stake.kind = ITD_STAKE_SHARES;
    }
    if (stake.kind != ITD_STAKE_BOARD || percentages > 0)
        take_shares(&stake, r);
    return add_pairs(r, from, to, &stake, error);
}

/* FollowTheMoney's old way to say whose part an organisation is. It says nothing of shares: a link. */
static itd_status add_parents(const relation *r, itd_error *error)
{
    size_t count = 0;
    const itd_row *rows = rows_of(r, ITD_P_LegalEntity_parent, &count);
    for (size_t i = 0; i < count; i++) {
        itd_stake stake = {.owner = itd_collection_text(r->collection, rows[i].value),
                           .owned = itd_collection_text(r->collection, r->entity->id),
                           .kind = ITD_STAKE_LINK,
                           .line = rows[i].line,
                           .reliability = rows[i].reliability,
                           .credibility = rows[i].credibility};
        ITD_TRY(itd_register_builder_file(r->builder, itd_collection_text(r->collection, rows[i].document), error));
        if (stake.owner.size > 0)
            ITD_TRY(itd_register_builder_add(r->builder, &stake, error));
    }
    return ITD_OK;
}

static itd_status add_relation(const relation *r, itd_error *error)
{
    itd_property from = ITD_PROPERTY_NONE, to = ITD_PROPERTY_NONE;
    itd_stake stake = {.kind = ITD_STAKE_LINK};
    if (itd_schema_is(r->entity->schema, ITD_S_LegalEntity))
        return add_parents(r, error);
    if (!itd_schema_is_edge(r->entity->schema, &from, &to))
        return ITD_OK;
    if (itd_schema_is(r->entity->schema, ITD_S_Ownership))
        return add_ownership(r, from, to, error);
    if (itd_schema_is(r->entity->schema, ITD_S_Directorship))
        stake.kind = ITD_STAKE_DIRECTOR;
    return add_pairs(r, from, to, &stake, error);
}

static itd_status add_collection(itd_register_builder *builder, const itd_collection *collection, itd_error *error)
{
    const itd_folded *entities = itd_collection_entities(collection);
    for (size_t i = 0, count = itd_collection_entity_count(collection); i < count; i++)
        ITD_TRY(add_relation(&(relation){collection, &entities[i], builder}, error));
    return ITD_OK;
}

/* What was judged to be one is one entity of the graph. */
static itd_status on_judgement(void *builder, const itd_judgement *judgement, itd_error *error)
{
    const itd_stake same = {.owner = judgement->left, .owned = judgement->right, .kind = ITD_STAKE_SAME};
    return judgement->kind == ITD_JUDGEMENT_MERGE ? itd_register_builder_add(builder, &same, error) : ITD_OK;
}

static itd_status collect_case(itd_collection *collection, itd_register_builder *builder, const char *path,
                               itd_context *context, itd_error *error)
{
    itd_store *store = NULL;
    itd_case_sources sources = {0};
    itd_arena arena;
    int64_t newest = 0;
    itd_arena_init(&arena, context->options.memory_max);
    itd_status status = itd_store_open(&store, path, false, error);
    if (status == ITD_OK)
        status = itd_store_begin(store, error);
    if (status == ITD_OK)
        status = itd_history_newest(&newest, store, error);
    if (status == ITD_OK)
        status = itd_case_collect(collection, &sources, store, newest, &arena, error);
    if (status == ITD_OK && builder)
        status = itd_register_builder_file(builder, itd_graph_file_name(path), error);
    if (status == ITD_OK && builder)
        status = itd_judgement_each(store, on_judgement, builder, error);
    itd_store_close(store);
    itd_vector_finish(&sources);
    itd_arena_finish(&arena);
    return status;
}

static itd_status collect_files(itd_collection *collection, uint64_t *rejected, itd_context *context,
                                const itd_read_options *options, itd_error *error)
{
    itd_reading lists;
    ITD_TRY(itd_reading_init(&lists, context, options, error));
    itd_status status = ITD_OK;
    for (size_t i = 0; i < lists.list.count && status == ITD_OK; i++) {
        itd_reading_result result = {0};
        status = itd_reading_run(&lists, i, itd_collection_add, collection, &result, error);
        *rejected += status == ITD_OK ? result.rejected + result.orphans : 0;
    }
    itd_reading_finish(&lists);
    return status;
}

itd_status itd_graph_collect(itd_collection **out, itd_register_builder *builder, uint64_t *rejected,
                             itd_context *context, const itd_read_options *options, itd_error *error)
{
    itd_collection *collection = NULL;
    itd_read_options files = *options;
    const char **paths = itd_calloc(options->path_count + 1, sizeof *paths);
    itd_status status =
        paths ? itd_collection_create(&collection, context->options.memory_max, error) : itd_fail_memory(error);
    files.path_count = 0;
    files.paths = paths;
    for (size_t i = 0; i < options->path_count && status == ITD_OK; i++) {
        const char *path = itd_case_path(options->paths[i]);
        if (path)
            status = collect_case(collection, builder, path, context, error);
        else
            paths[files.path_count++] = options->paths[i];
    }
    if (status == ITD_OK && files.path_count > 0)
        status = collect_files(collection, rejected, context, &files, error);
    if (status == ITD_OK)
        status = itd_collection_fold(collection, error);
    itd_free(paths);
    if (status != ITD_OK) {
        itd_collection_destroy(collection);
        return status;
    }
    *out = collection;
    return ITD_OK;
}

itd_status itd_graph_add_lists(itd_register_builder *builder, uint64_t *rejected, itd_context *context,
                               const itd_read_options *options, itd_error *error)
{
    itd_collection *collection = NULL;
    ITD_TRY(itd_graph_collect(&collection, builder, rejected, context, options, error));
    itd_status status = add_collection(builder, collection, error);
    itd_collection_destroy(collection);
    return status;
}
