"""The live page's questions: levers of a scenario, answers in steps, saving, and what it would take."""
