#ifndef ITD_ENGINE_PICTURE_H
#define ITD_ENGINE_PICTURE_H

#include "base/map.h"
#include "base/vector.h"
#include "engine/engine.h"

/* Parties in rows and the stakes between them: Graphviz DOT, or SVG that needs no other program. Texts are borrowed. */

typedef struct itd_picture_node {
    itd_sv id;
    uint32_t row, column; /**< row 0 is at the top */
    bool marked;          /**< filled */
    const char *note;     /**< what is said of it, with a stronger border; or NULL */
} itd_picture_node;

typedef struct itd_picture_edge {
    uint32_t from, to; /**< from whoever holds */
    uint32_t share_min_ppm, share_max_ppm;
    const char *kind;
    itd_sv grade, source;
    bool suspected; /**< dashed */
} itd_picture_edge;

/** All zeros is empty. */
typedef struct itd_picture {
    const char *name;       /**< of the DOT graph */
    itd_sv title, below;    /**< of the SVG: its first line, and a small one below */
    const char *title_rest; /**< after the title, which is cut to the width of a box; may be NULL */
    ITD_VECTOR(itd_picture_node) nodes;
    ITD_VECTOR(itd_picture_edge) edges;
    itd_map index;
    uint32_t rows, columns;
} itd_picture;

/** A stake in words: "50 % shares", "25.0001–50 % votes"; of a right its kind alone. */
void itd_picture_put_stake(itd_buffer *out, const char *kind, uint32_t low, uint32_t high);

void itd_picture_finish(itd_picture *p);
/** The number of a party, new or known. @return false: no memory */
bool itd_picture_node_of(uint32_t *out, itd_picture *p, itd_sv id);
/** Adds a stake unless one of its kind is drawn between the two already. @return false: no memory */
bool itd_picture_add(itd_picture *p, const itd_picture_edge *edge);
/** Puts the nodes of each row side by side, once their rows are set. */
void itd_picture_arrange(itd_picture *p);

/** @return ITD_OK | ITD_ENOMEM */
ITD_MUST_CHECK itd_status itd_picture_dot(itd_bytes *out, const itd_picture *p, itd_error *error);
ITD_MUST_CHECK itd_status itd_picture_svg(itd_bytes *out, const itd_picture *p, itd_error *error);

#endif
