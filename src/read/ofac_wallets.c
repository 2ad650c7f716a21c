/* Addresses of digital currencies on the SDN list, a file an asset ("sanctioned_addresses_XBT.txt"), an address a line.
 * The files of a folder are one list; the asset stands in the name alone. A record is an address of an asset: one that
 * holds several assets is on the list once for each. */
#include <stdio.h>

#include "base/map.h"
#include "interdict/identifier.h"
#include "read/naming.h"
#include "read/record.h"
#include "read/siblings.h"

static const char stem[] = "sanctioned_addresses_", ending[] = ".txt";

/** Longest name of an asset. */
#define ASSET_MAX 16
/** Longest address: a Monero address with a payment id has 106 characters. */
#define ADDRESS_MAX 256
/** Shortest line that is taken for an address when a file is looked at. */
#define ADDRESS_LOOK_MIN 20
#define SNIFF_LINES 32

/* Kinds of addresses that an asset has. Tokens are held at addresses of the chains they run on; a chain that came off
 * another kept the form of its addresses. */
static const struct asset {
    const char *name, *kinds[3];
} assets[] = {
    {"XBT", {"btc"}},
    {"BTC", {"btc"}},
    {"BSV", {"btc"}},
    {"BCH", {"btc"}},
    {"ETH", {"eth"}},
    {"ETC", {"eth"}},
    {"ARB", {"eth"}},
    {"BSC", {"eth"}},
    {"BNB", {"eth"}},
    {"USDC", {"eth", "trx"}},
    {"USDT", {"eth", "trx", "btc"}},
    {"TRX", {"trx"}},
    {"LTC", {"ltc"}},
    {"XMR", {"xmr"}},
};

/* How addresses of a kind start where the asset has other forms too, for which there is no check. */
static const struct {
    const char *asset, *checked;
} open_forms[] = {{"BCH", "13"}, {"BNB", "0"}, {"USDC", "0T"}, {"USDT", "0T13"}};

/* --- Names --- */

/* The asset that a file's name tells, in capital letters; empty when it is no such name. */
static itd_sv asset_of(char out[ASSET_MAX], itd_sv name)
{
    itd_sv end = itd_sv_of(ending), start = itd_sv_of(stem);
    if (name.size <= start.size + end.size || !itd_sv_starts_nocase(name, start) ||
        !itd_sv_equal_nocase(itd_sv_slice(name, name.size - end.size, end.size), end))
        return ITD_SV_NONE;
    name = itd_sv_slice(name, start.size, name.size - start.size - end.size);
    if (name.size > ASSET_MAX)
        return ITD_SV_NONE;
    for (size_t i = 0; i < name.size; i++) {
        char c = name.data[i];
        bool small = c >= 'a' && c <= 'z';
        if (!small && (c < 'A' || c > 'Z') && (c < '0' || c > '9'))
            return ITD_SV_NONE;
        out[i] = (char)(small ? c - 0x20 : c);
    }
    return itd_sv_make(out, name.size);
}

static bool fits(itd_sv name)
{
    char asset[ASSET_MAX];
    return asset_of(asset, name).size > 0;
}

/* Letters, digits, and the colon of "bitcoincash:q…". */
static bool is_address(itd_sv text)
{
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == ':'))
            return false;
    }
    return text.size > 0 && text.size <= ADDRESS_MAX;
}

static int sniff(const itd_sniff *look)
{
    itd_sv rest = look->head, line;
    size_t lines = 0, addresses = 0;
    if (!fits(itd_sibling_name(look->path)))
        return 0;
    if (itd_sv_starts(rest, ITD_SV("\xEF\xBB\xBF")))
        rest = itd_sv_slice(rest, 3, SIZE_MAX);
    while (lines < SNIFF_LINES && itd_sv_split(&line, &rest, '\n')) {
        line = itd_sv_trim(line);
        lines += line.size > 0;
        addresses += line.size >= ADDRESS_LOOK_MIN && is_address(line);
    }
    return 2 * addresses > lines ? 100 : 0;
}

/* --- The files of a list --- */

/* A file an asset, the assets in byte order; of two files of one asset that which is not compressed. */
static itd_status gather(itd_source *source, const char **dataset, const char *path, itd_arena *arena, itd_error *error)
{
    itd_siblings beside;
    size_t count = 0;
    char known[ITD_SOURCE_FILES_MAX][ASSET_MAX], text[ASSET_MAX];
    itd_sv names[ITD_SOURCE_FILES_MAX];
    (void)dataset;
    ITD_TRY(itd_siblings_find(&beside, path, fits, arena, error));
    for (size_t i = 0; i < beside.count; i++) {
        itd_sv asset = asset_of(text, itd_sibling_name(beside.paths[i]));
        size_t at = 0;
        while (at < count && itd_sv_compare(names[at], asset) < 0)
            at++;
        if (at < count && itd_sv_equal(names[at], asset))
            continue;
        if (count == ITD_SOURCE_FILES_MAX)
            return itd_fail_at(error, ITD_ELIMIT, path, 0, ITD_NOWHERE,
                               "more than ITD_SOURCE_FILES_MAX (%d) files of addresses are in this folder",
                               ITD_SOURCE_FILES_MAX);
        memcpy(known[count], asset.data, asset.size);
        memmove(&names[at + 1], &names[at], (count - at) * sizeof names[0]);
        memmove(&source->paths[at + 1], &source->paths[at], (count - at) * sizeof source->paths[0]);
        names[at] = itd_sv_make(known[count++], asset.size);
        source->paths[at] = beside.paths[i];
    }
    return ITD_OK;
}

/* --- Addresses --- */

typedef struct reading {
    itd_read *read;
    itd_record *record;
    itd_input *input;
    itd_intern seen; /* "asset-address" */
    char text[ASSET_MAX];
    itd_sv asset;
    const struct asset *known; /* NULL: addresses of that asset are not checked */
    size_t unchecked;
    uint64_t done; /* bytes of the files before */
} reading;

typedef enum verdict {
    VERIFIED,
    ELSEWHERE, /* as an address of another asset */
    BROKEN,
    UNCHECKED,
} verdict;

static bool verifies(const char *kind, itd_sv address)
{
    itd_identifier found;
    return itd_identifier_parse(&found, kind, address.data, address.size, NULL) == ITD_OK;
}

/* `*kind` is what an address verifies as. */
static verdict check(const reading *r, itd_sv address, const char **kind)
{
    static const char *const all[] = {"btc", "eth", "trx", "ltc", "xmr"};
    if (!r->known)
        return UNCHECKED;
    for (size_t i = 0; i < 3 && r->known->kinds[i]; i++)
        if (verifies(r->known->kinds[i], address))
            return VERIFIED;
    for (size_t i = 0; i < sizeof open_forms / sizeof open_forms[0]; i++)
        if (itd_sv_is(r->asset, open_forms[i].asset) && !strchr(open_forms[i].checked, address.data[0]))
            return UNCHECKED;
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        if (verifies(*kind = all[i], address))
            return ELSEWHERE;
    return BROKEN;
}

/* The address itself: a key where nothing speaks against it, else a note. */
static void add_key(reading *r, itd_part wallet, itd_sv address)
{
    const char *kind = NULL;
    verdict is = check(r, address, &kind);
    itd_sv words[] = {ITD_SV("Address that does not verify"), address};
    r->unchecked += is == UNCHECKED;
    if (is == ELSEWHERE)
        itd_record_tell(r->record, "the address verifies as one of the kind \"%s\", not as one of %.*s", kind,
                        ITD_SV_ARG(r->asset));
    if (is != BROKEN) {
        itd_record_add(r->record, wallet, ITD_P_CryptoWallet_publicKey, address);
        return;
    }
    itd_record_tell(r->record, "the address does not verify and is kept as a note");
    itd_record_add(r->record, wallet, ITD_P_Thing_notes, itd_record_join(r->record, ": ", words, 2));
}

static itd_status add_address(reading *r, itd_sv address, itd_error *error)
{
    uint64_t line = itd_input_line_number(r->input), offset = itd_input_line_offset(r->input);
    char text[ASSET_MAX + 1 + ADDRESS_MAX];
    if (!is_address(address))
        return itd_record_reject(r->record, ITD_REJECT_RECORD, ITD_SV_NONE, line, offset, error,
                                 "not one word of at most %d letters and digits, as addresses are", ADDRESS_MAX);
    char *end = mempcpy(text, r->asset.data, r->asset.size);
    *end++ = '-';
    end = mempcpy(end, address.data, address.size);
    itd_sv key = itd_sv_make(text, (size_t)(end - text));
    size_t before = r->seen.count;
    if (itd_intern_add(&r->seen, key) == ITD_MAP_NONE)
        return itd_fail_memory(error);
    if (r->seen.count == before)
        return itd_record_reject(r->record, ITD_REJECT_RECORD, key, line, offset, error, "the address occurs twice");
    itd_record *record = r->record;
    itd_part wallet = itd_record_begin(record, key, false, ITD_S_CryptoWallet, line, offset);
    itd_record_at(record, line, offset, (uint32_t)address.size);
    add_key(r, wallet, address);
    itd_record_add(record, wallet, ITD_P_CryptoWallet_currencySymbol, r->asset);
    itd_record_add(record, wallet, ITD_P_Thing_topics, ITD_SV("sanction"));
    itd_part sanction = itd_record_part(record, ITD_S_Sanction, ITD_SV("sanction"));
    itd_record_link(record, sanction, ITD_P_Sanction_entity, wallet);
    itd_record_add(record, sanction, ITD_P_Sanction_authority, ITD_SV("Office of Foreign Assets Control"));
    return itd_record_commit(record, error);
}

static itd_status read_lines(reading *r, itd_error *error)
{
    for (;;) {
        itd_sv line;
        bool more = false;
        ITD_TRY(itd_input_line(r->input, &line, &more, 0, error));
        if (!more)
            return ITD_OK;
        if (itd_input_line_number(r->input) == 1 && itd_sv_starts(line, ITD_SV("\xEF\xBB\xBF")))
            line = itd_sv_slice(line, 3, SIZE_MAX);
        line = itd_sv_trim(line);
        if (line.size > 0)
            ITD_TRY(add_address(r, line, error));
    }
}

static void tell_unchecked(const reading *r)
{
    char text[96];
    if (r->unchecked == 0 || !r->read->note)
        return;
    (void)snprintf(text, sizeof text, "%zu address%s of %.*s taken as written: no check of that form is known",
                   r->unchecked, r->unchecked == 1 ? "" : "es", ITD_SV_ARG(r->asset));
    r->read->note(r->read->note_context, text);
}

static void tell_progress(reading *r)
{
    uint64_t done = 0, total = 0;
    itd_input_progress(r->input, &done, &total);
    r->done += done;
    if (r->read->progress)
        r->read->progress(r->read->progress_context, r->done, 0);
}

static itd_status read_file(reading *r, const char *path, itd_error *error)
{
    r->asset = asset_of(r->text, itd_sibling_name(path));
    if (r->asset.size == 0)
        return itd_fail_at(error, ITD_EFORMAT, path, 0, ITD_NOWHERE,
                           "the name does not tell the asset, as %sXBT%s does", stem, ending);
    r->known = NULL;
    r->unchecked = 0;
    for (size_t i = 0; i < sizeof assets / sizeof assets[0]; i++)
        if (itd_sv_is(r->asset, assets[i].name))
            r->known = &assets[i];
    ITD_TRY(itd_input_open(&r->input, path, error));
    itd_record_set_document(r->record, itd_document_of_path(path));
    itd_status status = read_lines(r, error);
    if (status != ITD_OK)
        itd_error_set_where(error, path);
    tell_progress(r);
    tell_unchecked(r);
    itd_input_close(r->input);
    return status;
}

static itd_status read_list(itd_read *read, itd_error *error)
{
    reading r = {.read = read};
    itd_intern_init(&r.seen, SIZE_MAX);
    itd_status status = itd_record_create(&r.record, read, itd_document_of_path(read->source->paths[0]), error);
    for (size_t i = 0; status == ITD_OK && i < ITD_SOURCE_FILES_MAX && read->source->paths[i]; i++)
        status = read_file(&r, read->source->paths[i], error);
    itd_intern_finish(&r.seen);
    itd_record_destroy(r.record);
    return status;
}

const itd_format itd_format_ofac_wallets = {
    .id = "ofac-wallets",
    .title = "OFAC's digital currency addresses, a text file an asset",
    .dataset = "us-ofac-wallets",
    .sniff = sniff,
    .gather = gather,
    .read = read_list,
};
