#ifndef ITD_READ_PARTIES_H
#define ITD_READ_PARTIES_H

#include "read/record.h"
#include "read/stakes_send.h"

/* A register as a list: who its parties are. The reader of its stakes reads it here too, so that what it refuses is
 * refused with the same reason and ids are those of a graph. What a party holds is left to graphs. */

typedef struct itd_parties {
    itd_read *read;
    itd_record *record; /**< of the party under construction */
    itd_input *input;
    itd_sv dataset;
    itd_status told; /**< what the receiver of rejects gave, and why */
    itd_error why;
} itd_parties;

/** A register is a single file, and its dataset goes by the file's name (itd_format.gather). */
ITD_MUST_CHECK itd_status itd_parties_gather(itd_source *source, const char **dataset, const char *path,
                                             itd_arena *arena, itd_error *error);
ITD_MUST_CHECK itd_status itd_parties_open(itd_parties *out, itd_read *read, itd_error *error);
void itd_parties_close(itd_parties *parties);
/** Reads the file by a reader of stakes, from which each party goes to `party`. May be called once.
 *  @return ITD_OK | ITD_EFORMAT | ITD_ELIMIT | ITD_EIO | ITD_ENOMEM | what a receiver gave */
ITD_MUST_CHECK itd_status itd_parties_read(itd_parties *parties,
                                           itd_status (*form)(itd_stakes_reading *, itd_input *, itd_error *),
                                           itd_status (*party)(void *context, const itd_stakes_party *party,
                                                               itd_error *error),
                                           void *context, itd_error *error);

/** Starts the record of a party; itd_record_commit ends it. */
void itd_parties_begin(itd_parties *parties, itd_sv id, itd_schema schema, uint64_t line, uint64_t offset);
/** A value of the party, under the name of a property; one that its schema has not is passed over. */
void itd_parties_add(itd_parties *parties, const char *property, itd_sv value);
/** A country, or a part of one as ISO 3166-2 has it ("US-DE"): the code of the country. */
void itd_parties_add_country(itd_parties *parties, const char *property, itd_sv text);
/** A date that was read; `original` as itd_record_add_date has it. */
void itd_parties_put_date(itd_parties *parties, const char *property, itd_date date, itd_sv original);
/** A date or the day of a time; a text that is neither stays as it is. */
void itd_parties_add_date(itd_parties *parties, const char *property, itd_sv text);

#endif
