#ifndef ITD_READ_OFAC_RELATION_H
#define ITD_READ_OFAC_RELATION_H

#include "read/ofac_remarks.h"

/* Relations that the enhanced and the advanced XML state between two records of the list. What OFAC calls each of them
 * stays in full as its role, and it becomes the FollowTheMoney relation that says no more than that:
 *
 *   Acting for or on behalf of   Representation: agent the record, client the other
 *   Leader or official of,
 *   Principal Executive Officer  Directorship of an organization
 *   Owned or Controlled By       Ownership without a share, where the record is a thing that can be owned (a vessel, an
 *                                aircraft, a company); UnknownLink for an organization: that is "owned or controlled"
 *   Owns, controls, or operates  the same the other way round
 *   Family member of             Family
 *   Associate Of                 Associate
 *   any other                    UnknownLink: subject the record, object the other
 *
 * A relation whose ends are not what its schema asks for is an UnknownLink with the same role. An end that is not in
 * the file is taken to fit all of them but Ownership as the thing owned, Family and Associate. */

typedef struct itd_ofac_relation {
    itd_sv key;        /**< the publisher's number of it; empty: a hash of what it says takes its place */
    itd_sv type;       /**< "Acting for or on behalf of" */
    itd_sv id;         /**< of the other record, whole: "us-ofac-sdn-12478" */
    itd_sv name;       /**< of the other record, as the relation has it; may be empty */
    itd_schema schema; /**< of the other record, ITD_SCHEMA_NONE when it is not in the file */
    itd_sv remarks;    /**< what else is said of it, or empty */
} itd_ofac_relation;

/** A part "relation-<key>". Nothing fails here: failures come out of itd_record_commit. */
void itd_ofac_add_relation(const itd_ofac_entry *entry, const itd_ofac_relation *relation);

#endif
