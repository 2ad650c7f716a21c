#ifndef ITD_READ_GLEIF_NODE_H
#define ITD_READ_GLEIF_NODE_H

#include "read/stakes_json.h"
#include "read/xml.h"

/* A record of GLEIF whether it is written in XML or in JSON: elements there are members here, under the same names.
 * JSON comes in two layouts. In the plain one a value is a text and a list an array. In that of GLEIF's Golden Copy a
 * value is
 * `{"$": text}`, an attribute a member `"@name"`, a list an object with the repeated element, or an array of it, as its
 * member, and an extension's name has its prefix, `"gleif:Deletion"`. */

/** Borrowed from its tree; with both NULL it is not there, and everything takes that. */
typedef struct itd_gleif_node {
    const itd_json *json;
    const itd_xml_node *xml;
} itd_gleif_node;

/** The first element of that name. */
itd_gleif_node itd_gleif_child(itd_gleif_node node, const char *name);
bool itd_gleif_has(itd_gleif_node node, const char *name);
/** Text of the first element of that name, trimmed; empty when it is not there. */
itd_sv itd_gleif_text(itd_gleif_node node, const char *name);
/** Text of the node itself. */
itd_sv itd_gleif_value(itd_gleif_node node);
/** Items of a list: members of an array, or all elements inside of an element or object. Up to `max` go to `out`; all
 * are counted. */
size_t itd_gleif_items(itd_gleif_node *out, itd_gleif_node list, size_t max);
/** Texts of all elements of that name, up to `max`; all are counted. */
size_t itd_gleif_texts(itd_sv *out, itd_gleif_node node, const char *name, size_t max);

/** Where records go. */
typedef struct itd_gleif_sink {
    itd_stakes_reading *reading;
    itd_input *input;
} itd_gleif_sink;

/** Takes a record of whichever kind: sends its stakes, or rejects it. */
ITD_MUST_CHECK itd_status itd_gleif_take(const itd_gleif_sink *sink, itd_gleif_node record,
                                         const itd_stakes_place *place, itd_error *error);

#endif
