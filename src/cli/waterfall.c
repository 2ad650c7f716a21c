#include "cli/waterfall.h"

#include <string.h>

#include "cli/display.h"
#include "cli/output.h"

#define FEATURE_WIDTH_MAX 20

static size_t cell_of(int64_t micro, int64_t top, size_t width)
{
    if (micro <= 0)
        return 0;
    if (micro >= top)
        return width;
    return (size_t)((micro * (int64_t)width * 2 + top) / (top * 2)); /* to the nearest */
}

void itd_cli_bar(itd_cli_text *out, int64_t before, int64_t after, int64_t top, size_t width, bool unicode, bool pad)
{
    bool up = after >= before;
    size_t low = cell_of(up ? before : after, top, width), high = cell_of(up ? after : before, top, width);
    if (low == high && before != after) {
        if (low == 0 || (up && high < width))
            high++;
        else
            low--;
    }
    itd_cli_text_repeat(out, " ", low);
    if (unicode)
        itd_cli_text_repeat(out, up ? "\xE2\x96\x88" : "\xE2\x96\x91", high - low);
    else
        itd_cli_text_repeat(out, up ? "#" : "-", high - low);
    if (pad)
        itd_cli_text_repeat(out, " ", width - high);
}

int itd_cli_places(const itd_contribution *contributions, size_t count)
{
    int places = 2;
    for (size_t i = 0; i < count; i++)
        for (int32_t unit = 10000, p = 2; unit >= 1; unit /= 10, p++)
            if (contributions[i].micro % unit == 0) {
                places = p > places ? p : places;
                break;
            }
    return places;
}

/* Signed number, right-aligned: sign, one digit, point, places. */
static void number(itd_cli_text *out, const itd_cli_terminal *terminal, int32_t micro, int places, const char *sign)
{
    itd_cli_text_puts(out, micro >= 0 ? sign : terminal->unicode ? "\xE2\x88\x92" : "-");
    itd_cli_decimal(out, micro, places);
}

static bool same(itd_sv a, itd_sv b)
{
    return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

/* The values that a line above already shows are not said again: the parts of a name's score all have both names. */
static bool shown_above(const itd_contribution *contributions, size_t at)
{
    return at > 0 && same(contributions[at].left, contributions[at - 1].left) &&
           same(contributions[at].right, contributions[at - 1].right);
}

static void values(itd_cli_text *out, const itd_contribution *c, size_t width)
{
    itd_cli_text clean = {0};
    itd_cli_clean(&clean, c->left);
    if (c->right.size > 0 && !same(c->left, c->right)) {
        if (c->left.size > 0)
            itd_cli_text_puts(&clean, "  ~  ");
        itd_cli_clean(&clean, c->right);
    }
    itd_cli_cut(out, (itd_sv){itd_cli_text_string(&clean), clean.size}, width);
    out->failed |= clean.failed;
    itd_cli_text_free(&clean);
}

void itd_cli_waterfall(itd_cli_text *out, const itd_cli_terminal *terminal, const itd_contribution *contributions,
                       size_t count, int32_t score_micro, size_t indent)
{
    size_t feature_width = strlen("score");
    int64_t sum = 0, top = 1000000;
    for (size_t i = 0; i < count; i++) {
        size_t wide = strlen(contributions[i].feature);
        feature_width = wide > feature_width ? wide : feature_width;
        sum += contributions[i].micro;
        top = sum > top ? sum : top;
    }
    if (feature_width > FEATURE_WIDTH_MAX)
        feature_width = FEATURE_WIDTH_MAX;
    int places = itd_cli_places(contributions, count);
    size_t used = indent + feature_width + 2 + ITD_CLI_BAR_WIDTH + 2 + 3 + (size_t)places + 2;
    sum = 0;
    for (size_t i = 0; i < count; i++) {
        const itd_contribution *c = &contributions[i];
        itd_cli_style style = c->micro < 0 ? ITD_CLI_DOWN : ITD_CLI_UP;
        itd_cli_text_repeat(out, " ", indent);
        itd_cli_text_printf(out, "%-*.*s  ", (int)feature_width, (int)feature_width, c->feature);
        itd_cli_style_on(out, terminal, style);
        itd_cli_bar(out, sum, sum + c->micro, top, ITD_CLI_BAR_WIDTH, terminal->unicode, true);
        itd_cli_style_off(out, terminal, style);
        itd_cli_text_puts(out, "  ");
        number(out, terminal, c->micro, places, c->micro == 0 ? " " : "+");
        bool any = c->left.size > 0 || c->right.size > 0;
        if (any && !shown_above(contributions, i) && terminal->width > used + 8) {
            itd_cli_text_puts(out, "  ");
            values(out, c, terminal->width - used);
        }
        itd_cli_text_puts(out, "\n");
        sum += c->micro;
    }
    if (count < 2) /* one step is the score */
        return;
    itd_cli_text_repeat(out, " ", indent);
    itd_cli_text_printf(out, "%-*s  ", (int)feature_width, "score");
    itd_cli_bar(out, 0, score_micro, top, ITD_CLI_BAR_WIDTH, terminal->unicode, true);
    itd_cli_text_puts(out, "  ");
    number(out, terminal, score_micro, places, "=");
    itd_cli_text_puts(out, "\n");
}
