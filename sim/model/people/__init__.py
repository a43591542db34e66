"""One file a process of the year: the parameters it reads, declared beside the function that reads them.

Nothing here imports the compiled kernels, so that a scenario can be checked without loading them.
"""
