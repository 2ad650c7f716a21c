#!/usr/bin/env python3
"""Writes an invented list of COUNT entities, about ten statements each, the same every time.

    generate.py COUNT [--changed SHARE_PPM] >LIST.ftm.json

With --changed that many of a million entities say something else in one of their values, as a list does from one day to the next.
"""
import argparse
import random
import sys

HEADS = "Bal Cor Del Fen Gar Hal Jor Kel Lor Mar Nor Pel Quor Ral Sel Tor Ul Ven Wes Yar Zel".split()
MIDDLES = "a e i o u ar en il os un".split()
TAILS = "dan dor gan kov lan mir nak rin sek tan vik zar".split()
COUNTRIES = "bg cn cy ir kp lb mt ru sy tr ve ye".split()


def word(number):
    return HEADS[number % 21] + MIDDLES[number // 21 % 10] + TAILS[number // 210 % 12]


def main():
    options = argparse.ArgumentParser()
    options.add_argument("count", type=int)
    options.add_argument("--changed", type=int, default=0)
    options = options.parse_args()
    dice, changes = random.Random(10), random.Random(11)
    lines = []
    for i in range(options.count):
        a, b, c = dice.randrange(2520), dice.randrange(2520), dice.randrange(2520)
        name = "%s %s %s" % (word(a), word(b), word(c))
        year = 1930 + dice.randrange(75)
        note = "edition 2" if changes.randrange(1000000) < options.changed else "edition 1"
        lines.append('{"id":"gen-%d","schema":"Person","datasets":["generated"],"properties":{"name":["%s"],"alias":["%s, %s %s","%s %s"],'
                     '"birthDate":["%d-%02d-%02d"],"nationality":["%s"],"passportNumber":["P%08d"],"address":["%d %s Street, %s"],'
                     '"topics":["sanction"],"notes":["Entry %d, %s"]}}\n' % (
                         i, name, word(c), word(a), word(b), word(a), word(c), year, 1 + c % 12, 1 + b % 28, COUNTRIES[a % 12],
                         dice.randrange(10 ** 8), 1 + b % 300, word(c), word(a), i, note))
        if len(lines) == 5000:
            sys.stdout.write("".join(lines))
            lines.clear()
    sys.stdout.write("".join(lines))


if __name__ == "__main__":
    main()
