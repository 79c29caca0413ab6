"""Characters of formulas in TeX, for all that make TeX of formulas written otherwise."""

from __future__ import annotations

import re

SIGNS = {
    "α": r"\alpha", "β": r"\beta", "γ": r"\gamma", "δ": r"\delta", "ε": r"\epsilon", "ζ": r"\zeta", "η": r"\eta",
    "θ": r"\theta", "ι": r"\iota", "κ": r"\kappa", "λ": r"\lambda", "μ": r"\mu", "ν": r"\nu", "ξ": r"\xi",
    "π": r"\pi", "ρ": r"\rho", "σ": r"\sigma", "τ": r"\tau", "φ": r"\phi", "ϕ": r"\phi", "χ": r"\chi", "ψ": r"\psi",
    "ω": r"\omega", "Γ": r"\Gamma", "Δ": r"\Delta", "Θ": r"\Theta", "Λ": r"\Lambda", "Ξ": r"\Xi", "Π": r"\Pi",
    "Σ": r"\Sigma", "Φ": r"\Phi", "Ψ": r"\Psi", "Ω": r"\Omega", "∑": r"\sum", "∏": r"\prod", "∫": r"\int",
    "∮": r"\oint", "∂": r"\partial", "∇": r"\nabla", "∞": r"\infty", "±": r"\pm", "∓": r"\mp", "×": r"\times",
    "÷": r"\div", "·": r"\cdot", "⋅": r"\cdot", "≤": r"\leq", "≥": r"\geq", "≠": r"\neq", "≈": r"\approx",
    "≡": r"\equiv", "∼": r"\sim", "∝": r"\propto", "∈": r"\in", "∉": r"\notin", "⊂": r"\subset", "⊆": r"\subseteq",
    "∪": r"\cup", "∩": r"\cap", "∅": r"\emptyset", "→": r"\to", "←": r"\leftarrow", "⇒": r"\Rightarrow",
    "⇔": r"\Leftrightarrow", "↦": r"\mapsto", "∀": r"\forall", "∃": r"\exists", "¬": r"\neg", "∧": r"\wedge",
    "∨": r"\vee", "…": r"\dots", "⋯": r"\cdots", "−": "-", "′": "'", "ℝ": r"\mathbb{R}", "ℕ": r"\mathbb{N}",
    "ℤ": r"\mathbb{Z}", "⟨": r"\langle", "⟩": r"\rangle", "‖": r"\|", "⊥": r"\perp", "∥": r"\parallel",
}  # fmt: skip
# Those that TeX sets upright.
FUNCTIONS = frozenset([
    "sin", "cos", "tan", "log", "ln", "exp", "max", "min", "sup", "inf", "lim", "det", "arg", "gcd", "dim", "ker", "Pr",
])  # fmt: skip
_SPECIAL = re.compile(r"[#$%&_{}]")


def signs(text: str) -> str:
    """Characters of a formula in TeX."""
    found = (SIGNS.get(one, one) for one in _escaped(text))
    return "".join(f"{one} " if len(one) > 1 else one for one in found)


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda sign: "\\" + sign[0], text.replace("\\", r"\backslash "))
