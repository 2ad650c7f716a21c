#include "read/ofac_relation.h"

#include "read/ofac_text.h"

/* A relation's schema, what its ends must be and how they are called. ITD_SCHEMA_NONE: any. */
typedef struct form {
    const char *type;
    itd_schema schema;
    itd_property near, far, said; /* the record, the other one, the publisher's name of the relation */
    itd_schema near_is, far_is;
    bool far_may_be_absent; /* one that is not in the file is taken to fit */
} form;

static const form forms[] = {
    {"Acting for or on behalf of", ITD_S_Representation, ITD_P_Representation_agent, ITD_P_Representation_client,
     ITD_P_Interest_role, ITD_S_LegalEntity, ITD_S_LegalEntity, true},
    {"Leader or official of", ITD_S_Directorship, ITD_P_Directorship_director, ITD_P_Directorship_organization,
     ITD_P_Interest_role, ITD_S_LegalEntity, ITD_S_Organization, true},
    {"Principal Executive Officer", ITD_S_Directorship, ITD_P_Directorship_director, ITD_P_Directorship_organization,
     ITD_P_Interest_role, ITD_S_LegalEntity, ITD_S_Organization, true},
    {"Owned or Controlled By", ITD_S_Ownership, ITD_P_Ownership_asset, ITD_P_Ownership_owner, ITD_P_Interest_role,
     ITD_S_Asset, ITD_S_LegalEntity, true},
    {"Owns, controls, or operates", ITD_S_Ownership, ITD_P_Ownership_owner, ITD_P_Ownership_asset, ITD_P_Interest_role,
     ITD_S_LegalEntity, ITD_S_Asset, false},
    {"Family member of", ITD_S_Family, ITD_P_Family_person, ITD_P_Family_relative, ITD_P_Family_relationship,
     ITD_S_Person, ITD_S_Person, false},
    {"Associate Of", ITD_S_Associate, ITD_P_Associate_person, ITD_P_Associate_associate, ITD_P_Associate_relationship,
     ITD_S_Person, ITD_S_Person, false},
};
static const form any = {NULL,
                         ITD_S_UnknownLink,
                         ITD_P_UnknownLink_subject,
                         ITD_P_UnknownLink_object,
                         ITD_P_Interest_role,
                         ITD_SCHEMA_NONE,
                         ITD_SCHEMA_NONE,
                         true};

static const form *form_of(itd_sv type, itd_schema near, itd_schema far)
{
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        const form *f = &forms[i];
        if (!itd_sv_equal_nocase(type, itd_sv_of(f->type)))
            continue;
        bool fits = far == ITD_SCHEMA_NONE ? f->far_may_be_absent : itd_schema_is(far, f->far_is);
        return fits && itd_schema_is(near, f->near_is) ? f : &any;
    }
    return &any;
}

void itd_ofac_add_relation(const itd_ofac_entry *entry, const itd_ofac_relation *relation)
{
    const form *f = form_of(relation->type, entry->schema, relation->schema);
    itd_record *record = entry->record;
    char hashed[ITD_OFAC_SUFFIX_MAX];
    itd_sv words[] = {ITD_SV("relation"), relation->key}, said[] = {relation->type, relation->id};
    itd_sv suffix =
        relation->key.size ? itd_record_join(record, "-", words, 2) : itd_ofac_suffix(hashed, "relation-", said, 2);
    if (suffix.size == 0)
        return; /* out of memory: commit says so */
    itd_part part = itd_record_part(record, f->schema, suffix);
    itd_record_link(record, part, f->near, entry->part);
    itd_record_add_as(record, part, f->far, relation->id, relation->name, ITD_SV_NONE);
    itd_record_add(record, part, f->said, relation->type);
    itd_record_add(record, part, ITD_P_Interval_summary, relation->remarks);
}
