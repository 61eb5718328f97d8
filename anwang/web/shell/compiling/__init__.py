"""Templates as functions: what Django walks node by node in every request is written out once as Python.

Text, variables with their filters, `if`, `for`, `with`, `include` and `blocktranslate` are written out; every other tag
stays the node it is and is asked as before. What a template says stays the same: wherever a value is not plainly there
(callable, an index, a missing attribute, an error), Django's own way decides (docs/adr/0074).
"""

from .nodes import Compiled, compile_nodes, written_out

__all__ = ["Compiled", "compile_nodes", "written_out"]
