/* Edges and nodes of ICIJ's databases: roles, days, addresses, who is refused and why. Words as in the published files;
 * ids and addresses are invented. */
#include "read/icij.h"

#include "read/icij_role.h"
#include "read/stakes_send.h"
#include "support/stakes.h"

static void test_roles(void **state)
{
    static const struct {
        const char *type, *name, *label, *kinds; /* kind and least share of each stake */
    } all[] = {
        {"is officer of", "Shareholder", "Shareholder", "shares 0;"},
        {"is officer of", "Sole shareholder", "", "shares 1000000;"},
        {"is officer of", "", "Beneficiay", "shares 0;"}, /* as it is written there */
        {"is officer of", "Sole signatory / Beneficial owner", "", "shares 0;director 0;"},
        {"is officer of", "Owner, director and shareholder", "", "shares 0;director 0;"},
        {"is officer of", "Power of Attorney", "is officer of", "director 0;"},
        {"is officer of", "Member of Foundation Council", "", "director 0;"},
        {"is officer of", "Protector", "", "control 0;"},
        {"is officer of", "Connected", "is officer of", "link 0;"},
        {"is officer of", "Grantee of a mortgage", "", "link 0;"},
        {"is officer of", "", "is officer of", "shares 0;"}, /* may be any */
        {"officer_of", "shareholder of", "", "shares 0;"},
        {"officer_of", "Trust Settlor of", "", "control 0;"},
        {"officer of", "", "", "shares 0;"},
        {"shareholder of", "", "", "shares 0;"},
        {"Power of attorney of", "", "", "director 0;"},
        {"auditor of", "", "", "link 0;"},
        {"registered address", "", "registered address", "link 0;"},
        {"intermediary_of", "", "", "link 0;"},
        {"has similar name and address as", "owner", "", "link 0;"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        itd_stake found[ITD_ICIJ_STAKES_MAX];
        char text[128] = "";
        size_t count = itd_icij_role(found, itd_sv_of(all[i].type), itd_sv_of(all[i].name), itd_sv_of(all[i].label));
        for (size_t k = 0; k < count; k++)
            (void)snprintf(text + strlen(text), sizeof text - strlen(text), "%s %u;",
                           itd_stake_kind_name(found[k].kind), found[k].share_min_ppm);
        if (strcmp(text, all[i].kinds) != 0)
            fail_msg("%s, %s: %s", all[i].type, all[i].name, text);
    }
}

static void test_dates(void **state)
{
    static const char *const all[][2] = {{"03/05/2007", "2007-05-03"}, {"2005", "2005"},
                                         {"10/04/96", "1996-04-10"},   {"10/04/16", "2016-04-10"},
                                         {"10/04/17", "1917-04-10"},   {"17-DEC-2006", "2006-12-17"},
                                         {"2006-12-17", "2006-12-17"}, {"", ""}};
    static const char *const none[] = {"31/02/2007", "soon", "10/04/9x", "1/2/3/4"};
    (void)state;
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        itd_date date = {0};
        char text[ITD_DATE_TEXT_MAX] = "";
        assert_true(itd_icij_date(&date, itd_sv_of(all[i][0])));
        if (date.year)
            (void)itd_date_format(text, date);
        assert_string_equal(text, all[i][1]);
    }
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
        itd_date date = {0};
        assert_false(itd_icij_date(&date, itd_sv_of(none[i])));
    }
}

static void says(const char *id, const char *text, const char *expected)
{
    heard h;
    itd_error error = {0};
    if (read_register(&h, id, text, false, &error) != ITD_OK || strcmp(h.text, expected) != 0)
        fail_msg("%s: %s%s", text, h.text, error.message);
}

static void test_edges(void **state)
{
    (void)state;
    says("icij_edges",
         "\xEF\xBB\xBF,data.properties.date_end,data.properties.date_start,data.properties.name,data.type,label,source,"
         "target\r\n0,07/06/2010,11/01/2010,Director / Shareholder,is officer of,Director,7,8\r\n"
         "1,,,,registered address,registered address,7,9\r\n",
         "icij-7>icij-8 0-1000000 shares 2010-01-11..2010-06-07 2\nicij-7>icij-8 0-0 director 2010-01-11..2010-06-07 "
         "2\nicij-7>icij-9 0-0 "
         "link .. "
         "3\n");
    says("icij_edges",
         "node_id_start,node_id_end,rel_type,link,status,start_date,end_date,sourceID\n"
         "1,2,officer_of,sole owner of,,17-DEC-2006,,X\n",
         "icij-1>icij-2 1000000-1000000 shares 2006-12-17.. 2\n");
    says("icij_edges", "START_ID,TYPE,END_ID\n1,intermediary_of,2\n", "icij-1>icij-2 0-0 link .. 2\n");
    says("icij_edges", "node_1,rel_type,node_2\n1,registered_address,2\n", "icij-1>icij-2 0-0 link .. 2\n");
}

static void test_nodes(void **state)
{
    (void)state;
    says("icij_nodes",
         "labels(n),\"valid_until\",\"node_id\",\"sourceID\",\"address\",\"name\"\n"
         "[\"Entity\"],\"\",\"11\",\"Leaks\",\"\",\"ONE LTD\"\n"
         "\"[\"\"Officer\"\"]\",\"\",\"12\",\"Leaks\",\"1 Bay  St\",\"TWO\"\n"
         "\"[\"\"Address\"\"]\",\"\",\"13\",\"Leaks\",\"1 BAY ST\",\"\"\n"
         "\"[\"\"Address\"\"]\",\"\",\"14\",\"Leaks\",\"\",\"2 Bay St\"\n",
         "icij-11>icij-11 0-0 link .. 2\nicij-12>icij-12 0-0 link .. 3\nicij-12>address:1 BAY ST 0-0 link .. 3\n"
         "icij-13>address:1 BAY ST 0-0 link .. 4\nicij-14>address:2 BAY ST 0-0 link .. 5\n");
    says("icij_nodes", "node_id,name,sourceID\n15,A,Papers\n", "icij-15>icij-15 0-0 link .. 2\n");
    /* a file a category: addresses are told by their columns */
    says("icij_nodes", "node_id,address,name,sourceID\n17,4 Bay St,,Papers\n",
         "icij-17>address:4 BAY ST 0-0 link .. 2\n");
    says("icij_nodes", "node_id,name,status,address,sourceID\n18,B,ACTIVE,4 Bay St,Papers\n",
         "icij-18>icij-18 0-0 link .. 2\nicij-18>address:4 BAY ST 0-0 link .. 2\n");
    says("icij_nodes", "x,data.categories.0,data.properties.name,id\n0,Address,\"3 Low\nRoad\",16\n",
         "icij-16>address:3 LOW ROAD 0-0 link .. 2\n");
}

static const struct {
    const char *row, *reason;
} refused[] = {
    {",owner,officer_of,5,", "an end of the edge"},
    {"4,owner,officer_of,,", "an end of the edge"},
    {"4,owner,officer_of,5,32/01/2001", "a date that is none"},
    {"4,owner,officer_of,5", "fewer fields"},
    {"4,owner,officer_of,5,,", "more fields"},
    {"4,\"owner\"x,officer_of,5,", "quote"},
    {"4,own\xFF,officer_of,5,", "UTF-8"},
};

static void test_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        heard h;
        itd_error error = {0};
        char text[256];
        (void)snprintf(text, sizeof text, "source,link,rel_type,target,start_date\n1,,similar,2,\n%s\n1,,similar,3,\n",
                       refused[i].row);
        if (read_register(&h, "icij_edges", text, false, &error) != ITD_EFORMAT || error.line != 3 ||
            !strstr(error.message, refused[i].reason))
            fail_msg("%s: %s", refused[i].row, error.message);
        assert_int_equal(read_register(&h, "icij_edges", text, true, &error), ITD_OK);
        assert_int_equal(h.rejected, 1);
        assert_string_equal(h.text, "icij-1>icij-2 0-0 link .. 2\nicij-1>icij-3 0-0 link .. 4\n");
    }
    heard h;
    itd_error error = {0};
    const char *ends = "source,rel_type,target,start_date,end_date\n1,officer_of,2,02/01/2001,01/01/2001\n";
    assert_int_equal(read_register(&h, "icij_edges", ends, false, &error), ITD_EFORMAT);
    assert_non_null(strstr(error.message, "ends before"));
    assert_int_equal(read_register(&h, "icij_nodes", "node_id,sourceID\n,X\n", false, &error), ITD_EFORMAT);
    assert_non_null(strstr(error.message, "the id of the node"));
}

/* Ids and addresses at their limits: an id is refused beyond, an address cut, never inside of a character. */
static void test_limits(void **state)
{
    heard h;
    itd_error error = {0};
    char text[4096], id[ITD_STAKE_ID_BYTES_MAX + 2];
    size_t most = ITD_STAKE_ID_BYTES_MAX - strlen("icij-");
    (void)state;
    memset(id, 'x', sizeof id);
    for (size_t size = most; size <= most + 1; size++) {
        (void)snprintf(text, sizeof text, "source,rel_type,target\n%.*s,similar,2\n", (int)size, id);
        itd_status status = read_register(&h, "icij_edges", text, false, &error);
        assert_int_equal(status, size > most ? ITD_EFORMAT : ITD_OK);
    }
    (void)snprintf(text, sizeof text, "node_id,sourceID,address\n1,X,%.*s\xC3\x9F more\n",
                   (int)(ITD_STAKE_ID_BYTES_MAX - strlen(ITD_STAKES_ADDRESS) - 1), id);
    assert_int_equal(read_register(&h, "icij_nodes", text, false, &error), ITD_OK);
    const char *address = strstr(h.text, ITD_STAKES_ADDRESS);
    assert_non_null(address);
    assert_int_equal(strcspn(address, " "), ITD_STAKE_ID_BYTES_MAX - 1);
}

static void test_what_it_is(void **state)
{
    (void)state;
    assert_false(itd_icij_is_edges(ITD_SV("source,target,amount\n")));
    assert_false(itd_icij_is_nodes(ITD_SV("id,name,address\n")));
    assert_false(itd_icij_is_nodes(ITD_SV("")));
    for (size_t columns = ITD_ICIJ_COLUMNS_MAX; columns <= ITD_ICIJ_COLUMNS_MAX + 1; columns++) {
        char head[2048] = "node_id,sourceID";
        for (size_t i = 2; i < columns; i++)
            (void)snprintf(head + strlen(head), sizeof head - strlen(head), ",x");
        (void)snprintf(head + strlen(head), sizeof head - strlen(head), "\n");
        assert_int_equal(itd_icij_is_nodes(itd_sv_of(head)), columns == ITD_ICIJ_COLUMNS_MAX);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_roles),      cmocka_unit_test(test_dates),   cmocka_unit_test(test_edges),
        cmocka_unit_test(test_nodes),      cmocka_unit_test(test_refused), cmocka_unit_test(test_limits),
        cmocka_unit_test(test_what_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
