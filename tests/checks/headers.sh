#!/bin/sh
# Every public header compiles alone, strictly, as C17 and as C++17. Prints TAP.
set -u
cd "$(dirname "$0")/../.." || exit 1
number=0
failures=0
for header in include/interdict/*.h; do
    for way in 'cc -x c -std=c17' 'c++ -x c++ -std=c++17'; do
        number=$((number + 1))
        # shellcheck disable=SC2086  # a compiler and its flags
        if said=$(echo "#include \"interdict/${header##*/}\"" |
            $way -Iinclude -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror -fsyntax-only - 2>&1); then
            echo "ok $number - ${header##*/} by ${way%% *}"
        else
            failures=$((failures + 1))
            echo "not ok $number - ${header##*/} by ${way%% *}"
            echo "$said" | sed 's/^/#   /'
        fi
    done
done
echo "1..$number"
[ "$number" -gt 0 ] && [ "$failures" = 0 ]
