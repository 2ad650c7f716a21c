#include "read/json_walk.h"

static char next(itd_json_walk *w)
{
    char c = w->text.data[w->at++];
    w->line += c == '\n';
    return c;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

static void skip_blank(itd_json_walk *w)
{
    while (w->at < w->text.size && is_blank(w->text.data[w->at]))
        (void)next(w);
}

/* An item, up to the comma or bracket after it, which stand in no text and inside no other item. `*open` when the text
 * ends inside of it, or before it. */
static itd_sv item_of(itd_json_walk *w, bool *open)
{
    size_t start = w->at, depth = 0;
    bool quoted = false;
    while (w->at < w->text.size) {
        char c = w->text.data[w->at];
        if (quoted && c == '\\' && w->at + 1 < w->text.size)
            (void)next(w);
        else if (c == '"')
            quoted = !quoted;
        else if (!quoted && depth == 0 && (c == ',' || c == ']' || c == '}'))
            break;
        else if (!quoted && (c == '{' || c == '['))
            depth++;
        else if (!quoted && (c == '}' || c == ']'))
            depth--;
        (void)next(w);
    }
    *open = w->at >= w->text.size && (quoted || depth > 0 || w->at == start);
    return itd_sv_trim(itd_sv_slice(w->text, start, w->at - start));
}

/* Past the bracket that opens the array; true when an item follows. */
static bool enter(itd_json_walk *w, const char **reason)
{
    if (w->at == 0 && itd_sv_starts(w->text, ITD_SV("\xEF\xBB\xBF")))
        w->at = 3;
    skip_blank(w);
    if (w->at >= w->text.size || w->text.data[w->at] != '[') {
        *reason = "not a JSON array";
        return false;
    }
    (void)next(w);
    w->inside = true;
    skip_blank(w);
    return w->at >= w->text.size || w->text.data[w->at] != ']';
}

/* Past what stands after an item; true when another one follows. */
static bool pass(itd_json_walk *w, const char **reason)
{
    if (w->at >= w->text.size)
        *reason = "the array is cut off";
    else if (w->text.data[w->at] == '}')
        *reason = "a bracket that closes nothing";
    else
        return w->text.data[w->at] == ',' && next(w) == ',';
    return false;
}

bool itd_json_walk_next(itd_json_walk *w, itd_sv *item, uint64_t *line, uint64_t *offset, const char **reason)
{
    *reason = NULL;
    if (w->ended)
        return false;
    if (w->inside ? pass(w, reason) : enter(w, reason)) {
        bool open = false;
        skip_blank(w);
        *line = w->line;
        *offset = w->at;
        *item = item_of(w, &open);
        if (!open)
            return true;
        *reason = "the array is cut off";
    }
    w->ended = true;
    if (*reason)
        return false;
    (void)next(w);
    skip_blank(w);
    if (w->at < w->text.size)
        *reason = "text after the end of the array";
    return false;
}
