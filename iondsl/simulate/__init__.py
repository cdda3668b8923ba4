"""Everything that needs a clock: protocols, runs and their results.

What only a run needs is imported when one begins: to load a model is to be quick.
"""
