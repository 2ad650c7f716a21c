/* Parties and stakes as a picture: Graphviz DOT, or SVG laid out in rows. */
#include "engine/picture.h"

#include <assert.h>
#include <stdio.h>

#define BOX_WIDTH 260
#define BOX_HEIGHT 44
#define GAP_X 36
#define GAP_Y 72
#define MARGIN 24
#define HEAD_HEIGHT 56
/** Characters of an id that a box has room for. */
#define BOX_TEXT_MAX 34

void itd_picture_finish(itd_picture *p)
{
    itd_vector_finish(&p->nodes);
    itd_vector_finish(&p->edges);
    itd_map_finish(&p->index);
}

bool itd_picture_node_of(uint32_t *out, itd_picture *p, itd_sv id)
{
    uint32_t found = itd_map_get(&p->index, id);
    if (found == ITD_MAP_NONE) {
        found = (uint32_t)p->nodes.count;
        if (!itd_vector_push(&p->nodes, ((itd_picture_node){.id = id})) || !itd_map_put(&p->index, id, found))
            return false;
    }
    *out = found;
    return true;
}

bool itd_picture_add(itd_picture *p, const itd_picture_edge *edge)
{
    for (size_t i = 0; i < p->edges.count; i++) {
        const itd_picture_edge *e = &p->edges.items[i];
        if (e->from == edge->from && e->to == edge->to && strcmp(e->kind, edge->kind) == 0)
            return true;
    }
    return itd_vector_push(&p->edges, *edge);
}

void itd_picture_arrange(itd_picture *p)
{
    for (size_t i = 0; i < p->nodes.count; i++)
        if (p->nodes.items[i].row >= p->rows)
            p->rows = p->nodes.items[i].row + 1;
    for (uint32_t row = 0; row < p->rows; row++) {
        uint32_t column = 0;
        for (size_t i = 0; i < p->nodes.count; i++)
            if (p->nodes.items[i].row == row)
                p->nodes.items[i].column = column++;
        p->columns = column > p->columns ? column : p->columns;
    }
}

void itd_picture_put_stake(itd_buffer *out, const char *kind, uint32_t low, uint32_t high)
{
    bool share = strcmp(kind, "shares") == 0 || strcmp(kind, "votes") == 0;
    const uint32_t bounds[2] = {low, high};
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
    (void)itd_buffer_format(out, share ? " %% %s" : "%s", kind);
}

static void write_share(itd_buffer *out, const itd_picture_edge *e)
{
    itd_picture_put_stake(out, e->kind, e->share_min_ppm, e->share_max_ppm);
    if (e->grade.size > 0)
        (void)itd_buffer_format(out, " (%.*s)", ITD_SV_ARG(e->grade));
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

static void write_dot(itd_buffer *out, const itd_picture *p)
{
    (void)itd_buffer_format(out, "digraph %s {\n  rankdir=TB;\n  node [shape=box, fontname=\"sans-serif\"];\n",
                            p->name);
    for (size_t i = 0; i < p->nodes.count; i++) {
        const itd_picture_node *n = &p->nodes.items[i];
        (void)itd_buffer_append(out, ITD_SV("  \""));
        write_dot_text(out, n->id);
        (void)itd_buffer_append(out, n->marked ? ITD_SV("\" [style=filled, fillcolor=\"#f4c7c3\"") : ITD_SV("\" ["));
        if (n->note)
            (void)itd_buffer_format(out, "%spenwidth=2, xlabel=\"%s\"", n->marked ? ", " : "", n->note);
        (void)itd_buffer_append(out, ITD_SV("];\n"));
    }
    for (size_t i = 0; i < p->edges.count; i++) {
        const itd_picture_edge *e = &p->edges.items[i];
        (void)itd_buffer_append(out, ITD_SV("  \""));
        write_dot_text(out, p->nodes.items[e->from].id);
        (void)itd_buffer_append(out, ITD_SV("\" -> \""));
        write_dot_text(out, p->nodes.items[e->to].id);
        (void)itd_buffer_append(out, ITD_SV("\" [label=\""));
        write_share(out, e);
        (void)itd_buffer_append(out, ITD_SV("\", tooltip=\""));
        write_dot_text(out, e->source);
        (void)itd_buffer_append(out, e->suspected ? ITD_SV("\", style=dashed];\n") : ITD_SV("\"];\n"));
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

static void place(const itd_picture *p, const itd_picture_node *n, int *x, int *y)
{
    uint32_t in_row = 0;
    for (size_t i = 0; i < p->nodes.count; i++)
        in_row += p->nodes.items[i].row == n->row;
    int room = (int)(p->columns - in_row) * (BOX_WIDTH + GAP_X) / 2;
    *x = MARGIN + room + (int)n->column * (BOX_WIDTH + GAP_X);
    *y = MARGIN + HEAD_HEIGHT + (int)n->row * (BOX_HEIGHT + GAP_Y);
}

/* From the lower edge of the higher box to the upper edge of the lower one; within a row from side to side. */
static void ends_of(const itd_picture *p, const itd_picture_edge *e, int *x1, int *y1, int *x2, int *y2)
{
    const itd_picture_node *from = &p->nodes.items[e->from], *to = &p->nodes.items[e->to];
    place(p, from, x1, y1);
    place(p, to, x2, y2);
    if (from->row == to->row) {
        *x1 += from->column < to->column ? BOX_WIDTH : 0;
        *x2 += from->column < to->column ? -2 : BOX_WIDTH + 2;
        *y1 += BOX_HEIGHT / 2;
        *y2 += BOX_HEIGHT / 2;
        return;
    }
    *x1 += BOX_WIDTH / 2;
    *x2 += BOX_WIDTH / 2;
    *y1 += from->row < to->row ? BOX_HEIGHT : 0;
    *y2 += from->row < to->row ? -2 : BOX_HEIGHT + 2;
}

static void write_svg_edge(itd_buffer *out, const itd_picture *p, const itd_picture_edge *e)
{
    int x1, y1, x2, y2;
    ends_of(p, e, &x1, &y1, &x2, &y2);
    (void)itd_buffer_format(out,
                            "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"#555\"%s marker-end=\"url(#a)\"/>"
                            "<text x=\"%d\" y=\"%d\" font-size=\"12\" fill=\"#333\">",
                            x1, y1, x2, y2, e->suspected ? " stroke-dasharray=\"6 4\"" : "", (x1 + x2) / 2 + 6,
                            (y1 + y2) / 2 + 1);
    write_share(out, e);
    (void)itd_buffer_append(out, ITD_SV("<title>"));
    write_xml_text(out, e->source);
    (void)itd_buffer_append(out, ITD_SV("</title></text>\n"));
}

static void write_svg_node(itd_buffer *out, const itd_picture *p, const itd_picture_node *n)
{
    int x, y;
    place(p, n, &x, &y);
    (void)itd_buffer_format(
        out,
        "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"4\" fill=\"%s\" stroke=\"#333\" stroke-width=\"%d\"/>",
        x, y, BOX_WIDTH, BOX_HEIGHT, n->marked ? "#f4c7c3" : "#fff", n->note ? 2 : 1);
    (void)itd_buffer_format(out, "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\" font-size=\"13\">", x + BOX_WIDTH / 2,
                            y + BOX_HEIGHT / 2 + 5);
    write_label(out, n->id);
    (void)itd_buffer_append(out, ITD_SV("<title>"));
    write_xml_text(out, n->id);
    (void)itd_buffer_append(out, ITD_SV("</title></text>\n"));
}

static void write_svg(itd_buffer *out, const itd_picture *p)
{
    int width = 2 * MARGIN + (int)p->columns * (BOX_WIDTH + GAP_X) - GAP_X + 80;
    int height = 2 * MARGIN + HEAD_HEIGHT + (int)p->rows * (BOX_HEIGHT + GAP_Y) - GAP_Y;
    (void)itd_buffer_format(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\">\n"
        "<defs><marker id=\"a\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"7\" "
        "markerHeight=\"7\" orient=\"auto\"><path d=\"M0 0L8 4L0 8z\" fill=\"#555\"/></marker></defs>\n"
        "<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>\n<text x=\"%d\" y=\"%d\" font-size=\"15\">",
        width, height, MARGIN, MARGIN + 14);
    write_label(out, p->title);
    (void)itd_buffer_append(out, itd_sv_of(p->title_rest));
    (void)itd_buffer_format(out, "</text><text x=\"%d\" y=\"%d\" font-size=\"11\" fill=\"#666\">", MARGIN, MARGIN + 32);
    write_xml_text(out, p->below);
    (void)itd_buffer_append(out, ITD_SV("</text>\n"));
    for (size_t i = 0; i < p->edges.count; i++)
        write_svg_edge(out, p, &p->edges.items[i]);
    for (size_t i = 0; i < p->nodes.count; i++)
        write_svg_node(out, p, &p->nodes.items[i]);
    (void)itd_buffer_append(out, ITD_SV("</svg>\n"));
}

itd_status itd_picture_dot(itd_bytes *out, const itd_picture *p, itd_error *error)
{
    assert(out && p->name);
    itd_buffer buffer = itd_bytes_take(out);
    write_dot(&buffer, p);
    return itd_bytes_give(out, &buffer, error);
}

itd_status itd_picture_svg(itd_bytes *out, const itd_picture *p, itd_error *error)
{
    assert(out);
    itd_buffer buffer = itd_bytes_take(out);
    write_svg(&buffer, p);
    return itd_bytes_give(out, &buffer, error);
}
