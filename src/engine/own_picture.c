/* The chains of an answer as a picture: Graphviz DOT, or SVG laid out in rows from the listed parties down. */
#include <assert.h>
#include <stdio.h>

#include "base/map.h"
#include "base/vector.h"
#include "engine/own.h"

#define BOX_WIDTH 260
#define BOX_HEIGHT 44
#define GAP_X 36
#define GAP_Y 72
#define MARGIN 24
#define HEAD_HEIGHT 56
/** Characters of an id that a box has room for. */
#define BOX_TEXT_MAX 34

typedef struct node {
    itd_sv id;
    uint32_t row, column; /* row 0: listed parties at the top */
    bool listed;
} node;

typedef struct edge {
    uint32_t from, to;
    const itd_own_step *step;
} edge;

typedef struct picture {
    ITD_VECTOR(node) nodes;
    ITD_VECTOR(edge) edges;
    itd_map index;
    uint32_t rows, columns;
} picture;

static void finish(picture *p)
{
    itd_vector_finish(&p->nodes);
    itd_vector_finish(&p->edges);
    itd_map_finish(&p->index);
}

static bool node_of(uint32_t *out, picture *p, itd_sv id)
{
    uint32_t found = itd_map_get(&p->index, id);
    if (found == ITD_MAP_NONE) {
        found = (uint32_t)p->nodes.count;
        if (!itd_vector_push(&p->nodes, ((node){.id = id})) || !itd_map_put(&p->index, id, found))
            return false;
    }
    *out = found;
    return true;
}

static bool add_step(picture *p, const itd_own_step *step, uint32_t row, bool first)
{
    uint32_t from = 0, to = 0;
    if (!node_of(&from, p, step->owner) || !node_of(&to, p, step->owned))
        return false;
    assert(p->nodes.items);
    p->nodes.items[from].listed |= first;
    if (p->nodes.items[to].row < row + 1)
        p->nodes.items[to].row = row + 1;
    for (size_t i = 0; i < p->edges.count; i++) {
        const edge *e = &p->edges.items[i];
        if (e->from == from && e->to == to && strcmp(e->step->kind, step->kind) == 0)
            return true;
    }
    return itd_vector_push(&p->edges, ((edge){from, to, step}));
}

/* A node stands below all that lead to it, the entity below everything. */
static bool gather(picture *p, const itd_own_answer *answer)
{
    uint32_t entity = 0, lowest = 0;
    for (size_t c = 0; c < answer->chain_count; c++)
        for (size_t s = 0; s < answer->chains[c].count; s++)
            if (!add_step(p, &answer->chains[c].steps[s], (uint32_t)s, s == 0))
                return false;
    if (!node_of(&entity, p, answer->entity))
        return false;
    assert(p->nodes.items);
    for (size_t i = 0; i < p->nodes.count; i++)
        if (i != entity && p->nodes.items[i].row > lowest)
            lowest = p->nodes.items[i].row;
    p->nodes.items[entity].row = p->nodes.count > 1 ? lowest + 1 : 0;
    p->nodes.items[entity].listed |= answer->judgement.basis == ITD_OWN_LISTED;
    p->rows = p->nodes.items[entity].row + 1;
    for (uint32_t row = 0; row < p->rows; row++) {
        uint32_t column = 0;
        for (size_t i = 0; i < p->nodes.count; i++)
            if (p->nodes.items[i].row == row)
                p->nodes.items[i].column = column++;
        p->columns = column > p->columns ? column : p->columns;
    }
    return true;
}

/* "50 %", "25.0001–50 %"; of a right its kind. */
static void write_share(itd_buffer *out, const itd_own_step *step)
{
    bool share = strcmp(step->kind, "shares") == 0 || strcmp(step->kind, "votes") == 0;
    const uint32_t bounds[2] = {step->share_min_ppm, step->share_max_ppm};
    for (size_t i = 0; i < 2 && share; i++) {
        if (i == 1 && bounds[0] == bounds[1])
            break;
        (void)itd_buffer_append(out, i ? ITD_SV("–") : ITD_SV(""));
        (void)itd_buffer_format(out, "%u", bounds[i] / 10000);
        if (bounds[i] % 10000) {
            char digits[8];
            (void)snprintf(digits, sizeof digits, "%04u", bounds[i] % 10000);
            for (size_t end = 4; end > 0 && digits[end - 1] == '0'; end--)
                digits[end - 1] = '\0';
            (void)itd_buffer_format(out, ".%s", digits);
        }
    }
    (void)itd_buffer_format(out, share ? " %% %s" : "%s", step->kind);
    if (step->grade.size > 0)
        (void)itd_buffer_format(out, " (%.*s)", ITD_SV_ARG(step->grade));
}

/* ---- DOT ---- */

static void write_dot_text(itd_buffer *out, itd_sv text)
{
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        if (c == '"' || c == '\\')
            (void)itd_buffer_append_char(out, '\\');
        (void)itd_buffer_append_char(out, (unsigned char)c < 0x20 ? ' ' : c);
    }
}

static void write_dot(itd_buffer *out, const picture *p, const itd_own_answer *answer)
{
    (void)itd_buffer_append(out,
                            ITD_SV("digraph own {\n  rankdir=TB;\n  node [shape=box, fontname=\"sans-serif\"];\n"));
    for (size_t i = 0; i < p->nodes.count; i++) {
        const node *n = &p->nodes.items[i];
        (void)itd_buffer_append(out, ITD_SV("  \""));
        write_dot_text(out, n->id);
        (void)itd_buffer_append(out, n->listed ? ITD_SV("\" [style=filled, fillcolor=\"#f4c7c3\"") : ITD_SV("\" ["));
        if (itd_sv_equal(n->id, answer->entity)) {
            (void)itd_buffer_append(out,
                                    n->listed ? ITD_SV(", penwidth=2, xlabel=\"") : ITD_SV("penwidth=2, xlabel=\""));
            (void)itd_buffer_format(out, "%s\"", itd_own_verdict_name(answer->judgement.verdict));
        }
        (void)itd_buffer_append(out, ITD_SV("];\n"));
    }
    for (size_t i = 0; i < p->edges.count; i++) {
        const edge *e = &p->edges.items[i];
        (void)itd_buffer_append(out, ITD_SV("  \""));
        write_dot_text(out, p->nodes.items[e->from].id);
        (void)itd_buffer_append(out, ITD_SV("\" -> \""));
        write_dot_text(out, p->nodes.items[e->to].id);
        (void)itd_buffer_append(out, ITD_SV("\" [label=\""));
        write_share(out, e->step);
        (void)itd_buffer_append(out, ITD_SV("\", tooltip=\""));
        write_dot_text(out, e->step->source);
        (void)itd_buffer_append(out, ITD_SV("\"];\n"));
    }
    (void)itd_buffer_append(out, ITD_SV("}\n"));
}

/* ---- SVG ---- */

static void write_xml_text(itd_buffer *out, itd_sv text)
{
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        const char *as = c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : c == '"' ? "&quot;" : NULL;
        if (as)
            (void)itd_buffer_append(out, itd_sv_of(as));
        else
            (void)itd_buffer_append_char(out, (unsigned char)c < 0x20 ? ' ' : c);
    }
}

/* The id, cut between two characters where the box has no room for all of it. */
static void write_label(itd_buffer *out, itd_sv id)
{
    size_t size = 0, characters = 0;
    while (size < id.size && characters < BOX_TEXT_MAX) {
        size++;
        while (size < id.size && ((unsigned char)id.data[size] & 0xC0) == 0x80)
            size++;
        characters++;
    }
    write_xml_text(out, itd_sv_slice(id, 0, size));
    if (size < id.size)
        (void)itd_buffer_append(out, ITD_SV("…"));
}

static void place(const picture *p, const node *n, int *x, int *y)
{
    uint32_t in_row = 0;
    for (size_t i = 0; i < p->nodes.count; i++)
        in_row += p->nodes.items[i].row == n->row;
    int room = (int)(p->columns - in_row) * (BOX_WIDTH + GAP_X) / 2;
    *x = MARGIN + room + (int)n->column * (BOX_WIDTH + GAP_X);
    *y = MARGIN + HEAD_HEIGHT + (int)n->row * (BOX_HEIGHT + GAP_Y);
}

static void write_svg_edge(itd_buffer *out, const picture *p, const edge *e)
{
    int x1, y1, x2, y2;
    place(p, &p->nodes.items[e->from], &x1, &y1);
    place(p, &p->nodes.items[e->to], &x2, &y2);
    x1 += BOX_WIDTH / 2;
    x2 += BOX_WIDTH / 2;
    y1 += BOX_HEIGHT;
    (void)itd_buffer_format(out,
                            "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"#555\" marker-end=\"url(#a)\"/>"
                            "<text x=\"%d\" y=\"%d\" font-size=\"12\" fill=\"#333\">",
                            x1, y1, x2, y2 - 2, (x1 + x2) / 2 + 6, (y1 + y2) / 2);
    write_share(out, e->step);
    (void)itd_buffer_append(out, ITD_SV("<title>"));
    write_xml_text(out, e->step->source);
    (void)itd_buffer_append(out, ITD_SV("</title></text>\n"));
}

static void write_svg_node(itd_buffer *out, const picture *p, const node *n, const itd_own_answer *answer)
{
    int x, y;
    bool entity = itd_sv_equal(n->id, answer->entity);
    place(p, n, &x, &y);
    (void)itd_buffer_format(
        out,
        "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"4\" fill=\"%s\" stroke=\"#333\" stroke-width=\"%d\"/>",
        x, y, BOX_WIDTH, BOX_HEIGHT, n->listed ? "#f4c7c3" : "#fff", entity ? 2 : 1);
    (void)itd_buffer_format(out, "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\" font-size=\"13\">", x + BOX_WIDTH / 2,
                            y + BOX_HEIGHT / 2 + 5);
    write_label(out, n->id);
    (void)itd_buffer_append(out, ITD_SV("<title>"));
    write_xml_text(out, n->id);
    (void)itd_buffer_append(out, ITD_SV("</title></text>\n"));
}

static void write_svg(itd_buffer *out, const picture *p, const itd_own_answer *answer)
{
    const char *basis = itd_own_basis_name(answer->judgement.basis);
    int width = 2 * MARGIN + (int)p->columns * (BOX_WIDTH + GAP_X) - GAP_X + 80;
    int height = 2 * MARGIN + HEAD_HEIGHT + (int)p->rows * (BOX_HEIGHT + GAP_Y) - GAP_Y;
    (void)itd_buffer_format(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\">\n"
        "<defs><marker id=\"a\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"7\" "
        "markerHeight=\"7\" orient=\"auto\"><path d=\"M0 0L8 4L0 8z\" fill=\"#555\"/></marker></defs>\n"
        "<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>\n<text x=\"%d\" y=\"%d\" font-size=\"15\">",
        width, height, MARGIN, MARGIN + 14);
    write_label(out, answer->entity);
    (void)itd_buffer_format(out, ": %s%s%s", itd_own_verdict_name(answer->judgement.verdict), basis ? ", " : "",
                            basis ? basis : "");
    (void)itd_buffer_format(out, "</text><text x=\"%d\" y=\"%d\" font-size=\"11\" fill=\"#666\">%s</text>\n", MARGIN,
                            MARGIN + 32, answer->rule_id ? answer->rule_id : "no rule");
    for (size_t i = 0; i < p->edges.count; i++)
        write_svg_edge(out, p, &p->edges.items[i]);
    for (size_t i = 0; i < p->nodes.count; i++)
        write_svg_node(out, p, &p->nodes.items[i], answer);
    (void)itd_buffer_append(out, ITD_SV("</svg>\n"));
}

static itd_status draw(itd_bytes *out, const itd_own_answer *answer,
                       void (*write_form)(itd_buffer *, const picture *, const itd_own_answer *), itd_error *error)
{
    picture p = {0};
    itd_status status = ITD_OK;
    assert(out && answer);
    if (gather(&p, answer)) {
        itd_buffer buffer = itd_bytes_take(out);
        write_form(&buffer, &p, answer);
        status = itd_bytes_give(out, &buffer, error);
    } else {
        status = itd_fail_memory(error);
    }
    finish(&p);
    return status;
}

itd_status itd_own_answer_dot(itd_bytes *out, const itd_own_answer *answer, itd_error *error)
{
    return draw(out, answer, write_dot, error);
}

itd_status itd_own_answer_svg(itd_bytes *out, const itd_own_answer *answer, itd_error *error)
{
    return draw(out, answer, write_svg, error);
}
