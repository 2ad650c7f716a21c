/* Identifiers of official lists verify, and do not any more with one character changed. */
#include <ctype.h>

#include "model/identifier.h"
#include "support/cm.h"
#include "support/list_fields.h"

typedef struct seen {
    size_t count, verified, others, changed, survived;
} seen;

static bool verifies(const char *kind, const char *text, size_t size)
{
    itd_identifier id;
    return itd_identifier_parse(&id, kind, text, size, NULL) == ITD_OK;
}

/* Every place in turn gets the next character of its class. A mark that only tells upper from lower case is left alone
 * where the kind does not look at it. */
static void change_each(seen *s, const char *kind, itd_sv text)
{
    char changed[160];
    assert_true(text.size < sizeof changed);
    for (size_t i = 0; i < text.size; i++) {
        memcpy(changed, text.data, text.size);
        char c = text.data[i];
        changed[i] = isdigit((unsigned char)c) ? (char)('0' + (c - '0' + 1) % 10)
                     : c == 'z'                ? 'a'
                     : c == 'Z'                ? 'A'
                     : c == 'f'                ? 'a'
                                               : (char)(c + 1);
        s->changed++;
        s->survived += verifies(kind, changed, text.size);
    }
}

static bool read_wallets(seen *s, const char *name, const char *kind, const char *other)
{
    char path[128];
    size_t size = 0;
    (void)snprintf(path, sizeof path, "lists/ofac/crypto-2024-09-27/sanctioned_addresses_%s.txt", name);
    char *text = list_slurp(path, &size);
    if (!text)
        return false;
    itd_sv rest = itd_sv_make(text, size), line;
    while (itd_sv_split(&line, &rest, '\n')) {
        line = itd_sv_trim(line);
        bool is_view_key = strcmp(kind, "xmr") == 0 && line.size == 64; /* one line is a key, not an address */
        if (line.size == 0 || is_view_key)
            continue;
        s->count++;
        s->verified += verifies(kind, line.data, line.size);
        s->others += !verifies(kind, line.data, line.size) && verifies(other, line.data, line.size);
        if (strcmp(kind, "eth") != 0)
            change_each(s, kind, line);
    }
    free(text);
    return true;
}

static void wallets(void **state)
{
    (void)state;
    /* A Tron address stands among those of Bitcoin. */
    static const struct {
        const char *name, *kind, *other;
        size_t count, others;
    } files[] = {{"XBT", "btc", "trx", 435, 1}, {"ETH", "eth", "eth", 152, 0}, {"USDC", "eth", "eth", 2, 0},
                 {"TRX", "trx", "trx", 6, 0},   {"LTC", "ltc", "ltc", 10, 0},  {"XMR", "xmr", "xmr", 2, 0},
                 {"ARB", "eth", "eth", 1, 0},   {"BSC", "eth", "eth", 1, 0}};
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        seen s = {0};
        if (!read_wallets(&s, files[i].name, files[i].kind, files[i].other))
            skip();
        print_message("# %s: %zu of %zu addresses verify; of %zu changed ones %zu\n", files[i].name, s.verified,
                      s.count, s.changed, s.survived);
        assert_int_equal(s.count, files[i].count);
        assert_int_equal(s.others, files[i].others);
        assert_int_equal(s.verified + s.others, s.count);
        assert_int_equal(s.survived, 0);
    }
}

/* Calls what follows each place where `head` stands, up to a character that is not in `allowed`. */
static void each_after(itd_sv text, const char *head, const char *allowed, seen *s, const char *kind, const char *other)
{
    for (size_t at = 0; (at = itd_sv_find(text, itd_sv_of(head), at)) != SIZE_MAX;) {
        at += strlen(head);
        itd_sv value = itd_sv_make(text.data + at, strspn(text.data + at, allowed));
        if (value.size == 0)
            continue;
        s->count++;
        bool is_right = verifies(kind, value.data, value.size);
        s->verified += is_right;
        s->others += !is_right && verifies(other, value.data, value.size);
    }
}

static void remarks_of_ofac_and_un(void **state)
{
    (void)state;
    static const char digits[] = "0123456789", marks[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-";
    /* OFAC files some owners' numbers as vessel registrations: they verify as numbers of companies. One
     * number of a company has lost a digit. */
    static const struct {
        const char *file, *head, *allowed, *kind, *other;
        size_t count, others, bad;
    } parts[] = {
        {"lists/ofac/sdn-2023-07/sdn.csv.gz", "Vessel Registration Identification IMO ", digits, "imo-ship",
         "imo-company", 740, 9, 0},
        {"lists/ofac/sdn-2023-07/sdn.csv.gz", "; Identification Number IMO ", digits, "imo-company", "", 46, 0, 0},
        {"lists/ofac/sdn-2023-07/sdn.csv.gz", "Company Number IMO ", digits, "imo-company", "", 35, 0, 1},
        {"lists/ofac/sdn-2023-07/sdn.csv.gz", "MMSI ", digits, "mmsi", "", 89, 0, 0},
        {"lists/ofac/sdn-2023-07/sdn.csv.gz", "Aircraft Tail Number ", marks, "tail-number", "", 160, 0, 0},
        {"lists/un/un_consolidated_2026-02-27.xml.gz", "IMO number: ", digits, "imo-company", "", 13, 0, 0},
    };
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        size_t size = 0;
        char *text = list_slurp(parts[i].file, &size);
        if (!text)
            skip();
        seen s = {0};
        each_after(itd_sv_make(text, size), parts[i].head, parts[i].allowed, &s, parts[i].kind, parts[i].other);
        free(text);
        print_message("# %s: %zu of %zu verify, %zu as %s\n", parts[i].head, s.verified, s.count, s.others,
                      parts[i].other);
        assert_int_equal(s.count, parts[i].count);
        assert_int_equal(s.others, parts[i].others);
        assert_int_equal(s.verified + s.others + parts[i].bad, s.count);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(wallets), cmocka_unit_test(remarks_of_ofac_and_un)};
    return cmocka_run_group_tests_name("identifier_lists", tests, NULL, NULL);
}
