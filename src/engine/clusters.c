/* `clusters`: who shares a key, one by one and in chains. */
#include <assert.h>
#include <stdlib.h>

#include "engine/cluster_keys.h"
#include "engine/graph.h"

const char *itd_cluster_kind_name(itd_cluster_kind kind)
{
    static const char *const names[] = {"address", "phone", "email", "director", "agent"};
    return names[kind];
}

/* A key with where its uses are. */
typedef struct shared {
    uint32_t key, first, count;
} shared;

typedef struct clustering {
    const itd_collection *collection;
    const itd_clusters_sink *sink;
    itd_cluster_keys keys;
    ITD_VECTOR(shared) joining; /* keys that join two or more */
    ITD_VECTOR(shared) common;
    uint32_t *above;   /* by text number of a member: of whom it hangs on; a root hangs on itself, 0 is none */
    uint32_t *cluster; /* by text number of a root: one more than the place of its cluster */
    ITD_VECTOR(uint32_t) members; /* by cluster, then id; `first` says where each begins */
    ITD_VECTOR(uint32_t) first;
    itd_arena arena;
    itd_clusters_summary summary;
} clustering;

/* ---- who hangs together ---- */

static uint32_t root_of(clustering *c, uint32_t member)
{
    while (c->above[member] != member) { /* halves the way as it goes */
        c->above[member] = c->above[c->above[member]];
        member = c->above[member];
    }
    return member;
}

/* The lower id stays above. */
static void join(clustering *c, uint32_t a, uint32_t b)
{
    a = root_of(c, a);
    b = root_of(c, b);
    if (a < b)
        c->above[b] = a;
    else
        c->above[a] = b;
}

static bool sort_keys(clustering *c, uint32_t common)
{
    const itd_key_use *uses = c->keys.uses.items;
    bool good = true;
    for (uint32_t i = 0, end = 0; i < c->keys.uses.count && good; i = end) {
        while (end < c->keys.uses.count && uses[end].key == uses[i].key)
            end++;
        const shared key = {uses[i].key, i, end - i};
        c->summary.keys++;
        c->summary.shared += key.count > 1;
        if (key.count > common)
            good = itd_vector_push(&c->common, key);
        else if (key.count > 1)
            good = itd_vector_push(&c->joining, key);
    }
    c->summary.common = c->common.count;
    return good;
}

static void join_all(clustering *c)
{
    for (size_t i = 0; i < c->keys.uses.count; i++) {
        uint32_t member = c->keys.uses.items[i].member;
        c->summary.entities += c->above[member] == 0;
        c->above[member] = member;
    }
    for (size_t i = 0; i < c->joining.count; i++) {
        const itd_key_use *uses = c->keys.uses.items + c->joining.items[i].first;
        for (uint32_t k = 1; k < c->joining.items[i].count; k++)
            join(c, uses[0].member, uses[k].member);
    }
}

/* Members by cluster; clusters in the order of their first id. */
static bool gather_members(clustering *c)
{
    uint32_t texts = (uint32_t)itd_collection_text_count(c->collection), clusters = 0;
    bool good = true;
    uint32_t *size = itd_calloc((size_t)texts + 1, sizeof *size);
    for (uint32_t t = 1; size && t < texts; t++)
        if (c->above[t] != 0)
            size[root_of(c, t)]++;
    for (uint32_t t = 1; size && t < texts && good; t++)
        if (size[t] > 1) {
            c->cluster[t] = ++clusters;
            good = itd_vector_push(&c->first, (uint32_t)c->summary.clustered);
            c->summary.clustered += size[t];
        }
    c->summary.clusters = clusters;
    good = good && size && itd_vector_push(&c->first, (uint32_t)c->summary.clustered) &&
           itd_vector_reserve(&c->members, c->summary.clustered + 1);
    for (uint32_t t = 1; good && t < texts; t++) {
        uint32_t root = c->above[t] ? root_of(c, t) : 0;
        if (c->cluster[root])
            c->members.items[c->first.items[c->cluster[root] - 1]++] = t;
    }
    for (uint32_t k = clusters; good && k > 0; k--)
        c->first.items[k] = c->first.items[k - 1];
    if (good)
        c->first.items[0] = 0;
    itd_free(size);
    return good;
}

/* ---- telling ---- */

static itd_sv name_of(const clustering *c, uint32_t id)
{
    const itd_row *rows = itd_collection_rows(c->collection);
    uint32_t at = itd_collection_find(c->collection, itd_collection_text(c->collection, id));
    if (at == ITD_MAP_NONE)
        return ITD_SV_NONE;
    const itd_folded *entity = &itd_collection_entities(c->collection)[at];
    itd_property name = itd_property_in(entity->schema, ITD_P_Thing_name);
    for (uint32_t i = 0; i < entity->row_count; i++)
        if (rows[entity->row_first + i].property == name)
            return itd_collection_text(c->collection, rows[entity->row_first + i].value);
    return ITD_SV_NONE;
}

static bool take_key(itd_cluster_key *out, clustering *c, const shared *key)
{
    const itd_key *of = &c->keys.keys.items[key->key];
    itd_sv *members = itd_arena_alloc_array(&c->arena, key->count, sizeof *members);
    for (uint32_t i = 0; members && i < key->count; i++)
        members[i] = itd_collection_text(c->collection, c->keys.uses.items[key->first + i].member);
    itd_sv name = of->kind >= ITD_CLUSTER_DIRECTOR ? name_of(c, of->value) : ITD_SV_NONE;
    *out = (itd_cluster_key){.kind = of->kind,
                             .key = of->text,
                             .value = name.size > 0 ? name : itd_collection_text(c->collection, of->value),
                             .members = members,
                             .member_count = key->count};
    return members != NULL;
}

static uint32_t cluster_of(clustering *c, const shared *key)
{
    return c->cluster[root_of(c, c->keys.uses.items[key->first].member)] - 1;
}

static itd_status stopped(itd_status status, itd_error *error)
{
    return status == ITD_OK ? ITD_OK : itd_fail(error, status, "stopped by the receiver of the clusters");
}

static itd_status tell_cluster(clustering *c, uint32_t at, uint64_t number, const shared *keys, size_t count,
                               itd_error *error)
{
    uint32_t first = c->first.items[at], size = c->first.items[at + 1] - first;
    itd_arena_reset(&c->arena);
    itd_cluster_member *members = itd_arena_alloc_array(&c->arena, size, sizeof *members);
    itd_cluster_key *told = itd_arena_alloc_array(&c->arena, count, sizeof *told);
    if (!members || !told)
        return itd_fail_memory(error);
    for (uint32_t i = 0; i < size; i++) {
        uint32_t id = c->members.items[first + i];
        members[i] = (itd_cluster_member){itd_collection_text(c->collection, id), name_of(c, id)};
    }
    for (size_t i = 0; i < count; i++)
        if (!take_key(&told[i], c, &keys[i]))
            return itd_fail_memory(error);
    const itd_cluster cluster = {number, members, size, told, count};
    return stopped(c->sink->on_cluster(c->sink->user, &cluster), error);
}

/* What sorting compares. */
typedef struct placed {
    uint64_t first, second, third;
    uint32_t at;
} placed;

static int by_place(const void *a, const void *b)
{
    const placed *x = a, *y = b;
    if (x->first != y->first)
        return x->first < y->first ? -1 : 1;
    if (x->second != y->second)
        return x->second < y->second ? -1 : 1;
    return x->third < y->third ? -1 : x->third > y->third;
}

static void sort_placed(placed *items, size_t count)
{
    if (count > 0)
        qsort(items, count, sizeof *items, by_place);
}

/* Keys of a cluster by kind, then by the first who has them, in one array by cluster; where each cluster's begin. */
static shared *keys_by_cluster(uint32_t **first, clustering *c)
{
    size_t count = c->joining.count;
    placed *order = itd_calloc(count + 1, sizeof *order);
    shared *keys = itd_calloc(count + 1, sizeof *keys);
    *first = itd_calloc((size_t)c->summary.clusters + 2, sizeof **first);
    for (uint32_t i = 0; order && i < count; i++) {
        const shared *key = &c->joining.items[i];
        uint32_t member = c->keys.uses.items[key->first].member;
        order[i] =
            (placed){cluster_of(c, key), c->keys.keys.items[key->key].kind, (uint64_t)member << 32 | key->key, i};
    }
    if (order && keys && *first) {
        sort_placed(order, count);
        for (size_t i = 0; i < count; i++) {
            keys[i] = c->joining.items[order[i].at];
            (*first)[order[i].first + 1]++;
        }
        for (uint64_t k = 0; k < c->summary.clusters; k++)
            (*first)[k + 1] += (*first)[k];
    }
    bool good = order && keys && *first;
    itd_free(order);
    if (good)
        return keys;
    itd_free(keys);
    itd_free(*first);
    return NULL;
}

static itd_status tell_clusters(clustering *c, itd_error *error)
{
    uint32_t *first = NULL;
    uint64_t count = c->summary.clusters;
    shared *keys = keys_by_cluster(&first, c);
    placed *order = keys ? itd_calloc(count + 1, sizeof *order) : NULL;
    itd_status status = order ? ITD_OK : itd_fail_memory(error);
    for (uint32_t k = 0; order && k < count; k++)
        order[k] = (placed){UINT64_MAX - (c->first.items[k + 1] - c->first.items[k]), k, 0, k};
    if (order)
        sort_placed(order, count);
    for (uint64_t k = 0; k < count && status == ITD_OK; k++) {
        uint32_t at = order[k].at;
        status = tell_cluster(c, at, k + 1, keys + first[at], first[at + 1] - first[at], error);
    }
    itd_free(order);
    if (keys) {
        itd_free(keys);
        itd_free(first);
    }
    return status;
}

static itd_status tell_common(clustering *c, itd_error *error)
{
    size_t count = c->common.count;
    placed *order = itd_calloc(count + 1, sizeof *order);
    itd_status status = order ? ITD_OK : itd_fail_memory(error);
    for (uint32_t i = 0; order && i < count; i++) {
        const shared *key = &c->common.items[i];
        order[i] =
            (placed){c->keys.keys.items[key->key].kind, UINT64_MAX - key->count, c->keys.keys.items[key->key].value, i};
    }
    if (order)
        sort_placed(order, count);
    for (size_t i = 0; i < count && status == ITD_OK; i++) {
        itd_cluster_key key;
        itd_arena_reset(&c->arena);
        status = take_key(&key, c, &c->common.items[order[i].at])
                     ? stopped(c->sink->on_common(c->sink->user, &key), error)
                     : itd_fail_memory(error);
    }
    itd_free(order);
    return status;
}

static itd_status run(clustering *c, itd_context *context, const itd_clusters_options *options, itd_error *error)
{
    size_t texts = itd_collection_text_count(c->collection);
    ITD_TRY(itd_cluster_keys_gather(&c->keys, c->collection, context->options.memory_max, error));
    c->summary.vague = c->keys.vague;
    c->above = itd_calloc(texts + 1, sizeof *c->above);
    c->cluster = itd_calloc(texts + 1, sizeof *c->cluster);
    if (!c->above || !c->cluster || !sort_keys(c, options->common ? options->common : ITD_CLUSTER_COMMON_DEFAULT))
        return itd_fail_memory(error);
    join_all(c);
    if (!gather_members(c))
        return itd_fail_memory(error);
    if (c->sink->on_cluster)
        ITD_TRY(tell_clusters(c, error));
    return c->sink->on_common ? tell_common(c, error) : ITD_OK;
}

itd_status itd_clusters_find(itd_clusters_summary *out, itd_context *context, const itd_read_options *sources,
                             const itd_clusters_options *options, const itd_clusters_sink *sink, itd_error *error)
{
    assert(out && context && sources && options && sink);
    itd_collection *collection = NULL;
    clustering c = {.sink = sink};
    if (sources->path_count == 0)
        return itd_fail(error, ITD_EINVAL, "no source is named");
    ITD_TRY(itd_graph_collect(&collection, NULL, &c.summary.rejected, context, sources, error));
    c.collection = collection;
    itd_arena_init(&c.arena, context->options.memory_max);
    itd_status status = run(&c, context, options, error);
    itd_cluster_keys_finish(&c.keys);
    itd_vector_finish(&c.joining);
    itd_vector_finish(&c.common);
    itd_vector_finish(&c.members);
    itd_vector_finish(&c.first);
    itd_free(c.above);
    itd_free(c.cluster);
    itd_arena_finish(&c.arena);
    itd_collection_destroy(collection);
    if (status == ITD_OK)
        *out = c.summary;
    return status;
}

/* ---- JSON ---- */

static void put_key(itd_json_writer *json, const itd_cluster_key *key)
{
    itd_json_begin_object(json);
    itd_json_put_text(json, "kind", itd_sv_of(itd_cluster_kind_name(key->kind)));
    itd_json_put_text(json, "key", key->key);
    itd_json_put_text(json, "value", key->value);
    itd_json_put_u64(json, "count", key->member_count);
    itd_json_key(json, "entities");
    itd_json_begin_array(json);
    for (size_t i = 0; i < key->member_count; i++)
        itd_json_write_text(json, key->members[i]);
    itd_json_end_array(json);
    itd_json_end_object(json);
}

itd_status itd_cluster_json(itd_bytes *out, const itd_cluster *cluster, itd_error *error)
{
    itd_buffer buffer = itd_bytes_take(out);
    itd_json_writer json;
    itd_json_writer_init(&json, &buffer);
    itd_json_begin_object(&json);
    itd_json_put_u64(&json, "cluster", cluster->number);
    itd_json_put_u64(&json, "size", cluster->member_count);
    itd_json_key(&json, "members");
    itd_json_begin_array(&json);
    for (size_t i = 0; i < cluster->member_count; i++) {
        itd_json_begin_object(&json);
        itd_json_put_text(&json, "id", cluster->members[i].id);
        itd_json_put_text(&json, "name", cluster->members[i].name);
        itd_json_end_object(&json);
    }
    itd_json_end_array(&json);
    itd_json_key(&json, "keys");
    itd_json_begin_array(&json);
    for (size_t i = 0; i < cluster->key_count; i++)
        put_key(&json, &cluster->keys[i]);
    itd_json_end_array(&json);
    itd_json_end_object(&json);
    return itd_bytes_give(out, &buffer, error);
}

itd_status itd_cluster_common_json(itd_bytes *out, const itd_cluster_key *key, itd_error *error)
{
    itd_buffer buffer = itd_bytes_take(out);
    itd_json_writer json;
    itd_json_writer_init(&json, &buffer);
    itd_json_begin_object(&json);
    itd_json_key(&json, "common");
    put_key(&json, key);
    itd_json_end_object(&json);
    return itd_bytes_give(out, &buffer, error);
}
