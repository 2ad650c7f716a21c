#include "read/naming.h"

const char *itd_document_of_path(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

itd_sv itd_dataset_of_path(const char *path)
{
    static const itd_sv endings[] = {
        ITD_SV(".gz"),
        ITD_SV(".zst"),
        ITD_SV(".json"),
        ITD_SV(".ijson"),
        ITD_SV(".jsonl"),
        ITD_SV(".ndjson"),
        ITD_SV(".csv"),
        ITD_SV(".tsv"),
        ITD_SV(".txt"),
        ITD_SV(".ftm"),
        ITD_SV(".statements"),
        ITD_SV(".psv"),
        ITD_SV(".xml"),
        ITD_SV(".tab"),
        ITD_SV(".ftmj"),
        ITD_SV(".entities"),
        ITD_SV(".targets.simple"),
        ITD_SV(".targets.nested"),
    };
    itd_sv name = itd_sv_of(itd_document_of_path(path));
    for (size_t i = 0; i < sizeof endings / sizeof endings[0];) {
        itd_sv end = endings[i];
        if (name.size > end.size && itd_sv_equal_nocase(itd_sv_slice(name, name.size - end.size, end.size), end)) {
            name.size -= end.size;
            i = 0;
        } else {
            i++;
        }
    }
    return name;
}
