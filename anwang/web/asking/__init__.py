"""The forms that call the kernel: ask a unit, dispute, correct a start, give on, commission, swap a shift."""
