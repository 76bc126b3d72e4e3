"""What docs/performance.md promises, measured against what others would have written.

Each script runs alone (`python -m bench.b3_actions`) or with all the others (`make bench`). It runs
all of its arms in turn, each in a fresh process, in the other order every second round, and gives
the median of what the rounds' ratios were: the machine's noise falls on all arms alike. Only
loopback is used.
"""
