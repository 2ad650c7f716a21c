#ifndef ITD_READ_XML_H
#define ITD_READ_XML_H

#include "base/input.h"

/* What every reader of an XML list stands on: the file streams by, and each of its records is handed over as a small
 * tree. Lists need no document type declaration, so one is refused, and with it every entity that could be declared. */

/** Deepest element, the root being 1. */
#define ITD_XML_DEPTH_MAX 64
/** Most elements of one record. */
#define ITD_XML_RECORD_NODES_MAX ((size_t)1 << 18)
/** Most attributes of one record. */
#define ITD_XML_RECORD_ATTRIBUTES_MAX ((size_t)1 << 16)
/** Most bytes of names, text and attribute values in one record. */
#define ITD_XML_RECORD_BYTES_MAX ((size_t)1 << 24)
/** Longest single tag, comment or instruction in the file, in bytes. */
#define ITD_XML_TOKEN_BYTES_MAX ((size_t)1 << 20)
/** Most memory that the parser itself may take (buffers, tables of names). */
#define ITD_XML_PARSER_BYTES_MAX ((size_t)1 << 26)

typedef struct itd_xml_attribute {
    itd_sv name, value;
} itd_xml_attribute;

/** An element. Names are without their namespace when it is the root's own; else "namespace name". All of it is
 * borrowed for the call that gives it. */
typedef struct itd_xml_node {
    itd_sv name;
    itd_sv text; /**< all text directly inside, joined; empty when it is white space between child elements */
    const itd_xml_attribute *attributes;
    size_t attribute_count;
    const struct itd_xml_node *first; /**< child elements in document order, or NULL */
    const struct itd_xml_node *next;  /**< the following element of the same parent, or NULL */
    uint64_t line;                    /**< from 1 */
    uint64_t offset;                  /**< byte of its start tag in the decompressed file */
    uint64_t size;                    /**< bytes from there to the end of its end tag */
} itd_xml_node;

/** What a reader wants to know of a file. A callback's failure ends the reading with that status. */
typedef struct itd_xml_handler {
    /** The root element, without children and text. `space` is its namespace, or empty. */
    itd_status (*root)(void *context, const itd_xml_node *root, itd_sv space, itd_error *error);
    /** An element below the root is met: true when it only holds records (it is entered, its children are asked about
     * in turn), false when it is a record itself. NULL: children of the root are records. */
    bool (*holds_records)(void *context, itd_sv name, unsigned depth);
    /** A record, complete. `holder` is the name of the element around it. */
    itd_status (*record)(void *context, const itd_xml_node *record, itd_sv holder, itd_error *error);
    /** Text, or the value of an attribute, that stands outside every record, where the format has none. */
    itd_status (*stray)(void *context, itd_sv text, uint64_t line, uint64_t offset, itd_error *error);
    /** Told about every 64 KiB; may be NULL. */
    void (*progress)(void *context, const itd_input *input);
} itd_xml_handler;

/** Reads a whole document.
 *
 *  A file that is not well-formed is refused, whatever flaws of single records the caller lets pass. The reading is one
 *  pass: records before the flaw have been handed over by then, so on any status but ITD_OK the caller throws away what
 *  it made of them.
 *
 *  @return ITD_OK | ITD_EFORMAT (not well-formed, or has a document type declaration) | ITD_ELIMIT (the message names
 *  it) | ITD_ENOMEM | what the input or a callback gives.  The error has file, line and byte.
 *  Cost: O(size), memory of one record.  Threads: one call an input. */
ITD_MUST_CHECK itd_status itd_xml_read(itd_input *input, const itd_xml_handler *handler, void *context,
                                       itd_error *error);

/** The first child of that name, or NULL; `node` may be NULL. */
const itd_xml_node *itd_xml_child(const itd_xml_node *node, const char *name);
/** The text of the first child of that name, trimmed; empty when there is none. */
itd_sv itd_xml_child_text(const itd_xml_node *node, const char *name);

#endif
