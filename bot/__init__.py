"""The floor that lives: one process, its settings, its wiring, its clock."""
