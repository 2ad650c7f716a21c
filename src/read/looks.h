#ifndef ITD_READ_LOOKS_H
#define ITD_READ_LOOKS_H

#include "read/reader.h"

/** What a file that no format knows seems to be, for a message: "an HTML page", "a PDF", "a ZIP archive", "UTF-16
 * text", "empty", "a CSV file whose header is not known" …  Static; never NULL.  Cost: O(head).  Threads: safe. */
const char *itd_looks_like(const itd_sniff *look);
/** Some kind of text that is neither XML, HTML nor JSON: what a mapping can read as CSV. */
bool itd_looks_textual(const itd_sniff *look);
/** Textual, with lines that end in a bare CR: it would all be one line. */
bool itd_looks_like_bare_cr(const itd_sniff *look);
/** What the first character says that a text is. */
typedef enum itd_look_kind { ITD_LOOK_TABLE, ITD_LOOK_XML, ITD_LOOK_JSON } itd_look_kind;
itd_look_kind itd_look_kind_of(const itd_sniff *look);
/** The first character is that of a JSON object. */
bool itd_looks_json(const itd_sniff *look);

#endif
