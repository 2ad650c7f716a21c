#ifndef ITD_READ_RECORD_H
#define ITD_READ_RECORD_H

#include "base/date.h"
#include "read/reader.h"

/** A record under construction: its statements are held back until it is known to be sound, then sent, or dropped as a
 * whole. One itd_record serves a whole file; memory is reused. */
typedef struct itd_record itd_record;
/** Most bytes of values that one record may hold: its statements wait in memory until it is sound. */
#define ITD_RECORD_BYTES_MAX ((size_t)1 << 27)
/** One of the entities that a record gives: 0 is the record itself, others are its addresses, sanctions, relations … */
typedef uint32_t itd_part;

/** `read` and `document` (the file's name as statements carry it) are borrowed until destroy. */
ITD_MUST_CHECK itd_status itd_record_create(itd_record **out, itd_read *read, const char *document, itd_error *error);
void itd_record_destroy(itd_record *record);
/** The following records and values come from another file of the set. */
void itd_record_set_document(itd_record *record, const char *document);

/** Starts a record with the id "<dataset>-<key>", or `key` as it is when `whole_id`. Emits its ITD_P_ID. `line` 0 and
 * `offset` ITD_NOWHERE when not known. Returns part 0. What follows never fails one by one: the first failure is kept
 * for commit. */
itd_part itd_record_begin(itd_record *record, itd_sv key, bool whole_id, itd_schema schema, uint64_t line,
                          uint64_t offset);
/** Of all statements of the record under construction: when its publisher saw it first and last, as ISO times. Empty:
 * not said. */
void itd_record_set_seen(itd_record *record, itd_sv first_seen, itd_sv last_seen);
/** The dataset of the record under construction, where records name their own; empty: that of the reading. Its id does
 * not change. */
void itd_record_set_dataset(itd_record *record, itd_sv dataset);
/** The part's schema became more specific (entity → vessel); statements already made follow. */
void itd_record_set_schema(itd_record *record, itd_part part, itd_schema schema);
/** Another entity of this record: id "<record id>-<suffix>"; emits its ITD_P_ID. The same suffix gives the same part.
 *  Suffixes must be stable from one list version to the next. */
itd_part itd_record_part(itd_record *record, itd_schema schema, itd_sv suffix);
itd_sv itd_record_part_id(const itd_record *record, itd_part part);
/** Position of the values that follow, when finer than the record's (0, ITD_NOWHERE, 0: back to the record's). */
void itd_record_at(itd_record *record, uint64_t line, uint64_t offset, uint32_t span);

/** A value as it is. Trimmed; an empty one is passed over. */
void itd_record_add(itd_record *record, itd_part part, itd_property property, itd_sv value);
/** A value whose source form differs; `original` and `lang` may be empty. */
void itd_record_add_as(itd_record *record, itd_part part, itd_property property, itd_sv value, itd_sv original,
                       itd_sv lang);
/** A country: its code when itd_country_find knows it (the text is kept as original), else the text. */
void itd_record_add_country(itd_record *record, itd_part part, itd_property property, itd_sv text);
/** A date: ISO form at its precision, the source's words as original. */
void itd_record_add_date(itd_record *record, itd_part part, itd_property property, itd_date date, itd_sv original);
/** A reference from one part to another. */
void itd_record_link(itd_record *record, itd_part part, itd_property property, itd_part target);

/** The parts that are not empty, trimmed, with `separator` between them; lives until commit or reject. Empty when
 * nothing is left, and when memory runs out: that failure comes out of commit. */
itd_sv itd_record_join(itd_record *record, const char *separator, const itd_sv *parts, size_t count);

/** Counts a value of the record under construction that does not verify in itd_read.unverified, and tells the user
 * through itd_read.note: "line 7: <the record's id>: <text>", and "FILE:7: …" where it stands in another file
 * of the set. The value stays as text. */
void itd_record_tell(const itd_record *record, const char *format, ...) __attribute__((format(printf, 2, 3)));
itd_schema itd_record_schema(const itd_record *record, itd_part part);

/** Sends all statements. The first failure since begin comes out here; over ITD_RECORD_STATEMENTS_MAX is a reject like
 * any other. */
ITD_MUST_CHECK itd_status itd_record_commit(itd_record *record, itd_error *error);
/** Drops the record under construction, if any, and reports it. ITD_OK when reading goes on (skip_bad), else
 * ITD_EFORMAT with file, place and reason. */
ITD_MUST_CHECK itd_status itd_record_reject(itd_record *record, itd_reject_kind kind, itd_sv key, uint64_t line,
                                            uint64_t offset, itd_error *error, const char *reason, ...)
    __attribute__((format(printf, 7, 8)));

#endif
