#!/usr/bin/env python3
"""Finds the wallet addresses that stand in the free text of lists with means of its own and holds them against the program.

usage: facts_wallets.py --program INTERDICT

Every word of every cell, attribute and text of OFAC's, the EU's and the UK's lists that has the form of an address is checked by
its checksum (hashlib and the permutation of Keccak, in expected_rejects.py). Each that verifies has to be a CryptoWallet of
the export, each CryptoWallet one of them; what has the form and fails has to be counted as "unverified", no more and no less.
The public files hold few: the same is done with an invented text that has addresses of each kind, good and broken, in the free
text of each kind of list. Ends with 77 when the files are not there; the invented ones are checked all the same.
"""
import json
import os
import re
import subprocess
import sys
import tempfile

from expected_rejects import VERIFIES
from facts import content, data, export

FILES = [f'lists/ofac/{name}' for name in ('sdn-2016-10-11/SDN.CSV', 'sdn-2021-07/sdn.csv.gz', 'sdn-2023-07/sdn.csv.gz',
                                           'cons-2016-09-16/cons_prim.csv', 'cons-2016-09-16/consolidated.xml',
                                           'cons-2016-09-16/cons_advanced.xml.gz', 'cons-2025-12-19/cons_prim.csv',
                                           'cons-2026-01-08/consolidated.xml', 'enhanced-irgc-2024-08-28/sdn_enhanced_irgc.xml.gz',
                                           'samples-xml/sdn_sample2.xml')]
FILES += [f'lists/uk/ConList_{day}' for day in ('2014-04-02.csv.gz', '2018-04-13.csv.gz', '2023-06-05.csv.gz', '2025-04-14.csv.gz')]
FILES += ['lists/eu/eu_fsf_1_1_sample_2020-04-15.xml', 'lists/eu/eu_fsf_csv-old-format_sample_2018-07-04.csv']
FILES += [f'lists/eu/journal/{name}' for name in ('consolidated_32014R0269.csv.gz', 'consolidated_32014R0833.csv',
                                                  'consolidated_32017R1509.csv', 'amendments_32026R1843.csv')]
# How an address of each kind starts, and how long it is.
FORMS = {'BTC': r'(?:[13][0-9A-Za-z]{25,34}|(?:bc1|BC1)[0-9A-Za-z]{11,87})', 'ETH': '0x[0-9A-Za-z]{40}', 'TRX': 'T[0-9A-Za-z]{33}',
         'LTC': r'(?:[LM][0-9A-Za-z]{25,34}|ltc1[0-9A-Za-z]{10,86})', 'XMR': r'(?:4[0-9A-Za-z]{94,105}|8[0-9A-Za-z]{94})'}


def looks(word):
    """What kind of address the word has the form of; base58 has small and large letters and digits."""
    for asset, form in FORMS.items():
        if re.fullmatch(form, word):
            mixed = all(re.search(kind, word) for kind in ('[0-9]', '[a-z]', '[A-Z]'))
            return asset if mixed or re.match('0x|bc1|BC1|ltc1', word) else ''
    return ''


def found_in(text):
    """(verified, broken) of the words that are not behind OFAC's label: that states the asset, and is checked elsewhere."""
    text = re.sub(r'Digital Currency Address - \w+ [0-9A-Za-z]+', '', text)
    good, bad = set(), set()
    for word in re.findall(r'[0-9A-Za-z\x80-\U0010ffff]{14,}', text):
        asset = looks(word)
        if asset:
            (good if VERIFIES[asset](word) else bad).add(word)
    return good, bad


def labelled(text):
    """(verified, broken, unchecked) of the addresses behind OFAC's label."""
    good, bad = set(), set()
    for asset, word in re.findall(r'Digital Currency Address - (\w+) ([0-9A-Za-z]+)', text):
        (good if VERIFIES.get(asset, lambda _: True)(word) else bad).add(word)
    return good, bad


def texts(path):
    """The whole of a set, remarks joined with their continuation, remarks cut by OFAC without their last piece."""
    raw = content(path)
    try:
        text = raw.decode('utf-8-sig')
    except UnicodeDecodeError:
        text = raw.decode('cp1252')
    if os.path.basename(path).lower().startswith(('sdn.csv', 'cons_prim.csv')):
        import csv
        folder, rest, out = os.path.dirname(path), {}, []
        for name in os.listdir(folder):
            if re.fullmatch(r'(sdn|cons)_comments\.csv', name.lower()):
                for row in csv.reader(content(os.path.join(folder, name)).decode().splitlines()):
                    if len(row) > 1:
                        rest[row[0]] = rest.get(row[0], '') + row[1]
        for row in csv.reader(text.splitlines()):
            if len(row) > 11:
                whole = row[11] + rest.get(row[0], '')
                cut = 998 <= len(whole) <= 1000 and not whole.endswith('.')
                out.append(' '.join(row[:11]) + ' ' + (whole.rpartition(';')[0] if cut else whole))
        text = '\n'.join(out)
    return text


def enhanced(text):
    """Features of the enhanced XML state type and value apart; what may be a type stands at its head too."""
    text = text[text.index('<entities>'):]
    return re.sub(r'<type[^>]*>(Digital Currency Address - \w+)</type>.*?<value>([^<]*)</value>', r'\1 \2', text, flags=re.S)


def said(program, path):
    entities = export(program, path)
    wallets = {value for e in entities.values() if e.schema == 'CryptoWallet' for value in e.value['publicKey']}
    run = subprocess.run([program, 'lists', 'stats', path, '--skip-bad', '--quiet', '--jsonl'], stdout=subprocess.PIPE,
                         stderr=subprocess.DEVNULL, text=True, check=False)
    return wallets, json.loads(run.stdout)['unverified']


def check(program, name, path):
    text = enhanced(texts(path)) if 'enhanced' in name else texts(path)
    good, bad = (free | behind for free, behind in zip(found_in(text), labelled(text)))
    wallets, unverified = said(program, path)
    for word in sorted(good ^ wallets):
        print(f'{name}: {"the program has no" if word in good else "the file has no verified"} wallet {word}', file=sys.stderr)
    if unverified != len(bad):
        print(f'{name}: {len(bad)} addresses do not verify, the program says {unverified}', file=sys.stderr)
    print(json.dumps({'file': name, 'wallets': len(good), 'unverified': len(bad)}))
    return good == wallets and unverified == len(bad)


# ---- invented lists ----

GOOD = ('1BoatSLRHtKNngkdXEeobR76b53LETtpyT', 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4', '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed')
BAD = ('1BoatSLRHtKNngkdXEeobR76b53LETtpyU', 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5', '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD')
TEXT = 'He was paid to ' + ' and '.join(GOOD) + ', and it is said to ' + ' or '.join(BAD) + '.'
OFAC_XML = ('<?xml version="1.0"?><sdnList xmlns="http://tempuri.org/sdnList.xsd"><publshInformation><Publish_Date>01/02/2026</Publish_Date>'
            '<Record_Count>1</Record_Count></publshInformation><sdnEntry><uid>7</uid><lastName>CLERK</lastName><sdnType>Individual</sdnType>'
            '<remarks>{}</remarks><programList><program>CYBER2</program></programList></sdnEntry></sdnList>')
CONLIST = ('Last Updated,01/02/2026\r\nName 6,Name 1,Name 2,Name 3,Name 4,Name 5,Title,DOB,Town of Birth,Country of Birth,Nationality,Passport '
           'Details,NI Number,Position,Address 1,Address 2,Address 3,Address 4,Address 5,Address 6,Post/Zip Code,Country,Other '
           'Information,Group Type,Alias Type,Regime,Listed On,Last Updated,Group ID\r\nCLERK' + ',' * 22 + '"{}",Individual,Prime '
           'Alias,Odd,01/02/2026,01/02/2026,7\r\n')
UKSL = ('<Designations><DateGenerated>02/10/2026</DateGenerated><Designation><UniqueID>XXX0001</UniqueID><Names><Name><Name6>CLERK</Name6>'
        '<NameType>Primary Name</NameType></Name></Names><RegimeName>Odd</RegimeName><IndividualEntityShip>Individual</IndividualEntityShip>'
        '<{0}>{1}</{0}></Designation></Designations>')
FSF = ('<export xmlns="http://eu.europa.ec/fpi/fsd/export" generationDate="2026-04-15T15:29:22.497+02:00"><sanctionEntity '
       'euReferenceNumber="EU.1.1" logicalId="1">{0}<regulation programme="ODD"/><subjectType code="person" classificationCode="P"/><nameAlias '
       'wholeName="Clerk" strong="true" logicalId="1">{1}</nameAlias></sanctionEntity></export>')
INVENTED = {
    'sdn.csv': f'7,"CLERK","individual","CYBER2",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"DOB 1 Jan 1970; {TEXT}"\r\n',
    'sdn.xml': OFAC_XML.format(TEXT),
    'ConList.csv': CONLIST.format(TEXT),
    'ConList behind a label.csv': CONLIST.format(f'(Email address):a@example.com He held {TEXT} (Gender):Male'),
    'ConList reasons.csv': CONLIST.format(f'(UK Statement of Reasons):{TEXT} (Gender):Male'),
    'UKSL other.xml': UKSL.format('OtherInformation', TEXT),
    'UKSL reasons.xml': UKSL.format('UKStatementofReasons', TEXT),
    'EU remark.xml': FSF.format(f'<remark>{TEXT}</remark>', ''),
    'EU remark of a name.xml': FSF.format('', f'<remark>{TEXT}</remark>'),
}


def check_invented(program):
    good = True
    for name, text in INVENTED.items():
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, name)
            with open(path, 'w', encoding='utf-8') as file:
                file.write(text)
            wallets, unverified = said(program, path)
            if wallets != set(GOOD) or unverified != len(BAD):
                print(f'invented {name}: wallets {sorted(wallets)}, {unverified} unverified', file=sys.stderr)
                good = False
    return good


def main(arguments):
    program = arguments[1]
    good = check_invented(program)
    paths = [(name, os.path.join(data(), name)) for name in FILES if os.path.exists(os.path.join(data(), name))]
    for name, path in paths:
        good &= check(program, name, path)
    sys.exit(not good if paths or not good else 77)


if __name__ == '__main__':
    main(sys.argv[1:])
