#include <stdio.h>

#include "support/matching.h"

/* The rules by which two names are judged, each with pairs that it lets pass and pairs that it stops at 0.7. */

typedef struct pair {
    const char *left, *right;
    int low, high; /* thousandths */
} pair;

/* Both ways round: the order of the two names is no reason. */
static void check(itd_schema schema, const pair *pairs, size_t count)
{
    int wrong = 0;
    for (size_t i = 0; i < count; i++) {
        int there = score_names(schema, pairs[i].left, pairs[i].right) / 1000,
            back = score_names(schema, pairs[i].right, pairs[i].left) / 1000;
        if (there < pairs[i].low || there > pairs[i].high || back < pairs[i].low || back > pairs[i].high) {
            printf("# %s | %s: %d and %d, wanted %d to %d\n", pairs[i].left, pairs[i].right, there, back, pairs[i].low,
                   pairs[i].high);
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
}

#define CHECK(schema, pairs) check(schema, pairs, sizeof(pairs) / sizeof *(pairs))

static void common_names_that_differ(void **state)
{
    (void)state;
    static const pair pairs[] = {
        {"John Smith", "Joan Smith", 0, 699},        {"Maria Fernandez", "Maria Hernandez", 0, 699},
        {"Marian Keller", "Martin Keller", 0, 699},  {"Hassan Rouhani", "Hussein Rouhani", 0, 699},
        {"Eric Hansen", "Erik Jansen", 0, 699},      {"Christian Meyer", "Christina Meyer", 0, 699},
        {"Steven Jones", "Stephen Jones", 850, 990}, {"Catherine Brown", "Katherine Browne", 800, 990},
        {"John Smith", "Jon Smyth", 700, 950},       {"Jhon Smith", "John Smith", 700, 980},
    };
    CHECK(ITD_S_Person, pairs);
}

static void spellings_of_one_name(void **state)
{
    (void)state;
    static const pair pairs[] = {
        {"Muammar Gaddafi", "Mu'ammar al-Qadhdhafi", 800, 990},
        {"Abdulaziz Al Saud", "Abd al-Aziz Al Saud", 850, 1000},
        {"Nur al-Din Hamidi", "Noureddine Hamidi", 800, 1000},
        {"Abdul Rahman", "Abd al-Rahman", 900, 1000},
        {"Salah ud-Din Ayubi", "Salahuddin Ayubi", 800, 1000},
        {"Abdul Rahman Khan", "Abdul Karim Khan", 0, 699},
        {"Kim Yong Chol", "Kim Young-cheol", 900, 1000},
        {"Pak Sung Il", "Park Seong-il", 900, 1000},
        {"Mao Tse-tung", "Mao Zedong", 850, 1000},
        {"Teng Hsiao-p'ing", "Deng Xiaoping", 720, 1000},
        {"Mao Tse-tung", "Mao Zemin", 0, 699},
        {"Muhammad Al-Khalidkhashafi", "KHASHAFI, Muhammad al-Khalid", 900, 1000},
        {"Jongunkim", "KIM, Jong Un", 900, 1000},
        {"Sasha Petrov", "Aleksandr Petrov", 750, 950},
        {"Dima Kozlov", "Dmitry Kozlov", 750, 950},
        {"Pepe Lopez", "Jose Lopez", 720, 950},
        {"Volodya Kravets", "Volodymyr Kravets", 750, 950},
    };
    CHECK(ITD_S_Person, pairs);
}

static void initials(void **state)
{
    (void)state;
    static const pair pairs[] = {
        {"Smith, J.", "SMITH, John", 720, 950},         {"J.U. Kim", "KIM, Jong Un", 720, 950},
        {"Kim J.U.", "KIM, Jong Un", 720, 950},         {"V.V. Putin", "Vladimir Vladimirovich Putin", 800, 950},
        {"George Q. P. Box", "Georgy Potapov", 0, 600}, {"J. Smith", "J. Brown", 0, 500},
        {"A. Ivanov", "Boris Ivanov", 0, 699},          {"John A. Smith", "John B. Smith", 0, 699},
    };
    CHECK(ITD_S_Person, pairs);
}

/* A word missing beside common or short words tells more than one beside rare ones. */
static void thin_evidence(void **state)
{
    (void)state;
    static const pair pairs[] = {
        {"Gao Wei", "Wei Jiao", 0, 699},
        {"King Min of Qi", "KANG, Min", 0, 699},
        {"Barack Obama", "Barack Hussein Obama", 800, 980},
        {"Luiz Inacio Lula da Silva", "Lula da Silva", 700, 950},
        {"Pablo Escobar", "Pablo Emilio Escobar Gaviria", 700, 950},
        {"Putin", "Vladimir Putin", 500, 699},
        {"Carly Simon", "Karl LEE", 0, 699},
        {"Kang Min Soo", "Kang Min", 0, 760}, /* a syllable less is another name */
        {"Jung Eun Chae", "Choe Un Jong", 0, 799},
        {"Kang Min-kyeong", "Kang Min", 0, 699},
        {"Lee Sang-min", "리송진", 0, 699}, /* syllables that stand apart are not one word of Hangul */
        {"Lee Sangmin", "리상민", 800, 1000},
        {"Ri Su Yong", "Lee Yong Soo", 700, 799}, /* another order of syllables is another name, most times */
        {"Ri Yong Ho", "Yong Ho Ri", 950, 1000},
    };
    CHECK(ITD_S_Person, pairs);
}

/* One ending of a woman's name may be dropped, two are another person. */
static void endings(void **state)
{
    (void)state;
    static const pair pairs[] = {
        {"Ivan Petrov", "Ivana Petrova", 0, 699},
        {"Karol Nowakowski", "Karola Nowakowska", 0, 699},
        {"Anna Ivanova", "Anna Ivanov", 800, 990},
        {"Elena Dostoyevskaya", "Elena Dostoyevsky", 720, 990},
        {"Aleksei Petrovich Orlov", "Alekseia Petrovna Orlova", 0, 699},
        {"Said Sergeevich Ershov", "Anton Sergeevich Ershov", 0, 699},
    };
    CHECK(ITD_S_Person, pairs);
}

/* A word that contradicts another, however many others are the same, is another person or firm; a word more is not. */
static void one_word_contradicts(void **state)
{
    (void)state;
    static const pair firms[] = {
        {"Baltic Bridge and Navigation Bank Ltd", "Baltic Bridge and Navigation Systems Ltd", 500, 699},
        {"Institute for Radio Research Named After Orlov", "Bank for Radio Research Named After Orlov", 500, 699},
        {"Dolgano Shipping Line", "Dolgano Insurance Line", 400, 699},
        {"Dolgano Shipping Line", "Dolgano Shipping and Insurance Line", 800, 990},
    };
    CHECK(ITD_S_Company, firms);
    static const pair people[] = {
        {"Omar Sabawi Ibrahim Tikriti", "Bashar Sabawi Ibrahim Tikriti", 500, 699},
        {"Omar Sabawi Ibrahim Tikriti", "Sabawi Ibrahim Tikriti", 800, 990},
    };
    CHECK(ITD_S_Person, people);
}

static void acronyms(void **state)
{
    (void)state;
    static const pair pairs[] = {
        {"KNIC", "Korea National Insurance Corporation", 720, 900},
        {"NIOC", "National Iranian Oil Company", 720, 900},
        {"IRISL", "Islamic Republic of Iran Shipping Lines", 800, 950},
        {"FARC", "Fuerzas Armadas Revolucionarias de Colombia", 720, 900},
        {"XKNIC", "Korea National Insurance Corporation", 0, 699},
        {"Korea National Insurance Corporation", "Kaesong Nurseries and Ice Company", 0, 500},
    };
    CHECK(ITD_S_Company, pairs);
    static const pair people[] = {{"JFK", "John Fitzgerald Kennedy", 0, 500}};
    CHECK(ITD_S_Person, people);
}

static void names_in_two_scripts(void **state)
{
    (void)state;
    static const pair pairs[] = {
        {"김정은", "Kim Jong Un", 900, 1000},
        {"김정은", "Kim Chŏng'ŭn", 850, 1000},
        {"김정은", "Gim Jeong-eun", 850, 1000},
        {"김정은", "金正恩", 900, 1000},
        {"김정은", "Jin Zheng'en", 850, 1000},
        {"金正恩", "Kim Jong Un", 850, 1000},
        {"金正恩", "Jin Zheng'en", 900, 1000},
        {"리용호", "Lee Yong-ho", 900, 1000},
        {"최룡해", "Ch'oe Ryong-hae", 850, 1000},
        {"시진핑", "Xi Jinping", 900, 1000},
        {"陳大文", "Chan Tai-man", 850, 1000},
        {"安倍晋三", "Shinzo Abe", 850, 1000},
        {"山口健一", "Yamaguchi Kenichi", 850, 1000},
        {"陳大文", "Wong Siu-ming", 0, 699},
        {"山口健一", "Suzuki Kenichi", 0, 699},
        {"习近平", "Xi Jinping", 900, 1000},
        {"Джейкоб Роузман", "Jacob Roseman", 750, 1000},
        {"ג'ון צ'רצ'יל", "John Churchill", 800, 1000},
        {"김정은", "Kim Yong Chol", 0, 699},
        {"시진핑", "Li Keqiang", 0, 500},
        {"Джейкоб Роузман", "Jacob Goldberg", 0, 699},
    };
    CHECK(ITD_S_Person, pairs);
}

/* What is translated and not spelled: legal forms, activities, places. */
static void organisations_in_two_scripts(void **state)
{
    (void)state;
    static const pair pairs[] = {
        {"조선무역은행", "Korea Trade Bank", 800, 1000},
        {"조선무역은행", "Choson Muyok Unhaeng", 800, 1000},
        {"中国银行", "Bank of China", 750, 1000},
        {"宏达贸易有限公司", "Hongda Trading Co., Ltd.", 800, 1000},
        {"宏達貿易有限公司", "Hongda Trading Limited", 800, 1000},
        {"وزارة الدفاع الوطني", "Ministry of National Defence", 800, 1000},
        {"سازمان صنایع دفاع", "Defence Industries Organisation", 800, 1000},
        {"البنك المركزي السوري", "Central Bank of Syria", 750, 1000},
        {"ЗАО Северная медная компания", "Northern Copper Company ZAO", 800, 1000},
        {"ООО «Уральский механический завод»", "Ural Mechanical Plant LLC", 800, 1000},
        {"ООО «Уральский механический завод»", "OOO Uralskiy Mekhanicheskiy Zavod", 900, 1000},
        {"בנק ישראל", "Bank of Israel", 800, 1000},
        {"조선무역은행", "Korea Insurance Corporation", 0, 500},
        {"中国银行", "China Shipping", 0, 600},
        {"وزارة الدفاع الوطني", "Ministry of National Education", 0, 699},
        {"ООО «Уральский механический завод»", "Ural Optical Plant LLC", 0, 699},
    };
    CHECK(ITD_S_Company, pairs);
}

static void organisations(void **state)
{
    (void)state;
    static const pair pairs[] = {
        {"Bank", "MTS Bank", 0, 699},
        {"Bank Mellat", "Bank Melli", 0, 699},
        {"Trading Company", "Northern Trading Company", 0, 699},
        {"Ministry of Defence of Iran", "Iranian Ministry of Defence", 850, 1000},
        {"Air Koryo", "Koryo Airlines", 800, 1000},
        {"Office 39", "Room 39", 850, 1000},
        {"Office 39", "Bureau 39", 850, 1000},
        {"Room 39", "Bureau 121", 0, 500},
        {"Dolgano Compnay", "Dolgano Company", 950, 1000},
        {"Limited Lia bility Company Dolgano", "Dolgano LLC", 900, 1000},
        {"Companydolgano", "Dolgano Company", 900, 1000},
        {"Public Joint Stock Dolgano Company", "Dolgano PJSC", 700, 1000},
        {"Dolgano Scientific Production Association", "Dolgano Research and Production Amalgamation", 850, 1000},
        {"Dolgano Zavod", "Dolgano Works", 800, 1000},
        {"Sheikh Trading", "Captain Trading", 0, 699},
        {"Dolgano Cornpany", "Dolgano Company", 950, 1000}, /* forms misread, as they sound, and with a slip */
        {"Dolgano Kurporation", "Dolgano Corporation", 950, 1000},
        {"Dolgano Lirnited", "Dolgano Limited", 950, 1000},
        {"Dolgano Lllc", "Dolgano LLC", 950, 1000},
        {"Dolgano 1td", "Dolgano Ltd", 950, 1000},
        {"Public Jolnt Stock Company Dolgano", "Public Joint Stock Company Dolgano", 950, 1000},
        {"Closed Joint Stocc Company Dolgano", "Closed Joint Stock Company Dolgano", 950, 1000},
        {"Dolganojoint Stock Company", "Dolgano Joint Stock Company", 950, 1000},
        {"Miraths.a.l.", "Mirath S.A.L.", 950, 1000},
        {"Dolgano 12c.a.", "Dolgano 12, C.A.", 950, 1000},
        {"Llk Dolgano", "LLC Dolgano", 950, 1000},
        {"Dolgano Ltnd", "Dolgano Ltd", 950, 1000},
        {"Canales Venecia Ltda", "Canales Venecia S.A.", 950, 980}, /* no "cia ltda" */
        {"Companion Dolgano", "Company Dolgano", 0, 899},           /* another word */
    };
    CHECK(ITD_S_Company, pairs);
}

static void vessels(void **state)
{
    (void)state;
    static const pair pairs[] = {
        {"Sea Star I", "Sea Star 1", 900, 1000},   {"Sea Star II", "Sea Star 2", 900, 1000},
        {"Sea Star 1", "Sea Star 2", 0, 699},      {"M/V Dawnlight", "MT Dawnlight", 880, 1000},
        {"Wise Honest", "Wise Honesty", 800, 990}, {"Yu Jong2", "Yu Jong 2", 950, 1000},
        {"Yu Jong2", "Yu Jong 3", 0, 699},         {"Mi Rim8", "Mi Rim 8", 950, 1000},
    };
    CHECK(ITD_S_Vessel, pairs);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(common_names_that_differ),
        cmocka_unit_test(spellings_of_one_name),
        cmocka_unit_test(initials),
        cmocka_unit_test(thin_evidence),
        cmocka_unit_test(endings),
        cmocka_unit_test(one_word_contradicts),
        cmocka_unit_test(acronyms),
        cmocka_unit_test(organisations_in_two_scripts),
        cmocka_unit_test(names_in_two_scripts),
        cmocka_unit_test(organisations),
        cmocka_unit_test(vessels),
    };
    return cmocka_run_group_tests_name("name", tests, setup, teardown);
}
