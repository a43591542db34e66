"""What a scenario may set: the parameters of every process, without the arithmetic.

Apart from the processes, so that a scenario is checked without loading a numerical library.
"""
