"""Plain Python under everything: time, numbers, names, areas, money, sealing. No Django, no domain words."""
