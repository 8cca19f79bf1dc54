"""A vnocr package root."""
