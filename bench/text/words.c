/* Shows what becomes of names: a line of standard input each, its readings parted by " | ", the words of one by a
 * blank, those of scripts that write sounds otherwise than Latin with their mark first. */
#include <stdio.h>
#include <stdlib.h>

#include "match/internal.h"

int main(void)
{
    itd_error error;
    itd_matcher *matcher;
    if (itd_matcher_create(&matcher, &error) != ITD_OK)
        return 1;
    char *line = NULL;
    size_t capacity = 0;
    ssize_t size;
    while ((size = getline(&line, &capacity, stdin)) > 0) {
        itd_sv name = {line, (size_t)size - (line[size - 1] == '\n')};
        unsigned readings = itd_text_readings(name);
        for (int reading = 0; reading < ITD_READINGS; reading++) {
            itd_named_token tokens[ITD_MATCH_TOKENS_MAX];
            size_t count;
            uint8_t flags;
            if (!(readings >> reading & 1))
                continue;
            if (itd_name_tokens(tokens, &count, &flags, matcher, name, (itd_reading)reading, &error) != ITD_OK)
                return 1;
            printf("%s", reading ? " | " : "");
            for (size_t i = 0; i < count; i++)
                printf("%s%.*s%.*s", i ? " " : "", tokens[i].mark != 0, &tokens[i].mark, ITD_SV_ARG(tokens[i].text));
        }
        putchar('\n');
    }
    free(line);
    itd_matcher_destroy(matcher);
    return 0;
}
