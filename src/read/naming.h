#ifndef ITD_READ_NAMING_H
#define ITD_READ_NAMING_H

#include "base/sv.h"

/** The file's name without its folders: what statements carry as their document. Borrowed from `path`. */
const char *itd_document_of_path(const char *path);
/** The dataset that a file stands for when nothing else names one: its name without folders and endings that say how it
 * is written ("x.ftm.json.gz" and "x.csv" → "x"). Borrowed from `path`; never empty unless the path is. */
itd_sv itd_dataset_of_path(const char *path);

#endif
