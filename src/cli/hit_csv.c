/* Hits as rows of CSV. */
#include "cli/hit_csv.h"

#include <inttypes.h>

#include "cli/display.h"
#include "cli/output.h"
#include "cli/owned.h"
#include "cli/step.h"

void itd_cli_hit_csv_header(itd_cli_text *row, bool decisions, bool owners)
{
    itd_cli_text_puts(row, "query_id,query,score,score_micro,id,dataset,schema,caption,kind,status,matched_query,"
                           "matched_list,contributions,programmes,topics,version,record,file,line,matched_by");
    itd_cli_text_puts(row, decisions ? ",state,decision,by,second,made,until,reason,reopened" : "");
    itd_cli_text_puts(row, owners ? ",verdict,basis,rule,chain" : "");
    itd_cli_text_puts(row, "\r\n");
}

static void joined(itd_cli_text *row, const itd_sv *items, size_t count)
{
    itd_cli_text all = {0};
    for (size_t i = 0; i < count; i++) {
        itd_cli_text_puts(&all, i > 0 ? "; " : "");
        itd_cli_text_add(&all, items[i].data, items[i].size);
    }
    itd_cli_csv_field(row, (itd_sv){itd_cli_text_string(&all), all.size});
    row->failed |= all.failed;
    itd_cli_text_free(&all);
}

static void csv_text(itd_cli_text *row, itd_cli_text *text)
{
    itd_cli_csv_field(row, (itd_sv){itd_cli_text_string(text), text->size});
    row->failed |= text->failed;
    itd_cli_text_clear(text);
}

static void put_decision(itd_cli_text *row, const itd_hit_decision *d)
{
    static const itd_hit_decision none = {.state = "none", .decision = ""};
    itd_cli_text part = {0};
    d = d ? d : &none;
    itd_cli_csv_string(row, d->state);
    itd_cli_csv_string(row, d->decision);
    itd_cli_csv_field(row, d->by);
    itd_cli_csv_field(row, d->second);
    itd_cli_csv_field(row, d->made);
    itd_cli_csv_field(row, d->until);
    itd_cli_csv_field(row, d->reason);
    for (size_t i = 0; i < d->reopened_count; i++) {
        itd_cli_text_puts(&part, i > 0 ? "; " : "");
        itd_cli_text_puts(&part, d->reopened[i]);
    }
    csv_text(row, &part);
    itd_cli_text_free(&part);
}

/* "P 60 % shares of H (r.csv:2), 50 % shares of C (r.csv:3)", and so for each chain that begins at the party. */
static void put_chains(itd_cli_text *out, const itd_hit *hit)
{
    const itd_contribution *c = &hit->contributions[0];
    size_t shown = 0;
    for (size_t i = 0; i < hit->own->chain_count; i++) {
        const itd_own_chain *chain = &hit->own->chains[i];
        if (!itd_cli_is_chain_of(hit, chain))
            continue;
        itd_cli_text_puts(out, shown++ > 0 ? "; " : "");
        itd_cli_text_add(out, chain->steps[0].owner.data, chain->steps[0].owner.size);
        for (size_t s = 0; s < chain->count; s++) {
            const itd_own_step *step = &chain->steps[s];
            itd_cli_text_puts(out, s > 0 ? ", " : " ");
            itd_cli_put_stake(out, step);
            itd_cli_text_add(out, step->owned.data, step->owned.size);
            itd_cli_text_printf(out, " (%.*s%s%.*s)", (int)step->source.size, step->source.data,
                                step->grade.size > 0 ? ", grade " : "", (int)step->grade.size, step->grade.data);
        }
    }
    if (shown == 0)
        itd_cli_text_add(out, c->right.data, c->right.size);
}

/* Columns that owners add. */
static void put_owners(itd_cli_text *row, const itd_hit *hit)
{
    const itd_own_answer *own = hit->own;
    const char *basis = own ? itd_own_basis_name(own->judgement.basis) : NULL;
    itd_cli_text part = {0};
    itd_cli_csv_string(row, own ? itd_own_verdict_name(own->judgement.verdict) : "");
    itd_cli_csv_string(row, basis ? basis : "");
    itd_cli_csv_string(row, own && own->rule_id ? own->rule_id : "");
    if (own)
        put_chains(&part, hit);
    csv_text(row, &part);
    itd_cli_text_free(&part);
}

static void put_contributions(itd_cli_text *row, const itd_hit *h)
{
    itd_cli_text part = {0};
    for (size_t c = 0; c < h->contribution_count; c++)
        itd_cli_text_printf(&part, "%s%s %+" PRId32, c > 0 ? "; " : "", h->contributions[c].feature,
                            h->contributions[c].micro);
    csv_text(row, &part);
    itd_cli_text_free(&part);
}

void itd_cli_hit_csv(itd_cli_text *row, const itd_answer *answer, const itd_hit *h, bool decisions, bool owners)
{
    itd_cli_text part = {0};
    itd_cli_csv_field(row, answer->id);
    itd_cli_csv_field(row, answer->query);
    itd_cli_decimal(&part, h->score_micro, 6);
    csv_text(row, &part);
    itd_cli_text_free(&part);
    itd_cli_csv_number(row, (uint64_t)h->score_micro);
    itd_cli_csv_field(row, h->id);
    itd_cli_csv_field(row, h->dataset);
    itd_cli_csv_string(row, h->schema);
    itd_cli_csv_field(row, h->caption);
    itd_cli_csv_string(row, h->kind);
    itd_cli_csv_string(row, "candidate");
    itd_cli_csv_field(row, h->matched_query);
    itd_cli_csv_field(row, h->matched_list);
    put_contributions(row, h);
    joined(row, h->programmes, h->programme_count);
    joined(row, h->topics, h->topic_count);
    itd_cli_csv_field(row, h->version);
    itd_cli_csv_field(row, h->record);
    itd_cli_csv_field(row, h->document);
    if (h->line > 0)
        itd_cli_csv_number(row, h->line);
    else
        itd_cli_csv_string(row, "");
    itd_cli_csv_string(row, h->matched_by);
    if (decisions)
        put_decision(row, h->decision);
    if (owners)
        put_owners(row, h);
    itd_cli_csv_end(row);
}
