"""kill -9 in a stream of messages, and power that fails: nothing acknowledged may be lost, nothing may happen twice.

    python -m tests.torture --kills 1000      the real program, killed at random and at named points
    python -m tests.torture --cuts 1000       its file and write-ahead log as a power failure would leave them

Read in this order: `child` (the program with a trap in it), `nursery` (starting and killing it), `branch` (whom it serves), `witness`
(the platform), `crowd` (what people do), `expected` (what they may expect of it), `secretary` (who decides what is in doubt), `campaign`
(life after life), `comparison` (what was promised against what is there).
"""
