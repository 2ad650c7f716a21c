#ifndef ITD_READ_XML_RECORD_H
#define ITD_READ_XML_RECORD_H

#include "base/map.h"
#include "read/record.h"
#include "read/xml.h"

/* From the tree of a record to its statements: what the readers of XML lists have in common. */

/** A list being read. */
typedef struct itd_xml_list {
    itd_read *read;
    itd_record *record;
    const char *path;   /**< of the file, for errors */
    itd_intern keys;    /**< of the records so far: a key names one record */
    itd_arena scratch;  /**< texts of the record under construction */
    bool out_of_memory; /**< a scratch text could not be made: the record must not be sent */
    /** Names of attributes that no note is made of: the publisher's bookkeeping, and what the reader takes by itself.
     * NULL-terminated, or NULL. */
    const char *const *passed_attributes;
} itd_xml_list;

/** Most memory for the keys of one list, in bytes. */
#define ITD_XML_KEYS_BYTES_MAX ((size_t)1 << 28)

/** Memory of a list; `list` is filled whatever happens, and finish may follow either way. */
ITD_MUST_CHECK itd_status itd_xml_list_init(itd_xml_list *list, itd_read *read, itd_error *error);
void itd_xml_list_finish(itd_xml_list *list);
/** Reads the file of the set through `handler`, whose context is `context`. */
ITD_MUST_CHECK itd_status itd_xml_list_read(itd_xml_list *list, const itd_xml_handler *handler, void *context,
                                            itd_error *error);

/** Begins the record of `node`. `*begun` is false when it was rejected and reading goes on: it has no key, or the key
 * of a record before it. Then nothing has been added. */
ITD_MUST_CHECK itd_status itd_xml_begin(itd_xml_list *list, bool *begun, const itd_xml_node *node, itd_sv key,
                                        itd_schema schema, itd_error *error);
ITD_MUST_CHECK itd_status itd_xml_commit(itd_xml_list *list, itd_error *error);
ITD_MUST_CHECK itd_status itd_xml_reject(itd_xml_list *list, const itd_xml_node *node, itd_sv key, itd_error *error,
                                         const char *reason);
/** For itd_xml_handler.stray: rejects what stands outside of records. */
ITD_MUST_CHECK itd_status itd_xml_reject_stray(itd_xml_list *list, itd_sv text, uint64_t line, uint64_t offset,
                                               itd_error *error);

/** For itd_xml_handler.progress. */
void itd_xml_progress(const itd_xml_list *list, const itd_input *input);

/** Statements that follow stand at `node`. */
void itd_xml_place(itd_xml_list *list, const itd_xml_node *node);
/** One line: white space at the ends is dropped, inside it becomes one blank. Lives until the record is sent. */
itd_sv itd_xml_line(itd_xml_list *list, itd_sv text);
/** itd_xml_line of the first child of that name. */
itd_sv itd_xml_child_line(itd_xml_list *list, const itd_xml_node *node, const char *name);
/** Parts that are not empty, joined. Lives until the record is sent. */
itd_sv itd_xml_join(itd_xml_list *list, const itd_sv *parts, size_t count, const char *separator);
/** Adds a line of text; the source's form is kept when white space inside it differs. */
void itd_xml_add_line(itd_xml_list *list, itd_part part, itd_property property, itd_sv text);
/** "N/A", "na", "none": words that stand where nothing is known. */
bool itd_xml_is_nothing(itd_sv text);
/** A note of the record: "label: text"; nothing when the text is empty. */
void itd_xml_note(itd_xml_list *list, const char *label, itd_sv text);
/** Everything in `node` that no name of `known` (NULL-terminated, may be NULL) covers becomes notes: children of other
 * names, a second child of a known name, attributes, text beside children; with `known` NULL also its text. Of a known
 * child only the text was read, unless its name in `known` starts with '+': then it is all the caller's. */
void itd_xml_note_rest(itd_xml_list *list, const itd_xml_node *node, const char *const *known);
/** 16 hexadecimal digits that stand for the parts in their order: a suffix that depends on nothing else. */
#define ITD_XML_HASH_TEXT_MAX 17
void itd_xml_hash(char out[ITD_XML_HASH_TEXT_MAX], const itd_sv *parts, size_t count);

/** The name (without prefix) of the root element that `head`, the start of a file, has, and its whole start tag;
 * false when it is no XML or the tag is not complete. */
bool itd_xml_sniff(itd_sv head, itd_sv *name, itd_sv *tag);

#endif
