#ifndef ITD_BASE_DATE_H
#define ITD_BASE_DATE_H

#include "base/sv.h"

/** A calendar date that keeps its precision: month 0 means only the year is known, day 0 only year and month. Proleptic
 * Gregorian. */
typedef struct itd_date {
    int16_t year; /**< 1 … 9999; 0: no date */
    uint8_t month, day;
} itd_date;

/** Longest text of a date with its NUL: "YYYY-MM-DD". */
#define ITD_DATE_TEXT_MAX 11

/** FollowTheMoney dates: YYYY, YYYY-MM, YYYY-MM-DD, the last also with a time after T or a blank. False when it is none
 * or no real day. */
bool itd_date_parse(itd_date *out, itd_sv text);
/** As lists write them: "27 Mar 1964", "Mar 1964", "1964", "March 27, 1964"; month names in English. */
bool itd_date_parse_english(itd_date *out, itd_sv text);
/** day/month/year with 00 or letters for unknown parts, as the UK writes them: "00/00/1964", "dd/mm/1964". */
bool itd_date_parse_day_first(itd_date *out, itd_sv text);
/** month/day/year, as the US publishes: "07/16/2014". */
bool itd_date_parse_month_first(itd_date *out, itd_sv text);
/** ISO form at its precision; `out` has ITD_DATE_TEXT_MAX bytes. */
itd_sv itd_date_format(char *out, itd_date date);
bool itd_date_is_valid(itd_date date);
/** Earliest and latest day that the date can mean, as days since 1970-01-01. */
void itd_date_span(int32_t *first_day, int32_t *last_day, itd_date date);
/** The date of a day, counted as itd_date_span does; years 1 … 9999. */
itd_date itd_date_of_day(int32_t day);
/** Microseconds since 1970-01-01 UTC of "YYYY-MM-DDTHH:MM:SS[.ffffff][Z|±HH:MM]" (a bare date is midnight). */
bool itd_time_parse(int64_t *out_us, itd_sv text);
/** Longest text of a time with its NUL: "YYYY-MM-DDTHH:MM:SS.ffffffZ". */
#define ITD_TIME_TEXT_MAX 28
/** The reverse, in UTC; a fraction only when there is one. Years 1 … 9999; a time outside gives an empty text. `out`
 * has ITD_TIME_TEXT_MAX bytes. */
itd_sv itd_time_format(char *out, int64_t time_us);

#endif
