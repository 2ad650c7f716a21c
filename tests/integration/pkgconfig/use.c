/* A program of a stranger: the library's name and flags come from pkg-config alone. */
#include <interdict/interdict.h>
#include <stdio.h>

int main(int argc, char **argv)
{
    itd_identifier id;
    itd_error error;
    const char *text = argc > 1 ? argv[1] : "";
    size_t size = 0;
    while (text[size])
        size++;
    if (itd_identifier_parse(&id, "imo-ship", text, size, &error) != ITD_OK)
        return printf("%s: %s\n", itd_status_name(error.status), error.message) < 0 ? 3 : 1;
    return puts(id.value) < 0 ? 3 : 0;
}
