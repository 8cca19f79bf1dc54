"""Measures vnocr against documents whose right answers are known; run by scripts/evaluate."""
