#include "text/distance.h"

#include <string.h>

void itd_pattern_init(itd_pattern *pattern, itd_sv word)
{
    memset(pattern->at, 0, sizeof pattern->at);
    pattern->size = word.size < ITD_DISTANCE_MAX ? (unsigned)word.size : ITD_DISTANCE_MAX;
    for (unsigned i = 0; i < pattern->size; i++)
        pattern->at[(unsigned char)word.data[i] & 127] |= (uint64_t)1 << i;
}

unsigned itd_levenshtein(const itd_pattern *pattern, itd_sv word)
{
    size_t size = word.size < ITD_DISTANCE_MAX ? word.size : ITD_DISTANCE_MAX;
    if (pattern->size == 0)
        return (unsigned)size;
    uint64_t up = ~(uint64_t)0, down = 0, last = (uint64_t)1 << (pattern->size - 1);
    unsigned distance = pattern->size;
    for (size_t i = 0; i < size; i++) {
        uint64_t equal = pattern->at[(unsigned char)word.data[i] & 127];
        uint64_t diagonal = (((equal & up) + up) ^ up) | equal | down;
        uint64_t right_up = down | ~(diagonal | up), right_down = up & diagonal;
        distance += (right_up & last) != 0;
        distance -= (right_down & last) != 0;
        right_up = (right_up << 1) | 1;
        right_down <<= 1;
        up = right_down | ~(diagonal | right_up);
        down = right_up & diagonal;
    }
    return distance;
}
