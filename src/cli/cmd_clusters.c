/* `interdict clusters`: who shares an address, a telephone, a director or an agent? */
#include "interdict/clusters.h"

#include <inttypes.h>

#include "cli/display.h"
#include "cli/run.h"

/** Members of a common key that the table names; the others are counted. */
#define MEMBERS_SHOWN 3

typedef struct clusters_run {
    itd_cli_run *run;
    uint64_t shown;
} clusters_run;

static void put_key(itd_cli_text *out, const itd_cli_terminal *terminal, const itd_cluster_key *key)
{
    itd_cli_text_printf(out, "    %-9s ", itd_cluster_kind_name(key->kind));
    itd_cli_clean(out, key->value);
    itd_cli_style_on(out, terminal, ITD_CLI_FAINT);
    itd_cli_text_puts(out, "  shared by ");
    itd_cli_text_count(out, key->member_count);
    itd_cli_style_off(out, terminal, ITD_CLI_FAINT);
}

static void put_table(clusters_run *c, const itd_cluster *cluster)
{
    itd_cli_text *out = &c->run->text;
    itd_cli_text_printf(out, "%s%" PRIu64 "  %zu entities\n", c->shown > 1 ? "\n" : "", cluster->number,
                        cluster->member_count);
    for (size_t i = 0; i < cluster->member_count; i++) {
        itd_cli_text_puts(out, "  ");
        itd_cli_style_on(out, &c->run->terminal, ITD_CLI_BOLD);
        itd_cli_clean(out, cluster->members[i].id);
        itd_cli_style_off(out, &c->run->terminal, ITD_CLI_BOLD);
        itd_cli_text_puts(out, "  ");
        itd_cli_clean(out, cluster->members[i].name);
        itd_cli_text_puts(out, "\n");
    }
    for (size_t i = 0; i < cluster->key_count; i++) {
        put_key(out, &c->run->terminal, &cluster->keys[i]);
        for (size_t m = 0; m < cluster->keys[i].member_count && cluster->member_count > 2; m++) {
            itd_cli_text_puts(out, m ? ", " : ": ");
            itd_cli_clean(out, cluster->keys[i].members[m]);
        }
        itd_cli_text_puts(out, "\n");
    }
}

static void put_csv(itd_cli_text *row, uint64_t number, const itd_cluster_key *key)
{
    for (size_t i = 0; i < key->member_count; i++) {
        if (number > 0)
            itd_cli_csv_number(row, number);
        else
            itd_cli_csv_string(row, "common");
        itd_cli_csv_string(row, itd_cluster_kind_name(key->kind));
        itd_cli_csv_field(row, key->key);
        itd_cli_csv_field(row, key->members[i]);
        itd_cli_csv_end(row);
    }
}

static itd_status on_cluster(void *user, const itd_cluster *cluster)
{
    clusters_run *c = user;
    itd_cli_run *run = c->run;
    itd_bytes json = {0};
    c->shown++;
    if (run->output.print == ITD_CLI_PRINT_JSON || run->output.print == ITD_CLI_PRINT_JSONL)
        return itd_cli_write_made(&run->output, &json, itd_cluster_json(&json, cluster, &run->stopped), &run->stopped);
    if (run->output.print == ITD_CLI_TABLE)
        put_table(c, cluster);
    for (size_t i = 0; i < cluster->key_count && run->output.print == ITD_CLI_PRINT_CSV; i++)
        put_csv(&run->text, cluster->number, &cluster->keys[i]);
    return itd_cli_write_text(&run->output, &run->text, &run->stopped);
}

static itd_status on_common(void *user, const itd_cluster_key *key)
{
    clusters_run *c = user;
    itd_cli_run *run = c->run;
    itd_bytes json = {0};
    if (run->output.print == ITD_CLI_PRINT_JSON || run->output.print == ITD_CLI_PRINT_JSONL)
        return itd_cli_write_made(&run->output, &json, itd_cluster_common_json(&json, key, &run->stopped),
                                  &run->stopped);
    if (run->output.print == ITD_CLI_PRINT_CSV) {
        put_csv(&run->text, 0, key);
    } else {
        itd_cli_text_puts(&run->text, "too common to join anybody\n");
        put_key(&run->text, &run->terminal, key);
        for (size_t i = 0; i < key->member_count && i < MEMBERS_SHOWN; i++) {
            itd_cli_text_puts(&run->text, i ? ", " : ": ");
            itd_cli_clean(&run->text, key->members[i]);
        }
        itd_cli_text_puts(&run->text, key->member_count > MEMBERS_SHOWN ? " …\n" : "\n");
    }
    return itd_cli_write_text(&run->output, &run->text, &run->stopped);
}

static void note(const itd_cli_run *run, const itd_clusters_summary *s)
{
    itd_cli_text line = {0};
    itd_cli_text_count(&line, s->entities);
    itd_cli_text_puts(&line, s->entities == 1 ? " entity with " : " entities with ");
    itd_cli_text_count(&line, s->keys);
    itd_cli_text_puts(&line, s->keys == 1 ? " key, " : " keys, ");
    itd_cli_text_count(&line, s->shared);
    itd_cli_text_puts(&line, " of them shared, ");
    itd_cli_text_count(&line, s->common);
    itd_cli_text_puts(&line, " too common; ");
    itd_cli_text_count(&line, s->clusters);
    itd_cli_text_puts(&line, s->clusters == 1 ? " cluster of " : " clusters of ");
    itd_cli_text_count(&line, s->clustered);
    itd_cli_text_puts(&line, "; ");
    itd_cli_text_count(&line, s->vague);
    itd_cli_text_puts(&line, s->vague == 1 ? " value was too vague for a key" : " values were too vague for a key");
    itd_cli_note(run, itd_cli_text_string(&line));
    itd_cli_text_free(&line);
}

int itd_cli_clusters(itd_cli_run *run)
{
    clusters_run c = {.run = run};
    itd_clusters_summary summary = {0};
    itd_read_options sources = itd_cli_read_options(run);
    const itd_clusters_options options = {.common = itd_cli_number(run->arguments, ITD_CLI_COMMON)};
    const itd_clusters_sink sink = {on_cluster, on_common, &c};
    sources.on_reject = itd_cli_on_reject;
    if (options.common < 2)
        return itd_cli_fail_usage(run, "--common is 2 or more");
    for (size_t i = 0; i < sources.path_count; i++)
        if (itd_cli_forbidden_input(run, sources.paths[i]))
            return itd_cli_fail_usage(run, "standard input is a terminal, and --no-input was given");
    if (run->output.print == ITD_CLI_PRINT_CSV)
        itd_cli_text_puts(&run->text, "cluster,kind,key,entity\r\n");
    itd_status status = itd_cli_context(run, true);
    if (status == ITD_OK)
        status = itd_clusters_find(&summary, run->context, &sources, &options, &sink, &run->error);
    if (status == ITD_OK)
        status = itd_cli_write_rest(&run->output, &run->text, &run->error);
    if (status != ITD_OK)
        return itd_cli_fail(run);
    note(run, &summary);
    return itd_cli_rejected(run, summary.rejected, 0, summary.clusters > 0 ? ITD_CLI_HIT : ITD_CLI_DONE);
}
