/* The publishers that are known: the table is data. */
#include "engine/publishers.h"

#include <string.h>

const itd_publisher *itd_publisher_at(size_t index)
{
    return index < itd_publisher_count ? &itd_publishers[index] : NULL;
}

const itd_publisher *itd_publisher_find(const char *dataset)
{
    for (size_t i = 0; i < itd_publisher_count; i++)
        if (strcmp(itd_publishers[i].dataset, dataset) == 0)
            return &itd_publishers[i];
    return NULL;
}
