#include "match/internal.h"

/* Things of kinds that cannot be one. Thing and LegalEntity are open: what they are is not said. */
enum { LOSS_UNRELATED = 400000 };

void itd_feature_schema(itd_evidence *evidence)
{
    itd_schema l = evidence->left->schema, r = evidence->right->schema;
    if (l == ITD_SCHEMA_NONE || r == ITD_SCHEMA_NONE || itd_schema_related(l, r) ||
        itd_schema_merge(l, r) != ITD_SCHEMA_NONE)
        return;
    itd_evidence_add(evidence, "schema", -LOSS_UNRELATED, NULL, NULL);
    evidence->items[evidence->count - 1].left = itd_sv_of(itd_schema_name(l));
    evidence->items[evidence->count - 1].right = itd_sv_of(itd_schema_name(r));
}
