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

bool itd_one_slip(itd_sv a, itd_sv b)
{
    size_t longer = a.size > b.size ? a.size : b.size, shorter = a.size + b.size - longer, front = 0, back = 0;
    if (longer - shorter > 1)
        return false;
    while (front < shorter && a.data[front] == b.data[front])
        front++;
    while (back < shorter - front && a.data[a.size - 1 - back] == b.data[b.size - 1 - back])
        back++;
    size_t left = longer - front - back;
    return left <= 1 ||
           (left == 2 && a.size == b.size && a.data[front] == b.data[front + 1] && a.data[front + 1] == b.data[front]);
}
