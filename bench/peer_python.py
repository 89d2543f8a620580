"""Calls PyPI msdrg's Python grouper once a claim and prints "group<TAB>claims<TAB>CPU seconds".

    peer_python.py CLAIMS

CLAIMS holds one JSON claim a line in msdrg's own layout; they are parsed before the clock starts.
"""

import json
import sys
import time

import msdrg


def main() -> None:
    with open(sys.argv[1], encoding="utf-8") as file:
        claims = [json.loads(line) for line in file]
    with msdrg.MsdrgGrouper() as grouper:
        for claim in claims[:1000]:  # warm up
            grouper.group(claim)
        start = time.process_time()
        for claim in claims:
            grouper.group(claim)
        print(f"group\t{len(claims)}\t{time.process_time() - start:.6f}")


main()
