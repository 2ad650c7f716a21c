#include "support/cm.h"
#include "text/fold.h"

static itd_folder *folder;

static int setup(void **state)
{
    (void)state;
    return itd_folder_create(&folder, NULL) == ITD_OK ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    itd_folder_destroy(folder);
    return 0;
}

static const struct {
    const char *text, *folded;
} rows[] = {
    {"KIM, Jong Un", "kim jong un"},
    {"O'Brien", "obrien"},
    {"O’Brien", "obrien"},
    {"Siemens S.A.", "siemens sa"},
    {"Al-Zawahiri", "al zawahiri"},
    {"Office39", "office 39"},
    {"39th Bureau", "39 bureau"},
    {"B2B MH370", "b2b mh370"},
    {"Müller Straße", "muller strasse"},
    {"Ångström Øst Łódź", "angstrom ost lodz"},
    {"e\xCC\x81te\xCC\x81", "ete"},
    {"Владимир Щукин", "vladimir shchukin"},
    {"Αθήνα", "athina"},
    {"김정은", "kim jong un"},
    {"39호실", "39 ho sil"},
    {"비오 6세", "pi oh 6"},
    {"金正恩", "jin zheng en"},
    {"朝鲜光鲜银行", "chaoxian guang xian yinhang"},
    {"조선무역은행", "joson muyok unhaeng"}, /* words of organisations are one, wherever they stand */
    {"김은행", "kim un haeng"},              /* but not in a name of a person */
    {"中国银行", "zhongguo yinhang"},
    {"ミャンマー", "myanma"},
    {"ミャンマー 株式会社", "myanma zhushihuishe"},
    {"チェ・ゲバラ", "che gebara"},
    {"しょうがっこう", "shougakkou"},
    {"マッチ", "matchi"},
    {"ヴォルテ ティム ウィキ イェナ", "vorute timu wiki yena"},
    {"ｶﾞﾝﾀﾞﾑ", "gandamu"},        /* half width, voicing apart */
    {"カ\xE3\x82\x99ラ", "gara"}, /* combining voicing mark */
    {"ハ\xE3\x82\x9Aリ", "pari"},
    {"محمد", "muhammad"},
    {"محمدتقی أبواليزيد", "muhammad taqi abu al yazid"}, /* names that are written together */
    {"قزقز", "qzqz"},
    {"ג'קג'", "jkj"}, /* with a geresh another sound */
    {"צ׳קק", "chkk"},
    {"P\xD0\xB0ul", "paul"},                /* Cyrillic a in a Latin word */
    {"Jo\xE2\x80\x8Bhn", "john"},           /* zero width space */
    {"\xE2\x80\xAEKim\xE2\x80\xAC", "kim"}, /* bidirectional controls */
    {"ＡＢＣ １２", "abc 12"},
    {"", ""},
    {"...", ""},
    {"a\xFF"
     "b",
     "a b"},
};

static void folds(void **state)
{
    (void)state;
    itd_buffer out = {0};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        itd_buffer_clear(&out);
        assert_int_equal(itd_text_fold(folder, &out, itd_sv_of(rows[i].text), NULL), ITD_OK);
        if (!itd_sv_is(itd_buffer_view(&out), rows[i].folded))
            fail_msg("%s: '%.*s', wanted '%s'", rows[i].text, ITD_SV_ARG(itd_buffer_view(&out)), rows[i].folded);
    }
    assert_false(itd_folder_has_icu(folder));
    itd_buffer_finish(&out);
}

static void icu_is_opened_for_other_scripts(void **state)
{
    (void)state;
    static const struct {
        const char *text, *folded;
    } others[] = {{"สมชาย", "smchay"}, {"नरेन्द्र", "narendra"}};
    itd_buffer out = {0};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        itd_buffer_clear(&out);
        assert_int_equal(itd_text_fold(folder, &out, itd_sv_of(others[i].text), NULL), ITD_OK);
        if (!itd_sv_is(itd_buffer_view(&out), others[i].folded))
            fail_msg("%s: '%.*s', wanted '%s'", others[i].text, ITD_SV_ARG(itd_buffer_view(&out)), others[i].folded);
    }
    assert_true(itd_folder_has_icu(folder));
    itd_buffer_finish(&out);
}

static void readings(void **state)
{
    (void)state;
    static const struct {
        const char *text, *sounds; /* NULL: not read as a foreign name */
    } read[] = {
        {"김정은", "kim jongn"}, /* the given name as one word, ㅡ left out */
        {"김정", NULL},
        {"김 정은", NULL},
        {"남궁민수", NULL},
        {"블라디미르 쾨틴", "vladimir koetin"}, /* the first is in the list of spellings */
        {"트루데우", "trudeu"},
        {"아베 신조", "abe sinjo"},
        {"金正恩", NULL},
        {"习近平", NULL},
        {"唐纳德·特鲁多", "donnad trudo"}, /* what the characters stand for in names, not how they are read */
        {"Шуто", "shuto"},
        {"齐普拉斯", "zipras"},
        {"Kim", NULL},
        {"", NULL},
    };
    itd_text_words words = {0};
    for (size_t i = 0; i < sizeof read / sizeof read[0]; i++) {
        itd_sv text = itd_sv_of(read[i].text);
        unsigned found = itd_text_readings(text);
        assert_true(found >> ITD_READING_MANDARIN & 1);
        assert_int_equal(found >> ITD_READING_SOUNDS & 1, read[i].sounds != NULL);
        if (!read[i].sounds)
            continue;
        assert_int_equal(itd_text_split(folder, &words, text, ITD_READING_SOUNDS, NULL), ITD_OK);
        itd_buffer out = {0};
        for (size_t w = 0; w < words.count; w++) {
            assert_true((w == 0 || itd_buffer_append_char(&out, ' ')) &&
                        itd_buffer_append(&out, itd_text_word_view(&words, w)));
            assert_true(w + 1 < words.count || (words.items[w].flags & (ITD_TEXT_SOUNDS | ITD_TEXT_KNOWN)));
        }
        if (!itd_sv_is(itd_buffer_view(&out), read[i].sounds))
            fail_msg("%s: '%.*s', wanted '%s'", read[i].text, ITD_SV_ARG(itd_buffer_view(&out)), read[i].sounds);
        itd_buffer_finish(&out);
    }
    assert_int_equal(itd_text_readings(ITD_SV("金正恩")) >> ITD_READING_KOREAN & 1, 1);
    /* Foreign names are read without the list of spellings too. */
    static const char *const foreign[] = {"ジョン", "唐纳德·特鲁多", "블라디미르 쾨틴"}, *const own[] = {"김정은",
                                                                                                         "محمد",
                                                                                                         "金正恩"};
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(itd_text_readings(itd_sv_of(foreign[i])) >> ITD_READING_UNLISTED & 1, 1);
        assert_int_equal(itd_text_readings(itd_sv_of(own[i])) >> ITD_READING_UNLISTED & 1, 0);
    }
    itd_text_words_finish(&words);
}

static void check_reading(itd_reading reading, const char *name, const char *folded)
{
    itd_text_words words = {0};
    itd_buffer out = {0};
    itd_sv text = itd_sv_of(name);
    assert_int_equal(itd_text_readings(text) >> reading & 1, folded != NULL);
    if (!folded)
        return;
    assert_int_equal(itd_text_split(folder, &words, text, reading, NULL), ITD_OK);
    for (size_t w = 0; w < words.count; w++)
        assert_true((w == 0 || itd_buffer_append_char(&out, ' ')) &&
                    itd_buffer_append(&out, itd_text_word_view(&words, w)));
    if (!itd_sv_is(itd_buffer_view(&out), folded))
        fail_msg("%s: '%.*s', wanted '%s'", name, ITD_SV_ARG(itd_buffer_view(&out)), folded);
    itd_buffer_finish(&out);
    itd_text_words_finish(&words);
}

/* Hangul the Mandarin way: Koreans, Chinese by their characters, Chinese by sound as Korea's rules write it; Chinese
 * characters as Hong Kong spells them, and of Japanese. */
static void other_readings(void **state)
{
    (void)state;
    static const struct {
        itd_reading reading;
        const char *text, *folded; /* NULL: not read so */
    } read[] = {
        {ITD_READING_CHINESE, "김정은", "jin zheng en"},
        {ITD_READING_CHINESE, "박영철", "bo ying zhe"},
        {ITD_READING_CHINESE, "유장", "liu zhang"},
        {ITD_READING_CHINESE, "제갈량", "zhuge liang"},
        {ITD_READING_CHINESE, "시진핑", "xi jin ping"},
        {ITD_READING_CHINESE, "위안스카이", "yuan shi kai"},
        {ITD_READING_CHINESE, "천젠궈", "chen jian guo"},
        {ITD_READING_CHINESE, "장 쩌민", "zhang ze min"},
        {ITD_READING_CHINESE, "도널드", "donald"},
        {ITD_READING_CHINESE, "은행", "unhaeng"},
        {ITD_READING_CHINESE, "블라디미르 푸틴", NULL},
        {ITD_READING_CHINESE, "金正恩", NULL},
        {ITD_READING_CANTONESE, "陳大文", "chan tai man"},
        {ITD_READING_CANTONESE, "梁国强", "leung kwok keung"},
        {ITD_READING_CANTONESE, "唐纳德·特鲁多", NULL},
        {ITD_READING_CANTONESE, "Kim Jong Un", NULL},
        {ITD_READING_PINYIN, "Mao Tse-tung", "mao ze dong"},
        {ITD_READING_PINYIN, "LIN Piao-hsiung", "lin biao xiong"},
        {ITD_READING_PINYIN, "HSIEH, Chih-wei", "xie zhi wei"},
        {ITD_READING_PINYIN, "Lee Teng-hui", NULL}, /* may be another's */
        {ITD_READING_PINYIN, "Kim Jong Un", NULL},
        {ITD_READING_JAPANESE, "安倍晋三", "abe shinzo"},
        {ITD_READING_JAPANESE, "山口 健一", "yamaguchi kenichi"},
        {ITD_READING_JAPANESE, "佐々木浩", "sasaki hiroshi"},
        {ITD_READING_JAPANESE, "林彪", "lin biao"}, /* a Chinese: no name of a Japanese */
    };
    for (size_t i = 0; i < sizeof read / sizeof read[0]; i++)
        check_reading(read[i].reading, read[i].text, read[i].folded);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(folds), cmocka_unit_test(icu_is_opened_for_other_scripts),
                                       cmocka_unit_test(readings), cmocka_unit_test(other_readings)};
    return cmocka_run_group_tests_name("fold", tests, setup, teardown);
}
