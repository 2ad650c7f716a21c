#include "read/jp_text.h"

/* Sources of the names: the Ministry of Foreign Affairs' list of countries, short forms and the official ones that
 * Japan's lists use. */
static const char *const countries[][2] = {
    {"アフガニスタン", "af"},
    {"アラブ首長国連邦", "ae"},
    {"アルジェリア", "dz"},
    {"アメリカ", "us"},
    {"米国", "us"},
    {"イエメン", "ye"},
    {"英国", "gb"},
    {"イスラエル", "il"},
    {"イタリア", "it"},
    {"イラク", "iq"},
    {"イラン", "ir"},
    {"インド", "in"},
    {"インドネシア", "id"},
    {"ウガンダ", "ug"},
    {"ウクライナ", "ua"},
    {"ウズベキスタン", "uz"},
    {"エジプト", "eg"},
    {"エチオピア", "et"},
    {"エリトリア", "er"},
    {"オマーン", "om"},
    {"オランダ", "nl"},
    {"カザフスタン", "kz"},
    {"カタール", "qa"},
    {"カンボジア", "kh"},
    {"ギニア", "gn"},
    {"ギニアビサウ", "gw"},
    {"キプロス", "cy"},
    {"キューバ", "cu"},
    {"クウェート", "kw"},
    {"コンゴ民主共和国", "cd"},
    {"サウジアラビア", "sa"},
    {"シエラレオネ", "sl"},
    {"シリア", "sy"},
    {"シンガポール", "sg"},
    {"スイス", "ch"},
    {"スーダン", "sd"},
    {"スペイン", "es"},
    {"ソマリア", "so"},
    {"タイ", "th"},
    {"タジキスタン", "tj"},
    {"タンザニア", "tz"},
    {"チュニジア", "tn"},
    {"ドイツ", "de"},
    {"トルコ", "tr"},
    {"トルクメニスタン", "tm"},
    {"ナミビア", "na"},
    {"パキスタン", "pk"},
    {"パナマ", "pa"},
    {"パレスチナ", "ps"},
    {"バーレーン", "bh"},
    {"フィリピン", "ph"},
    {"フランス", "fr"},
    {"ベトナム", "vn"},
    {"ベラルーシ", "by"},
    {"ベルギー", "be"},
    {"マーシャル諸島", "mh"},
    {"マレーシア", "my"},
    {"マリ", "ml"},
    {"ミャンマー", "mm"},
    {"モザンビーク", "mz"},
    {"モロッコ", "ma"},
    {"モンゴル", "mn"},
    {"ヨルダン", "jo"},
    {"ラオス", "la"},
    {"リビア", "ly"},
    {"リベリア", "lr"},
    {"ルワンダ", "rw"},
    {"レバノン", "lb"},
    {"ロシア", "ru"},
    {"ロシア連邦", "ru"},
    {"韓国", "kr"},
    {"大韓民国", "kr"},
    {"香港", "hk"},
    {"香港特別行政区", "hk"},
    {"中華人民共和国", "cn"},
    {"中華人民共和国香港特別行政区", "hk"},
    {"中国", "cn"},
    {"台湾", "tw"},
    {"中央アフリカ", "cf"},
    {"朝鮮民主主義人民共和国", "kp"},
    {"南アフリカ", "za"},
    {"南スーダン", "ss"},
    {"日本", "jp"},
    {"北朝鮮", "kp"},
};

const char *itd_jp_country(itd_sv text, size_t *size)
{
    const char *code = NULL;
    *size = 0;
    for (size_t i = 0; i < sizeof countries / sizeof countries[0]; i++) {
        itd_sv name = itd_sv_of(countries[i][0]);
        if (name.size > *size && itd_sv_starts(text, name)) {
            code = countries[i][1];
            *size = name.size;
        }
    }
    return code;
}

/* --- Dates --- */

/* Digits at the start, up to `max` of them; 0 when there is none. */
static unsigned number_of(itd_sv *rest, size_t max)
{
    unsigned number = 0;
    size_t size = 0;
    while (size < rest->size && size < max && rest->data[size] >= '0' && rest->data[size] <= '9')
        number = number * 10 + (unsigned)(rest->data[size++] - '0');
    *rest = itd_sv_slice(*rest, size, SIZE_MAX);
    return number;
}

static bool skip(itd_sv *rest, const char *mark)
{
    if (!itd_sv_starts(*rest, itd_sv_of(mark)))
        return false;
    *rest = itd_sv_slice(*rest, strlen(mark), SIZE_MAX);
    return true;
}

bool itd_jp_date(itd_date *out, itd_sv text)
{
    itd_sv rest = itd_sv_trim(text);
    if (itd_date_parse(out, rest))
        return true;
    itd_date date = {0};
    unsigned year = number_of(&rest, 4);
    bool words = skip(&rest, "年");
    if (year < 1000 || (!words && !skip(&rest, ".")))
        return false;
    unsigned month = number_of(&rest, 2), day = 0;
    if (month > 0 && skip(&rest, words ? "月" : ".")) {
        day = number_of(&rest, 2);
        if (day > 0 && words && !skip(&rest, "日"))
            return false;
    } else if (month > 0) {
        return false;
    }
    if (!words && day == 0)
        return false;
    date = (itd_date){(int16_t)year, (uint8_t)month, (uint8_t)day};
    if (!itd_date_is_valid(date) || (rest.size > 0 && !itd_sv_is(rest, "改訂")))
        return false;
    *out = date;
    return true;
}

/* --- Scripts --- */

static bool is_wide(char c)
{
    return ((unsigned char)c & 0x80) != 0;
}

bool itd_jp_two_names(itd_sv *first, itd_sv *second, itd_sv text)
{
    text = itd_sv_trim(text);
    size_t open = text.size, size = text.size;
    if (!itd_sv_ends(text, ITD_SV(")")))
        return false;
    for (size_t depth = 0; open > 0; open--) { /* the one that the last closes */
        depth += text.data[open - 1] == ')';
        if (text.data[open - 1] == '(' && --depth == 0)
            break;
    }
    if (open < 3)
        return false;
    itd_sv inside = itd_sv_trim(itd_sv_slice(text, open, size - open - 1));
    itd_sv before = itd_sv_trim(itd_sv_slice(text, 0, open - 1));
    size_t wide = 0;
    for (size_t i = 0; i < before.size; i++)
        if (is_wide(before.data[i]))
            return false;
    for (size_t i = 0; i < inside.size; i++)
        wide += is_wide(inside.data[i]);
    /* three bytes a character: a word of Latin letters among them makes it something else */
    if (before.size == 0 || wide < 6 || 2 * wide < inside.size)
        return false;
    *first = before;
    *second = inside;
    return true;
}

/* U+3041 to U+30FF are E3 81 81 to E3 83 BF. */
bool itd_jp_is_kana(itd_sv text)
{
    for (size_t i = 0; i + 2 < text.size; i++) {
        unsigned char second = (unsigned char)text.data[i + 1];
        if ((unsigned char)text.data[i] == 0xE3 && second >= 0x81 && second <= 0x83)
            return true;
    }
    return false;
}

static itd_sv trim_wide(itd_sv text)
{
    static const char blank[] = "　"; /* U+3000 */
    for (;;) {
        text = itd_sv_trim(text);
        if (itd_sv_starts(text, itd_sv_of(blank)))
            text = itd_sv_slice(text, sizeof blank - 1, SIZE_MAX);
        else if (itd_sv_ends(text, itd_sv_of(blank)))
            text.size -= sizeof blank - 1;
        else
            return text;
    }
}

bool itd_jp_piece(itd_sv *piece, itd_sv *rest, const char *const *separators)
{
    while (rest->size > 0) {
        size_t at = rest->size, skipped = 0;
        for (const char *const *s = separators; *s; s++) {
            size_t found = itd_sv_find(*rest, itd_sv_of(*s), 0);
            if (found < at) {
                at = found;
                skipped = strlen(*s);
            }
        }
        *piece = trim_wide(itd_sv_slice(*rest, 0, at));
        *rest = itd_sv_slice(*rest, at + skipped, SIZE_MAX);
        if (piece->size > 0)
            return true;
    }
    return false;
}
