/* Each form of registers with each of the project's own allocations failing in turn: it ends in an error that says so.
 */
#include "own/register.h"
#include "read/stakes.h"
#include "support/faults.h"

#define STATEMENT(n, type, record, details)                                                                            \
    "{\"statementId\":\"00000000-0000-4000-8000-00000000000" n "\",\"statementDate\":\"2020-01-01\","                  \
    "\"declarationSubject\":\"C\",\"recordId\":\"" record "\",\"recordType\":\"" type                                  \
    "\",\"recordDetails\":{\"isComponent\":false," details "}}"

static const struct {
    const char *id, *text;
    uint64_t stakes;
} forms[] = {
    {"csv", "owner,owned,share_min_ppm,share_max_ppm,kind\nP,C,1,2,shares\n", 1},
    {"bods",
     "[" STATEMENT("1", "entity", "C", "\"entityType\":{\"type\":\"registeredEntity\"}") "," STATEMENT(
         "2", "person", "P",
         "\"personType\":\"knownPerson\"") "," STATEMENT("3", "relationship", "R",
                                                         "\"subject\":\"C\",\"interestedParty\":\"P\","
                                                         "\"componentRecords\":[\"C\"],\"interests\":[{\"type\":"
                                                         "\"shareholding\"},{\"type\":\"boardMember\"}]") "]",
     2},
    {"gleif_json",
     "{\"LEI\":\"INVENTED000000000190\",\"ExceptionCategory\":\"DIRECT_ACCOUNTING_CONSOLIDATION_PARENT\","
     "\"ExceptionReason\":\"NO_LEI\"}",
     1},
    {"gleif_xml",
     "<LEIData xmlns=\"http://www.gleif.org/data/schema/leidata/2016\"><LEIRecords><LEIRecord><LEI>INVENTED000000000190"
     "</LEI><Entity><LegalAddress><City>T</City></LegalAddress></Entity></LEIRecord></LEIRecords></LEIData>",
     2},
    {"icij_edges", "source,rel_type,target\n1,officer_of,2\n", 1},
    {"icij_nodes", "node_id,sourceID,address\n1,X,2 Bay St\n", 2},
    {"uk_psc",
     "{\"company_number\":\"1\",\"data\":{\"etag\":\"e\",\"kind\":\"persons-with-significant-control-statement\"}}", 1},
};

typedef struct form {
    const itd_stakes_format *format;
    const char *text;
    uint64_t stakes;
} form;

static itd_status run(void *context, itd_error *error)
{
    const form *f = context;
    itd_input *input = NULL;
    itd_register_builder *builder = NULL;
    itd_register r;
    itd_status status = itd_register_builder_create(&builder, NULL, error);
    itd_stakes_reading reading = {.stake = itd_register_builder_add, .stake_context = builder};
    if (status == ITD_OK)
        status = itd_input_open_memory(&input, "register", itd_sv_of(f->text), error);
    if (status == ITD_OK)
        status = f->format->read(&reading, input, error);
    if (status == ITD_OK)
        status = itd_register_builder_take(&r, builder, error);
    if (status == ITD_OK) {
        assert_int_equal(r.stake_count, f->stakes);
        itd_register_close(&r);
    }
    itd_input_close(input);
    itd_register_builder_destroy(builder);
    return status;
}

static void test_memory(void **state)
{
    (void)state;
    size_t known = 0;
    while (itd_stakes_format_at(known))
        known++;
    assert_int_equal(known, sizeof forms / sizeof forms[0]);
    for (size_t i = 0; i < known; i++) {
        form f = {itd_stakes_format_of(itd_sv_of(forms[i].text)), forms[i].text, forms[i].stakes};
        assert_non_null(f.format);
        assert_string_equal(f.format->id, forms[i].id);
        assert_true(faults_each(ITD_FAULT_MEMORY, run, NULL, &f) > 3);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_memory)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
