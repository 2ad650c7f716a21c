/* Answers and comparisons as JSON. */
#include <assert.h>

#include "engine/answer_json.h"
#include "engine/decided.h"
#include "engine/engine.h"
#include "engine/own.h"

static void write_score(itd_json_writer *json, int32_t score_micro)
{
    itd_json_key(json, "score");
    itd_json_write_micro(json, score_micro);
    itd_json_key(json, "score_micro");
    itd_json_write_i64(json, score_micro);
}

static void write_contributions(itd_json_writer *json, const itd_contribution *list, size_t count)
{
    itd_json_key(json, "contributions");
    itd_json_begin_array(json);
    for (size_t i = 0; i < count; i++) {
        itd_json_begin_object(json);
        itd_json_put_text(json, "feature", itd_sv_of(list[i].feature));
        itd_json_key(json, "micro");
        itd_json_write_i64(json, list[i].micro);
        itd_json_put_text(json, "left", list[i].left);
        itd_json_put_text(json, "right", list[i].right);
        if (list[i].property)
            itd_json_put_text(json, "property", itd_sv_of(list[i].property));
        itd_json_end_object(json);
    }
    itd_json_end_array(json);
}

void itd_score_write(itd_json_writer *json, int32_t score_micro, const itd_contribution *contributions, size_t count)
{
    write_score(json, score_micro);
    write_contributions(json, contributions, count);
}

static void write_texts(itd_json_writer *json, const char *key, const itd_sv *texts, size_t count)
{
    itd_json_key(json, key);
    itd_json_begin_array(json);
    for (size_t i = 0; i < count; i++)
        itd_json_write_text(json, texts[i]);
    itd_json_end_array(json);
}

static void write_source(itd_json_writer *json, const itd_hit *hit)
{
    itd_json_key(json, "source");
    itd_json_begin_object(json);
    itd_json_put_text(json, "dataset", hit->dataset);
    itd_json_put_text(json, "version", hit->version);
    itd_json_put_text(json, "record", hit->record);
    itd_json_put_text(json, "document", hit->document);
    if (hit->line) {
        itd_json_key(json, "line");
        itd_json_write_u64(json, hit->line);
    }
    if (hit->offset != ITD_NOWHERE) {
        itd_json_key(json, "offset");
        itd_json_write_u64(json, hit->offset);
    }
    itd_json_end_object(json);
}

void itd_hit_write(itd_json_writer *json, const itd_hit *hit, bool core)
{
    itd_json_begin_object(json);
    itd_json_put_text(json, "id", hit->id);
    itd_json_put_text(json, "dataset", hit->dataset);
    itd_json_put_text(json, "schema", itd_sv_of(hit->schema));
    itd_json_put_text(json, "caption", hit->caption);
    itd_json_put_text(json, "kind", itd_sv_of(hit->kind));
    write_score(json, hit->score_micro);
    itd_json_put_text(json, "status", ITD_SV("candidate"));
    itd_json_key(json, "matched");
    itd_json_begin_object(json);
    itd_json_put_text(json, "query", hit->matched_query);
    itd_json_put_text(json, "list", hit->matched_list);
    itd_json_put_text(json, "by", itd_sv_of(hit->matched_by));
    itd_json_end_object(json);
    write_contributions(json, hit->contributions, hit->contribution_count);
    write_texts(json, "programmes", hit->programmes, hit->programme_count);
    write_texts(json, "topics", hit->topics, hit->topic_count);
    if (!core)
        write_source(json, hit);
    if (hit->own && !core) {
        itd_json_key(json, "own");
        itd_own_answer_write(json, hit->own);
    }
    if (hit->decision && !core) {
        itd_json_key(json, "decision");
        itd_json_begin_object(json);
        itd_decision_write(json, hit->decision);
        itd_json_end_object(json);
    }
    itd_json_end_object(json);
}

static void write_stats(itd_json_writer *json, const itd_screen_stats *stats)
{
    itd_json_key(json, "stats");
    itd_json_begin_object(json);
    itd_json_put_text(json, "mode", itd_sv_of(stats->mode));
    itd_json_key(json, "candidates");
    itd_json_write_u64(json, stats->candidates);
    itd_json_key(json, "scored");
    itd_json_write_u64(json, stats->scored);
    itd_json_key(json, "elapsed_us");
    itd_json_write_i64(json, stats->elapsed_us);
    itd_json_end_object(json);
}

itd_status itd_answer_json(itd_bytes *out, const itd_answer *answer, bool stats, itd_error *error)
{
    assert(out && answer);
    itd_buffer buffer = itd_bytes_take(out);
    itd_json_writer json;
    itd_json_writer_init(&json, &buffer);
    itd_json_begin_object(&json);
    itd_json_put_text(&json, "id", answer->id);
    itd_json_put_text(&json, "query", answer->query);
    itd_json_key(&json, "hits");
    itd_json_begin_array(&json);
    for (size_t i = 0; i < answer->hit_count; i++)
        itd_hit_write(&json, &answer->hits[i], false);
    itd_json_end_array(&json);
    itd_json_key(&json, "truncated");
    itd_json_write_bool(&json, answer->truncated);
    if (answer->under_case) {
        itd_json_key(&json, "cleared");
        itd_json_write_u64(&json, answer->cleared);
    }
    itd_json_put_text(&json, "profile", itd_sv_of(answer->profile));
    itd_json_put_text(&json, "generation", answer->generation);
    if (stats)
        write_stats(&json, &answer->stats);
    itd_json_end_object(&json);
    return itd_bytes_give(out, &buffer, error);
}

itd_status itd_comparison_json(itd_bytes *out, const itd_comparison *comparison, itd_error *error)
{
    assert(out && comparison);
    itd_buffer buffer = itd_bytes_take(out);
    itd_json_writer json;
    itd_json_writer_init(&json, &buffer);
    itd_json_begin_object(&json);
    itd_json_put_text(&json, "id", comparison->id);
    itd_score_write(&json, comparison->score_micro, comparison->contributions, comparison->contribution_count);
    itd_json_put_text(&json, "profile", itd_sv_of(comparison->profile));
    itd_json_end_object(&json);
    return itd_bytes_give(out, &buffer, error);
}
