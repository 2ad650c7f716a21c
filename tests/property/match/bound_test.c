/* What makes a search complete: scoring with a threshold gives what scoring everything gives, a name's bound is never
 * below its score, and a score does not depend on what else is in the space. */
#include "match/internal.h"
#include "support/cm.h"

enum { LIST = 400, QUESTIONS = 150, NAME_BYTES = 256 };

static uint64_t seed = 20230701;
static uint32_t next_random(uint32_t below)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(seed >> 33) % below;
}

static const char *const words[] = {
    "Kim",     "Jong",    "Un",     "Il",        "Chol",    "Mohammad", "Muhammad", "Ahmed",
    "Ali",     "al",      "bin",    "Hasan",     "Hussein", "Vladimir", "Putin",    "Viktor",
    "Victor",  "Bout",    "Boot",   "Maria",     "Garcia",  "Lopez",    "de",       "la",
    "Jose",    "Bob",     "Robert", "William",   "Bill",    "Smith",    "Ltd",      "LLC",
    "OOO",     "GmbH",    "Co.,",   "Company",   "Trading", "General",  "Bank",     "Korea",
    "Daesong", "Office",  "39",     "38",        "Third",   "3rd",      "First",    "Shipping",
    "M/V",     "Star",    "Ocean",  "J.",        "A.",      "S.A.",     "김정은",   "김",
    "정은",    "محمد",    "حسن",    "Владимир",  "Путин",   "ООО",      "金正恩",   "Mohammadhasan",
    "Jongun",  "Siemens", "AG",     "SiemensAG", "KIM,",    "X",        "T",        "P",
    "TTP",     "R",       "D",      "RHD",
};

static void random_name(char *out)
{
    size_t size = 0;
    uint32_t count = 1 + next_random(5);
    for (uint32_t i = 0; i < count; i++) {
        const char *word = words[next_random(sizeof words / sizeof words[0])];
        size_t from = size;
        for (; *word && size < NAME_BYTES - 8; word++)
            out[size++] = *word;
        if (next_random(6) == 0 && size > from + 2 && (unsigned char)out[size - 1] < 0x80)
            out[from + next_random((uint32_t)(size - from - 1))] = (char)('a' + next_random(26));
        if (next_random(8))
            out[size++] = ' ';
    }
    out[size] = '\0';
}

typedef struct world {
    itd_matcher *matcher;
    itd_match_builder *list, *question, *single;
    itd_match_query *kept; /* asked one question after the other */
    char names[LIST][2][NAME_BYTES];
} world;

static const itd_schema *schemata(void)
{
    static const itd_schema all[] = {ITD_S_Person, ITD_S_Company, ITD_S_Vessel, ITD_S_Thing};
    return all;
}

static void add(world *w, itd_match_builder *builder, char (*names)[NAME_BYTES], size_t count, itd_schema schema,
                const char *birth)
{
    itd_entity_value values[3];
    size_t n = 0;
    for (size_t i = 0; i < count; i++)
        values[n++] = (itd_entity_value){i ? ITD_P_Thing_weakAlias : ITD_P_Thing_name, itd_sv_of(names[i])};
    if (birth)
        values[n++] = (itd_entity_value){ITD_P_Person_birthDate, itd_sv_of(birth)};
    itd_entity entity = {.schema = schema, .values = values, .value_count = n};
    assert_int_equal(itd_match_builder_add(builder, w->matcher, &entity, NULL), ITD_OK);
}

static const char *random_birth(void)
{
    static const char *const births[] = {NULL,         NULL,         "1964-03-27", "1964",       "1964-03",
                                         "1983-01-08", "1964-08-11", "1965-03-27", "circa 1964", "2028-03-27"};
    return births[next_random(sizeof births / sizeof births[0])];
}

static bool same_result(const itd_match_result *a, const itd_match_result *b)
{
    if (a->score_micro != b->score_micro || a->contribution_count != b->contribution_count ||
        !itd_sv_equal(a->matched_left, b->matched_left) || !itd_sv_equal(a->matched_right, b->matched_right))
        return false;
    for (uint32_t i = 0; i < a->contribution_count; i++)
        if (a->contributions[i].micro != b->contributions[i].micro ||
            a->contributions[i].feature != b->contributions[i].feature)
            return false;
    return true;
}

static void check_names(const itd_match_query *query, const itd_match_entity *right)
{
    for (uint32_t l = 0; l < query->names.count; l++) {
        for (uint32_t r = 0; r < right->name_count; r++) {
            for (int person = 0; person < 2; person++) {
                itd_name_score score;
                itd_name_align(&score, query, &query->names.items[l], &right->names[r], person);
                int32_t bound = itd_name_bound(query, &query->names.items[l], &right->names[r], person);
                if (score.micro > bound)
                    fail_msg("score %d above bound %d: %.*s | %.*s", score.micro, bound,
                             (int)query->names.items[l].name->text_size,
                             query->left_space.heap + query->names.items[l].name->text, (int)right->names[r].text_size,
                             query->right_space.heap + right->names[r].text);
            }
        }
    }
}

/* Whoever scores the threshold is among the candidates, and scores the same once they are told. */
static void check_candidates(itd_match_query *query, const itd_match_entity *list)
{
    for (int32_t threshold = 100000; threshold <= 1000000; threshold += 100000) {
        const uint32_t *names = NULL;
        size_t count = 0;
        bool is_candidate[LIST] = {false};
        if (!itd_match_candidates(&names, &count, query, threshold, 0))
            continue; /* all are looked at */
        for (size_t i = 0; i < count; i++)
            for (size_t e = 0; e < LIST; e++)
                if (list[0].names + names[i] >= list[e].names &&
                    list[0].names + names[i] < list[e].names + list[e].name_count)
                    is_candidate[e] = true;
        for (size_t e = 0; e < LIST; e++) {
            itd_match_result whole, result;
            assert_true(itd_match_score(&whole, query, &list[e], 0));
            if (whole.score_micro >= threshold && !is_candidate[e])
                fail_msg("%.*s scores %d and is no candidate for %.*s at %d", (int)list[e].names[0].text_size,
                         query->right_space.heap + list[e].names[0].text, whole.score_micro,
                         (int)query->names.items[0].name->text_size,
                         query->left_space.heap + query->names.items[0].name->text, threshold);
            assert_int_equal(itd_match_score(&result, query, &list[e], threshold), whole.score_micro >= threshold);
            if (whole.score_micro >= threshold)
                assert_true(same_result(&whole, &result));
        }
    }
}

static void check_question(world *w, const itd_match_space *space, const itd_match_entity *list)
{
    char names[1][NAME_BYTES];
    random_name(names[0]);
    itd_match_builder_reset(w->question);
    add(w, w->question, names, 1, schemata()[next_random(4)], random_birth());
    assert_int_equal(itd_match_builder_finish(w->question, NULL), ITD_OK);
    itd_match_space left_space = itd_match_builder_space(w->question);
    itd_match_entity left = itd_match_builder_entity(w->question, 0);
    itd_match_query *query;
    assert_int_equal(itd_match_query_create(&query, ITD_ALGORITHM_LOGIC, &left, &left_space, space, NULL), ITD_OK);
    if (!w->kept)
        assert_int_equal(itd_match_query_create(&w->kept, ITD_ALGORITHM_LOGIC, &left, &left_space, space, NULL),
                         ITD_OK);
    else
        assert_int_equal(itd_match_query_ask(w->kept, &left, &left_space, space, NULL), ITD_OK);
    check_candidates(query, list);
    check_candidates(w->kept, list);
    for (size_t e = 0; e < LIST; e++) {
        itd_match_result whole, cut;
        assert_true(itd_match_score(&whole, query, &list[e], 0));
        assert_true(itd_match_score(&cut, w->kept, &list[e], 0));
        assert_true(same_result(&whole, &cut));
        assert_in_range(whole.score_micro, 0, 1000000);
        int64_t sum = 0;
        for (uint32_t i = 0; i < whole.contribution_count; i++)
            sum += whole.contributions[i].micro;
        assert_int_equal(sum, whole.score_micro);
        for (int32_t threshold = 300000; threshold <= 1000000; threshold += 50000) {
            bool hit = itd_match_score(&cut, query, &list[e], threshold);
            assert_int_equal(hit, whole.score_micro >= threshold);
            if (hit)
                assert_true(same_result(&whole, &cut));
        }
        check_names(query, &list[e]);
        if (e % 40 == 0) { /* the pair alone scores the same */
            itd_match_builder_reset(w->single);
            add(w, w->single, w->names[e], 2, list[e].schema, NULL);
            assert_int_equal(itd_match_builder_finish(w->single, NULL), ITD_OK);
            itd_match_space single_space = itd_match_builder_space(w->single);
            itd_match_entity right = itd_match_builder_entity(w->single, 0), bare = list[e];
            bare.fact_count = 0;
            itd_match_query *alone;
            assert_int_equal(
                itd_match_query_create(&alone, ITD_ALGORITHM_LOGIC, &left, &left_space, &single_space, NULL), ITD_OK);
            itd_match_result in_list, by_itself;
            assert_true(itd_match_score(&in_list, query, &bare, 0));
            assert_true(itd_match_score(&by_itself, alone, &right, 0));
            if (!same_result(&in_list, &by_itself))
                fail_msg("%s | %s | %s: %d in a list, %d alone", names[0], w->names[e][0], w->names[e][1],
                         in_list.score_micro, by_itself.score_micro);
            itd_match_query_destroy(alone);
        }
    }
    itd_match_query_destroy(query);
}

static itd_match_entity entity_of(const void *list, size_t index)
{
    return ((const itd_match_entity *)list)[index];
}

static void thresholds_lose_nothing(void **state)
{
    (void)state;
    static world w;
    static itd_match_entity list[LIST];
    assert_int_equal(itd_matcher_create(&w.matcher, NULL), ITD_OK);
    assert_int_equal(itd_match_builder_create(&w.list, NULL), ITD_OK);
    assert_int_equal(itd_match_builder_create(&w.question, NULL), ITD_OK);
    assert_int_equal(itd_match_builder_create(&w.single, NULL), ITD_OK);
    for (size_t e = 0; e < LIST; e++) {
        random_name(w.names[e][0]);
        random_name(w.names[e][1]);
        add(&w, w.list, w.names[e], 2, schemata()[next_random(4)], random_birth());
    }
    assert_int_equal(itd_match_builder_finish(w.list, NULL), ITD_OK);
    for (size_t e = 0; e < LIST; e++)
        list[e] = itd_match_builder_entity(w.list, e);
    itd_match_space space = itd_match_builder_space(w.list);
    itd_match_lexicon *lexicon;
    size_t names = (size_t)(list[LIST - 1].names - list[0].names) + list[LIST - 1].name_count;
    assert_int_equal(itd_match_lexicon_create(&lexicon, &space, list[0].names, names, NULL), ITD_OK);
    assert_int_equal(itd_match_lexicon_date(lexicon, entity_of, list, LIST, NULL), ITD_OK);
    space.lexicon = lexicon;
    for (int i = 0; i < QUESTIONS; i++)
        check_question(&w, &space, list);
    itd_match_query_destroy(w.kept);
    itd_match_lexicon_destroy(lexicon);
    itd_match_builder_destroy(w.list);
    itd_match_builder_destroy(w.question);
    itd_match_builder_destroy(w.single);
    itd_matcher_destroy(w.matcher);
}

static void folding_twice_changes_nothing(void **state)
{
    (void)state;
    itd_folder *folder;
    assert_int_equal(itd_folder_create(&folder, NULL), ITD_OK);
    itd_buffer once = {0}, twice = {0};
    for (int round = 0; round < 20000; round++) {
        char text[64];
        size_t size = 0, count = next_random(14);
        for (size_t i = 0; i < count; i++) {
            static const char *const parts[] = {"a",  "B",  "7",      "39", ".", ",",    " ",  "-",
                                                "'",  "st", "th",     "é",  "ß", "Ж",    "김", "م",
                                                "金", "x",  "office", "1",  "И", "\xFF", "ね", "S."};
            const char *part = parts[next_random(sizeof parts / sizeof parts[0])];
            memcpy(text + size, part, strlen(part));
            size += strlen(part);
            if (size > sizeof text - 8)
                break;
        }
        itd_buffer_clear(&once);
        itd_buffer_clear(&twice);
        assert_int_equal(itd_text_fold(folder, &once, (itd_sv){text, size}, NULL), ITD_OK);
        assert_int_equal(itd_text_fold(folder, &twice, itd_buffer_view(&once), NULL), ITD_OK);
        if (!itd_sv_equal(itd_buffer_view(&once), itd_buffer_view(&twice)))
            fail_msg("'%.*s': '%.*s', then '%.*s'", (int)size, text, ITD_SV_ARG(itd_buffer_view(&once)),
                     ITD_SV_ARG(itd_buffer_view(&twice)));
    }
    itd_buffer_finish(&once);
    itd_buffer_finish(&twice);
    itd_folder_destroy(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(thresholds_lose_nothing),
                                       cmocka_unit_test(folding_twice_changes_nothing)};
    return cmocka_run_group_tests_name("bound", tests, NULL, NULL);
}
