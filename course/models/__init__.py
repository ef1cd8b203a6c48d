"""Models in plain NumPy: numbers in, numbers out; no plotting, no controls."""
