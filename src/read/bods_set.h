#ifndef ITD_READ_BODS_SET_H
#define ITD_READ_BODS_SET_H

#include "base/map.h"
#include "base/vector.h"
#include "read/stakes_json.h"

/* The statements of one file of BODS, between the reader that takes them apart and the judging of what they say of each
 * other. */

typedef enum itd_bods_type { ITD_BODS_NOT_SEEN, ITD_BODS_ENTITY, ITD_BODS_PERSON, ITD_BODS_RELATIONSHIP } itd_bods_type;

/** What a record id stands for; its last statement so far. */
typedef struct itd_bods_record {
    uint8_t type;           /**< itd_bods_type */
    bool trust, nomination; /**< subtype of an entity */
    bool unknown;           /**< nobody knows who that is: anonymous or unknown */
    bool closed, owned;     /**< owned: some relationship has it as its subject */
    bool used;              /**< a relationship names it among its components */
    itd_date date, next;    /**< of the last statement; at the end, of the one after the one looked at */
} itd_bods_record;

typedef struct itd_bods_statement {
    uint32_t record, declared; /**< numbers of ids */
    uint32_t subject, party;   /**< of a relationship; UINT32_MAX: not specified */
    uint32_t stake_first, stake_count;
    uint64_t line, offset;
    itd_date date;
    bool closed, component;
    const char *problem; /**< with other statements, in a file that has all it refers to; NULL: none known */
} itd_bods_statement;

typedef struct itd_bods_set {
    itd_stakes_reading *reading;
    itd_input *input;
    itd_intern ids, statement_ids;
    int32_t today;
    ITD_VECTOR(itd_bods_record) records; /**< by number of id */
    ITD_VECTOR(itd_bods_statement) statements;
    ITD_VECTOR(itd_stake) stakes; /**< without owner and owned */
} itd_bods_set;

/** Judges the statements by each other and sends the stakes of those that hold. */
ITD_MUST_CHECK itd_status itd_bods_set_send(itd_bods_set *set, itd_error *error);

#endif
