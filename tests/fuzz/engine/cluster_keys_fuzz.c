/* Any bytes as an address, a number, an electronic address and a director of two: both have the same keys, keys are
 * what they are said to be, and the key of an address is its own. */
#include "engine/cluster_keys.h"
#include "support/fuzz.h"

static void add(itd_collection *collection, const char *entity, itd_schema schema, itd_property property, itd_sv value)
{
    const itd_statement statement = {.entity = itd_sv_of(entity),
                                     .record = itd_sv_of(entity),
                                     .dataset = ITD_SV("d"),
                                     .schema = schema,
                                     .property = property,
                                     .value = value,
                                     .document = ITD_SV("f"),
                                     .offset = ITD_NOWHERE};
    FUZZ_CHECK(itd_collection_add(collection, &statement, NULL) == ITD_OK);
}

static itd_collection *collect(itd_sv value)
{
    itd_collection *collection = NULL;
    FUZZ_CHECK(itd_collection_create(&collection, SIZE_MAX, NULL) == ITD_OK);
    for (unsigned i = 0; i < 2; i++) {
        const char *entity = i ? "b" : "a";
        add(collection, entity, ITD_S_Company, ITD_P_Thing_address, value);
        add(collection, entity, ITD_S_Company, ITD_P_LegalEntity_phone, value);
        add(collection, entity, ITD_S_Company, ITD_P_LegalEntity_email, value);
        add(collection, "r", ITD_S_Directorship, ITD_P_Directorship_organization, itd_sv_of(entity));
    }
    add(collection, "r", ITD_S_Directorship, ITD_P_Directorship_director, value);
    FUZZ_CHECK(itd_collection_fold(collection, NULL) == ITD_OK);
    return collection;
}

static void check_key(const itd_key *key)
{
    FUZZ_CHECK(key->text.size > 0 && key->text.size < ITD_CLUSTER_KEY_BYTES_MAX);
    FUZZ_CHECK(key->kind < ITD_CLUSTER_KINDS && key->kind != ITD_CLUSTER_AGENT);
    for (size_t i = 0; i < key->text.size && key->kind == ITD_CLUSTER_PHONE; i++)
        FUZZ_CHECK(key->text.data[i] >= '0' && key->text.data[i] <= '9');
    FUZZ_CHECK(key->kind != ITD_CLUSTER_PHONE || (key->text.size >= 7 && key->text.size <= 15));
}

/* The address among the keys, empty when there is none. */
static itd_sv check(itd_cluster_keys *keys, const itd_collection *collection)
{
    itd_sv address = ITD_SV_NONE;
    FUZZ_CHECK(itd_cluster_keys_gather(keys, collection, SIZE_MAX, NULL) == ITD_OK);
    FUZZ_CHECK(keys->uses.count == 2 * keys->keys.count);
    for (size_t k = 0; k < keys->keys.count; k++) {
        check_key(&keys->keys.items[k]);
        FUZZ_CHECK(keys->uses.items[2 * k].key == k && keys->uses.items[2 * k + 1].key == k);
        FUZZ_CHECK(keys->uses.items[2 * k].member < keys->uses.items[2 * k + 1].member);
        if (keys->keys.items[k].kind == ITD_CLUSTER_ADDRESS)
            address = keys->keys.items[k].text;
    }
    return address;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    itd_cluster_keys first, second;
    if (size == 0)
        return 0;
    itd_collection *collection = collect(itd_sv_make((const char *)data, size));
    itd_sv address = check(&first, collection);
    if (address.size > 0) {
        itd_collection *again = collect(address);
        FUZZ_CHECK(itd_sv_equal(check(&second, again), address));
        itd_cluster_keys_finish(&second);
        itd_collection_destroy(again);
    }
    itd_cluster_keys_finish(&first);
    itd_collection_destroy(collection);
    return 0;
}
