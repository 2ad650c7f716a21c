#include "base/fault.h"
#include "read/jp_text.h"
#include "support/list_file.h"

/* All people and firms here are invented. */

static const list_file mof = {&itd_format_jp_mof, "jp-mof", "mof.csv"};

#define BODIES                                                                                                         \
    "告示日付,\"告示\n番号\",日 本 語 表 記,英 語 表 記,別　称　・　旧　称,所　在　地,そ　の　他　の　情　報,Extra"
#define PERSONS                                                                                                        \
    "告示日付,告示番号,日本語表記,英語表記,別称・別名,役職,生年月日,国籍,旅券番号,身分証番号,住所,その他の情報"

static const char list[] =
    "4.製粉(団体),製粉に関連する者,,,,,,,\n"
    "4.製粉(団体),（注）*は別の表,,,,,,,\n"
    "4.製粉(団体)," BODIES "\n"
    "4.製粉(団体),\"2006.9.19\n2016.12.9改訂\n春\",2(*39),ミル・ワークス,\"MILL WORKS\nMILL WKS\","
    "\"（別称）ミルワ、ミル\nMillwa, Mill Co, Ltd\n（旧称）オルド；Old Mill\",北朝鮮平壌特別市；スイス,"
    "\"SWIFT/BIC：KDBKKPPY\nSWIFT：NONE\n船舶登録証明：IMO5434358\nロシア国家登録番号：12\n電話番号：+1 2; "
    "+3\nFAX番号：+4\n"
    "Eメールアドレス：a@example.org\nその他\",green\n"
    "4.製粉(団体),2010.1.2,*39,オルリン,,\"ファースト\nf.k.a. First Mill\n（旧称）ゼロ\nSecond\nこれは別名。\",\"1 "
    "Mill Lane, "
    "Tesk, スイス\n2 Mill Lane, Tesk, Malta\n3 Mill Lane, X\",性別：男性,\n"
    "4.製粉(団体),,,,,,,,\n"
    "5.製粉(個人)," PERSONS "\n"
    "5.製粉(個人),2013.4.5,2(#48),オルリン・ヴァセク,\"VASSEK, Orlin\",\"RI, Chae\",\"製粉所長；Head of mills\","
    "1966年又は1965年3月；春,北朝鮮、Malta,"
    "\"外交旅券番号：836110034\n旅券失効日：2020年1月1日（北朝鮮旅券）；E12（シンガポール旅券）、"
    "旅券発行日:2018年3月20日、旅券失効日：春、無し\",210604（中華人民共和国）；77,不明,"
    "\"出生地：北朝鮮開城市\n性別：女性\n"
    "生年月日：1941年4月27日\n身分証番号：9（古い）\"\n"
    "5.製粉(個人),2013.4.5,3,ヤコブ,Jakob,,,1967年から1969年までの間,,\"旅券失効日：2020年1月1日\",,,出生地：Tesk\n"
    "製粉," PERSONS "\n"
    "製粉,2013.4.5,1,ア,A,,社長,,北朝鮮,77,,,\n"
    "製粉,2013.4.5,2,イ,I,,,1990年,不明,,,\"200083中国上海；9 Mill Lane, Virgin Islands, British\",\n";

static void a_list(void **state)
{
    (void)state;
    folder r;
    list_read(&r, &mof, list);
    assert_int_equal(r.read.records, 6);
    static const char *const said[] = {
        "jp-mof-4-2|Organization|name|MILL WORKS||eng|mof.csv|5\n",
        "jp-mof-4-2|Organization|alias|MILL WKS||eng|",
        "jp-mof-4-2|Organization|alias|ミル・ワークス||jpn|",
        "jp-mof-4-2|Organization|alias|ミルワ||jpn|",
        "jp-mof-4-2|Organization|alias|ミル||jpn|",
        "jp-mof-4-2|Organization|alias|Millwa|",
        "jp-mof-4-2|Organization|alias|Mill Co, Ltd|",
        "jp-mof-4-2|Organization|previousName|オルド||jpn|",
        "jp-mof-4-2|Organization|previousName|Old Mill|",
        "jp-mof-4-2|Organization|address|北朝鮮平壌特別市|",
        "jp-mof-4-2|Organization|country|kp|北朝鮮平壌特別市|",
        "jp-mof-4-2|Organization|country|ch|スイス|",
        "jp-mof-4-2|Organization|swiftBic|KDBKKPPY|",
        "jp-mof-4-2|Organization|notes|SWIFT：NONE|",
        "jp-mof-4-2|Organization|imoNumber|IMO5434358|",
        "jp-mof-4-2|Organization|registrationNumber|12|",
        "jp-mof-4-2|Organization|phone|+1 2|",
        "jp-mof-4-2|Organization|phone|+3|",
        "jp-mof-4-2|Organization|phone|+4|",
        "jp-mof-4-2|Organization|email|a@example.org|",
        "jp-mof-4-2|Organization|notes|その他|",
        "jp-mof-4-2|Organization|notes|Extra: green|",
        "jp-mof-4-2|Organization|topics|sanction|",
        "|Sanction|program|製粉(団体)|",
        "|Sanction|authority|Ministry of Finance|",
        "|Sanction|authorityId|2(*39)|",
        "|Sanction|reason|製粉に関連する者\n（注）*は別の表|",
        "|Sanction|listingDate|2006-09-19|2006.9.19|",
        "|Sanction|modifiedAt|2016-12-09|2016.12.9改訂|",
        "|Sanction|summary|春|",
        "jp-mof-4-39|Organization|name|オルリン||jpn|",
        "jp-mof-4-39|Organization|alias|ファースト|",
        "jp-mof-4-39|Organization|previousName|First Mill|",
        "jp-mof-4-39|Organization|previousName|ゼロ|",
        "jp-mof-4-39|Organization|alias|Second|",
        "jp-mof-4-39|Organization|notes|Other names: これは別名。|",
        "jp-mof-4-39|Organization|notes|性別：男性|",
        "jp-mof-4-39|Organization|country|ch|スイス|",
        "jp-mof-4-39|Organization|country|mt|Malta|",
        "jp-mof-4-39|Organization|address|3 Mill Lane, X|",
        "jp-mof-5-2|Person|name|VASSEK, Orlin|",
        "jp-mof-5-2|Person|alias|RI, Chae|",
        "jp-mof-5-2|Person|position|製粉所長|",
        "jp-mof-5-2|Person|position|Head of mills|",
        "jp-mof-5-2|Person|birthDate|1966|1966年|",
        "jp-mof-5-2|Person|birthDate|1965-03|1965年3月|",
        "jp-mof-5-2|Person|birthDate|1941-04-27|",
        "jp-mof-5-2|Person|notes|Date of birth: 春|",
        "jp-mof-5-2|Person|nationality|kp|北朝鮮|",
        "jp-mof-5-2|Person|nationality|mt|Malta|",
        "jp-mof-5-2|Person|passportNumber|836110034|",
        "jp-mof-5-2|Person|passportNumber|E12|",
        "|Passport|type|外交旅券番号|",
        "|Passport|endDate|2020-01-01|2020年1月1日（北朝鮮旅券）|",
        "|Passport|country|kp|2020年1月1日（北朝鮮旅券）|",
        "|Passport|country|sg|シンガポール旅券|",
        "|Passport|startDate|2018-03-20|",
        "|Passport|summary|春|",
        "jp-mof-5-2|Person|notes|Passport: 無し|",
        "jp-mof-5-2|Person|idNumber|210604|",
        "|Identification|country|cn|中華人民共和国|",
        "jp-mof-5-2|Person|idNumber|77|",
        "jp-mof-5-2|Person|idNumber|9|",
        "|Identification|summary|古い|",
        "jp-mof-5-2|Person|notes|Address: 不明|",
        "jp-mof-5-2|Person|birthPlace|北朝鮮開城市|",
        "jp-mof-5-2|Person|birthCountry|kp|",
        "jp-mof-5-2|Person|gender|female|女性|",
        "jp-mof-5-3|Person|birthDate|1967|1967年から1969年までの間|",
        "jp-mof-5-3|Person|birthDate|1969|",
        "jp-mof-5-3|Person|notes|Passport: 旅券失効日：2020年1月1日|",
        "jp-mof-5-3|Person|birthPlace|Tesk|",
        "-1|LegalEntity|notes|Position: 社長|",
        "-1|LegalEntity|country|kp|北朝鮮|",
        "-1|LegalEntity|idNumber|77|",
        "-2|Person|name|I|",
        "-2|Person|notes|Nationality: 不明|",
        "-2|Person|country|cn|200083中国上海|",
        "-2|Person|address|200083中国上海|",
        "-2|Person|country|vg|Virgin Islands, British|",
    };
    assert_list_has(r.statements.data, said);
    folder_end(&r);
}

static void broken_rows(void **state)
{
    (void)state;
    static char text[40000];
    char wide[64] = "", title[20000];
    memset(wide, ',', 33);
    memset(title, 'x', sizeof title - 1);
    title[sizeof title - 1] = '\0';
    (void)snprintf(text, sizeof text,
                   "4.a,%s,,,,,,,\n4.a," BODIES "\n4.a,2010.1.2,1,ア,A,,,,\n4.a,,,ア,A,,,,\n4.a,,3,,,,,,\n"
                   "4.a,,*1,ア,A,,,,\n4.a,short\n4.a%s\n\"cut",
                   title, wide);
    static const char *const reasons[] = {
        "record|mof.csv|1|0||no header after 16384 bytes of text (MOF_TITLE_BYTES_MAX)\n",
        "||row has no number of a notice\n",
        "|3|record has no name\n",
        "|4-1|an earlier row of the sheet has this number\n",
        "||another number of columns than the header of the sheet\n",
        "||more than 32 columns\n",
        "||a quote that is never closed\n",
    };
    assert_list_refuses(&mof, text, reasons, 1, 1);
    list_fails(&mof, "4.a,告示日付,日本語表記,英語表記\n", "the header has no column 告示番号");
    list_fails(&mof, "4.a,告示日付,日本語表記,所在地,住所\n", "the header names a column twice: 住所");
}

static void what_is_its_own(void **state)
{
    (void)state;
    assert_int_equal(list_sniff(&mof, list), 100);
    assert_int_equal(list_sniff(&mof, "\xEF\xBB\xBF,告示日付,日本語表記\n"), 100);
    assert_int_equal(list_sniff(&mof, ",告示日付,番号\n"), 0);
    assert_int_equal(list_sniff(&mof, "告示日付"), 0);
    assert_int_equal(list_sniff(&mof, ""), 0);
}

static void dates(void **state)
{
    (void)state;
    static const struct {
        const char *text, *iso;
    } rows[] = {
        {"1957年4月15日", "1957-04-15"},
        {"1938年", "1938"},
        {"1965年3月", "1965-03"},
        {"2016.12.9", "2016-12-09"},
        {"2016.12.9改訂", "2016-12-09"},
        {"1957-04-15", "1957-04-15"},
        {"1957年4月31日", ""},
        {"1957年4月15", ""},
        {"1957年4", ""},
        {"2016.12", ""},
        {"57年", ""},
        {"1957", "1957"},
        {"1957年頃", ""},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char text[ITD_DATE_TEXT_MAX + 1] = "";
        itd_date date;
        if (itd_jp_date(&date, itd_sv_of(rows[i].text)))
            text[itd_date_format(text, date).size] = '\0';
        assert_string_equal(text, rows[i].iso);
    }
}

static void each_allocation_fails(void **state)
{
    (void)state;
    list_each_allocation_fails(&mof, list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_list), cmocka_unit_test(broken_rows),           cmocka_unit_test(what_is_its_own),
        cmocka_unit_test(dates),  cmocka_unit_test(each_allocation_fails),
    };
    return cmocka_run_group_tests_name("jp_mof", tests, NULL, NULL);
}
