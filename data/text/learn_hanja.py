#!/usr/bin/env python3
"""Learns the Mandarin readings of Korean syllables in names of people. Usage: learn_hanja.py FOLDER >hangul_pinyin.tsv

FOLDER holds names in Latin and Hangul as mined from Wikidata (CC0; NETransliteration-COLING2018); half of them, by a hash,
is left for measuring. A name in Latin counts when it is pinyin and each of its syllables is a Mandarin reading of some
character that Korean reads as the syllable at its place (hanja.tsv, pinyin.tsv). Standard library only.
"""
import collections
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
exec(open(os.path.join(HERE, 'compile.py'), encoding='utf-8').read().split('\ndef fold')[0])  # korean_variants
exec(open(os.path.join(HERE, 'learn_sounds.py'), encoding='utf-8').read().split('\ndef readings')[0])  # lines, latin, half
# The South leaves out or changes the r and n that a word begins with.
SOUTH = dict(p.split(':') for p in '이:리 유:류 임:림 노:로 나:라 양:량 여:려 연:련 염:렴 육:륙 용:룡 누:루 낙:락 난:란 남:람 역:력 열:렬 '
             '영:령 예:례 요:료 윤:륜 율:률 능:릉 인:린 입:립 녹:록 논:론 내:래 뇌:뢰'.split(' '))
LEAST = 2
# Syllables of Koreans' given names by the character that most have (own list), and family names that tell a Korean.
KOREAN = dict(p.split(':') for p in '정:zheng 은:en 일:ri 성:cheng 숙:shu 순:shun 옥:yu 혁:he 현:xian 남:nan 희:xi 동:dong 미:mei 수:xiu '
              '철:zhe 호:hao 영:ying 주:zhu 진:zhen 민:min 국:guo 명:ming 광:guang 용:long 룡:long 춘:chun 해:hai 경:jing 선:shan '
              '준:jun 상:xiang 재:zai 우:yu 훈:xun 승:cheng 원:yuan 태:tai 규:kui 기:ji 병:bing 종:zhong 길:ji 만:wan 봉:feng 학:he '
              '복:fu 홍:hong 화:hua 연:yan 지:zhi 혜:hui 여:ru 설:xue 송:song 금:jin 강:gang 덕:de 석:shi 식:zhi 창:chang 근:gen 인:ren '
              '익:yi 관:guan 범:fan 환:huan 섭:xie 택:ze 평:ping 충:zhong 천:tian 두:dou 도:dao 대:da 문:wen 무:wu'.split(' '))
KOREANS = set('김박최권리윤배안강량림류로려황홍허표태천지변')
PAIRS = '제갈:zhuge 사마:sima 구양:ouyang 하후:xiahou 모용:murong 황보:huangfu 상관:shangguan 공손:gongsun 우문:yuwen 장손:zhangsun'


def table(name):
    for line in open(os.path.join(HERE, name), encoding='utf-8'):
        if line[0] != '#':
            yield line.rstrip('\n').split('\t')


def main():
    pinyin = {c: s for s, characters in table('pinyin.tsv') for c in characters}
    readings = collections.defaultdict(collections.Counter)
    for syllable, characters in table('hanja.tsv'):
        for place, c in enumerate(characters):
            if c in pinyin:
                readings[syllable][pinyin[c]] += 1
    for south, north in SOUTH.items():
        readings[south].update(readings.get(north, ()))
    syllables = set(pinyin.values())
    family, given = collections.defaultdict(collections.Counter), collections.defaultdict(collections.Counter)
    for row in lines(os.path.join(sys.argv[1], 'wd_korean.tsv')):
        if len(row) != 2 or half(row[0]) or ' ' in row[1]:
            continue
        words = [latin(w) for w in row[0].split(' ')]
        if len(words) != 2 or len(row[1]) not in (2, 3):
            continue
        name = words[1]
        cuts = [(name,)] if len(row[1]) == 2 else [(name[:i], name[i:]) for i in range(1, len(name))]
        for cut in cuts:
            found = (words[0],) + cut
            korean = all(p in korean_variants(h) for p, h in zip(found, row[1]))  # and no Chinese name at all
            if not korean and all(p in syllables and p in readings.get(h, ()) for p, h in zip(found, row[1])):
                family[row[1][0]][found[0]] += 1
                for h, p in zip(row[1][1:], found[1:]):
                    given[h][p] += 1
                break
    print('# Korean syllables of names as Mandarin reads the characters that they are written with: syllable<TAB>in family names')
    print('# <TAB>in given names<TAB>in given names of Koreans; a star where the family name is likelier one of a Korean. The commonest reading, for Hangul does not tell which character it is.')
    print('# Source: learn_hanja.py over names of people mined from Wikidata (CC0; NETransliteration-COLING2018), else the reading')
    print('# of most characters in hanja.tsv.')
    for h in sorted(readings):
        best = []
        for counts in (family[h], given[h]):
            both = counts if sum(counts.values()) >= LEAST else counts + given[h] + family[h]
            ranked = sorted(both.items(), key=lambda x: (-x[1], x[0])) or sorted(readings[h].items(), key=lambda x: (-x[1], x[0]))
            best.append(ranked[0][0])
        print('\t'.join([h, best[0] + '*' * (h in KOREANS), best[1], KOREAN.get(h, best[1])]))
    for pair in PAIRS.split(' '):
        print('\t'.join(pair.split(':')))


main()
