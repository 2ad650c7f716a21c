#include "match/internal.h"

/* Names of organisations by the letters that their words begin with: "Korea National Insurance Corporation" is KNIC. */

/* Legal forms that are a word which an acronym may have a letter of. */
static bool has_letter(const itd_named_token *token)
{
    static const char *const words[] = {"company", "corporation", "corp", "commission", "cooperative", "compania"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (itd_sv_equal(token->text, itd_sv_of(words[i])))
            return true;
    return false;
}

size_t itd_acronym(char *out, const itd_named_token *tokens, size_t count, bool whole)
{
    size_t size = 0;
    bool form = false;
    for (size_t i = 0; i < count; i++) {
        const itd_named_token *token = &tokens[i];
        if (token->class_ == ITD_TOKEN_PARTICLE)
            continue;
        if (token->class_ == ITD_TOKEN_LEGAL_FORM) {
            if (!has_letter(token))
                continue;
            form = true;
            if (!whole)
                continue;
        }
        if (token->class_ == ITD_TOKEN_NUMBER || token->mark || token->text.size < 2 || size == ITD_ACRONYM_MAX)
            return 0;
        out[size++] = token->text.data[0];
    }
    return size < ITD_ACRONYM_MIN || (whole && !form) ? 0 : size;
}
