"""What the recorded graph comes to: strengths, what stands, cruxes. Calculations over what is recorded, not verdicts.

`model` turns an argument into numbers and places, `energy` computes strengths on it, `cruxes` asks what moves a
statement most; `grounded` needs no numbers. The formulas and their limits are in docs/strength.md.
"""

CALCULATION = "a calculation over the recorded graph, not a verdict"
"""What is printed beside every figure."""
