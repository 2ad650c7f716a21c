#ifndef ITD_READ_MAPPED_H
#define ITD_READ_MAPPED_H

#include "read/mapping.h"
#include "read/record.h"

/* What the two formats that are read by a mapping share. */

/** The mapping that a set is read by: read->map, else a guess. */
typedef itd_status itd_mapped_guess(itd_mapping *out, const char *path, itd_arena *arena, itd_error *error);

/** Guesses from the header of a CSV file, and from the keys of the first JSON lines. `path` is opened and closed.
 *  @return ITD_OK | ITD_EFORMAT (nothing is known to be a name) | ITD_EIO | ITD_ENOMEM */
ITD_MUST_CHECK itd_status itd_mapped_guess_csv(itd_mapping *out, const char *path, itd_arena *arena, itd_error *error);
ITD_MUST_CHECK itd_status itd_mapped_guess_jsonl(itd_mapping *out, const char *path, itd_arena *arena,
                                                 itd_error *error);
/** The mapping for a reading and the dataset of its records: the user's, else the mapping's, else the file's name. */
ITD_MUST_CHECK itd_status itd_mapped_prepare(itd_mapping *out, itd_read *read, itd_mapped_guess *guess,
                                             itd_arena *arena, itd_error *error);
/** What the plan says of a file that a mapping reads: its dataset, and the guess as text when there is no `map`. */
ITD_MUST_CHECK itd_status itd_mapped_plan(itd_source_entry *entry, const char *map, itd_arena *arena, itd_error *error);

/** Starts the record of a row: its key by the mapping, else "row" and a hash of `whole`, which is all that the row
 * says. */
ITD_MUST_CHECK itd_status itd_mapped_begin(itd_record *record, const itd_mapping *mapping, itd_mapping_cell *cell,
                                           const void *row, itd_sv whole, uint64_t line, uint64_t offset,
                                           itd_schema *schema, itd_arena *scratch, itd_error *error);
/** Adds the values of a row by the rules. */
ITD_MUST_CHECK itd_status itd_mapped_values(itd_record *record, const itd_mapping *mapping, itd_mapping_cell *cell,
                                            const void *row, itd_schema schema, itd_arena *scratch, itd_error *error);
/** Keeps a value that no rule takes as a note, "name: value". */
void itd_mapped_note(itd_record *record, itd_schema schema, itd_sv name, itd_sv value);

#endif
