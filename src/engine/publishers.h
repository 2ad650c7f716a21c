#ifndef ITD_ENGINE_PUBLISHERS_H
#define ITD_ENGINE_PUBLISHERS_H

#include "interdict/lists.h"

/* Made from data/publishers.tsv. */
extern const itd_publisher itd_publishers[];
extern const size_t itd_publisher_count;

#endif
