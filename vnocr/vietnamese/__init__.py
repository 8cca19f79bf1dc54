"""Pure functions on Vietnamese text: Unicode forms, tones, syllables, legacy encodings, case."""
